/** What the device keeps for a time without a connection, as the server makes it, and how it looks at a question. */

import type { Answer, ConsultOutcome, DepartmentCode, Origin, Outcome, Position, Stability, Status, Suspicion } from '../wire.js';

/** A moment or a time of the day: kind, name, and seconds (or days) added. */
export type Term = [kind: 'at' | 'day' | 'clock' | 'time', name: string, added: number];
export type FactQuestion = [name: string, options: (string | boolean | null)[]];
export type Comparison = [first: Term, second: Term];
export type Texts = [nl: string, en: string];

/** What a rule can say; see the compiler. */
export interface Said {
  rule: string;
  section: string;
  effect: Outcome | null;
  department: DepartmentCode | null;
  terms: Term[];
  text: Texts;
  headline: Texts | null;
  contact: [whenConsult: string | null, otherwise: string | null];
  duties: Partial<Record<Outcome, string[]>>;
  judgement: Partial<Record<Outcome, string[]>>;
}

export interface RuleTables {
  shown: Record<string, number>;
  needs: number;
  rules: Record<'site' | 'beside' | 'colour' | 'stopped_department' | 'stopped_seh', Record<string, number[]>>;
  stand: Record<string, number>;
  hours: number;
  settled: Record<string, number>;
  part: Record<string, number>;
  changes: Record<string, number>;
  boundary: Record<string, number>;
}

export interface EditionTables {
  id: string;
  label: string;
  label_en: string;
  freshness_s: number;
  tie_s: number;
  far_s: number;
  prefers: Record<string, [facility: string, limitMin: number | null]>;
  tables: RuleTables;
}

export interface Words {
  outcomes: Record<Outcome, string>;
  weekdays: string[];
  contacts: Record<string, string>;
  duties: Record<string, string>;
  judgement: Record<string, string>;
}

export interface RulesDocument {
  version: number;
  editions: EditionTables[];
  speaking: Record<string, [from: number, edition: number | null][]>;
  questions: (FactQuestion | Comparison)[];
  nodes: number[];
  roots: number[];
  leaves: unknown[];
  said: Said[];
  variants: Record<string, [calledFor: number, lifted: number | null]>;
  no_boundary: number;
  preferred: Record<string, number>;
  rows: Record<string, Texts>;
  reasons: { told_apart: string[]; any: string };
  region_kinds: Record<string, string>;
  stopped_subregion: Record<string, boolean>;
  outcomes: Outcome[];
  carefullest: Record<Outcome, Record<string, Outcome>>;
  duties: { first: Record<Outcome, Record<string, string[]>>; last: Record<Outcome, string[]> };
  words: { nl: Words; en: Words };
  zone: [from: number, offsetMs: number][];
}

/** A hospital as the rules and the list look at it. */
export interface OfflineSite {
  id: string;
  name: string;
  city: string;
  position: Position;
  protocol: string;
  mka: string;
  subregion: string;
  facilities: Record<string, 'yes' | 'no' | 'unknown'>;
  /** Milliseconds since local midnight. */
  opening: { opens: number; closes: number } | null;
  policy: string;
  limited_hours: boolean;
  phones: Record<string, string>;
  mka_phones: Record<string, string>;
}

/** What was declared or reported for a department; moments in ms. */
export interface OfflineState {
  status: Status;
  since: number | null;
  until: number | null;
  reason: string | null;
  planned: boolean;
  planned_from: number | null;
  planned_until: number | null;
  reported_at: number | null;
  manual: boolean;
  source?: string;
}

export interface OfflinePicture {
  sites: Map<string, OfflineSite>;
  states: Record<string, Partial<Record<DepartmentCode, OfflineState>>>;
  lapses: { mka: string; department: DepartmentCode; confirmed_at: number }[];
  complete: Set<string>;
  /** "hospital/department" of those about to declare a stop. */
  pending: Set<string>;
}

export interface OfflinePatient {
  abcd: Stability;
  suspicion: Suspicion;
  origin: Origin;
  shockroom: boolean;
  inside: string | null;
  relation: Record<string, { active: Answer; related: Answer }>;
  en_route: Record<string, { departed_at: number | null; announced_at: number | null }>;
  consult: Record<string, ConsultOutcome>;
  gp_accepted: Record<string, boolean>;
}

export interface OfflineArrival {
  early: number;
  expected: number;
  late: number;
}

/** One thing said, with its moments. */
export interface Spoken {
  number: number;
  said: Said;
  effect: Outcome | null;
  moments: number[];
  /** The two classes of a band. */
  classes?: [Outcome, Outcome];
}

export interface Needed {
  departments: DepartmentCode[];
  counted: DepartmentCode[];
  missing: string[];
  unknown: string[];
  separate_entrance: string;
  triage: string[];
}

export interface OfflineVerdict {
  hospital: string;
  outcome: Outcome;
  reasons: Spoken[];
  edition: EditionTables;
  atArrival: Record<DepartmentCode, Status>;
  call: string | null;
  duties: string[];
  judgement: string[];
  order: { life_threat: boolean; facility_unknown: boolean; preferred: boolean; tie_s: number; far_s: number };
}

/** What the tables ask of. */
export interface Facts {
  patient: OfflinePatient;
  here: Record<string, unknown>;
  site: OfflineSite;
  state: OfflineState | null;
  others: Partial<Record<DepartmentCode, OfflineState>>;
  needs: Record<string, unknown>;
  reading: Partial<Record<DepartmentCode, Status>>;
  lapse: { kind: string; confirmed_at: number | null; subregion_stopped: boolean } | null;
  shown: string;
  draft: { first: Status; single: boolean } | null;
  /** Moments by name in ms, and times of the day in ms since midnight. */
  t: Record<string, number>;
}
