/** What the server tells on the quality page, and what the page keeps. */

import type { Hospital, Language, Me, Problem, Theme } from '../types.js';

export interface Both {
  nl: string;
  en: string;
}

/** Words, a number, a moment (RFC 3339 with `Z`), a day (`2026-11-22`), or nothing. */
export type Cell = string | number | null | Both;

export interface Table {
  columns: Both[];
  rows: Cell[][];
}

export interface TitledTable extends Table {
  title: Both;
  number?: number;
}

export interface Quarter {
  quarter: string;
  as_of: string;
  /** Whether the quarter is over. */
  complete: boolean;
  caveat: Both;
  tables: TitledTable[];
  hospitals: TitledTable | null;
}

export interface Figure {
  label: Both;
  value: number | null;
  /** Where it is not that of the indicator. */
  unit?: Both | null;
}

/** Which columns are drawn, and how: `x` is the column of what they are measured over. */
export interface Plot {
  kind: 'bars' | 'lines' | 'heat' | 'histogram';
  x: number;
  y: number[];
}

export interface Indicator {
  id: string;
  title: Both;
  definition: Both;
  unit: Both;
  figures: Figure[];
  table: Table;
  plot: Plot | null;
}

export interface Indicators {
  from: string;
  to: string;
  as_of: string;
  indicators: Indicator[];
}

export interface EventList extends TitledTable {
  kind: ListKind;
  from: string;
  to: string;
  as_of: string;
  definition: Both;
}

export type ListKind = 'norm-breaches' | 'planned-stops' | 'refusals' | 'lapses' | 'deviations';
export type ViewName = 'quarter' | 'indicators' | 'lists';

/** What is looked at; it stands in the address of the page. */
export interface Choices {
  view: ViewName;
  quarter: string;
  /** First and last day, both counted, in Dutch time. */
  from: string;
  to: string;
  region: string;
  hospital: string;
  kind: ListKind;
}

/** One question to the server: by its address, and what became of it. An old answer stays until the new one is there. */
export interface Asked<Answer> {
  address: string;
  phase: 'none' | 'loading' | 'ready' | 'failed';
  /** What was chosen when it was asked, and when the answer was. */
  asking: Choices | null;
  about: Choices | null;
  answer: Answer | null;
  problem: Problem | null;
}

export interface Answers {
  quarter: Asked<Quarter>;
  indicators: Asked<Indicators>;
  lists: Asked<EventList>;
}

export interface Quality {
  /** Today in Dutch time. */
  today: string;
  language: Language;
  theme: Theme;
  me: Me | null;
  expired: boolean;
  /** Why it is not known who looks. */
  unmet: Problem | null;
  hospitals: Hospital[];
  choices: Choices;
  answers: Answers;
  /** Which tables behind a plot are open. */
  opened: ReadonlySet<string>;
}
