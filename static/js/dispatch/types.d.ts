/** What the dispatch centre is told beside the board. */

import type { Board, BoardDelta, DepartmentCode, Level, Outcome, Position, Ride, Status } from '../wire.js';

export interface RegionState {
  mka: string;
  department: DepartmentCode;
  kind: 'none' | 'pending' | 'single' | 'uncertain' | 'excluded' | 'met';
  one_away: boolean;
  confirmed_at: string | null;
}

export interface Freshness {
  age_s: number | null;
  stale: boolean;
  source: string;
}

/** What stands on the board beside the hospitals; a change of it comes with every delta. */
export interface Beside {
  regions: RegionState[];
  feeds: { source: string; heard_at: string; age_s: number }[];
  freshness: Freshness;
}

export type FullBoard = Board & Beside;
export type FullDelta = BoardDelta & Beside;

export interface RideOption {
  rank: number;
  hospital: string;
  name: string;
  class: Outcome;
  headline: string;
  headline_en: string;
  eta_s: number;
  arrival: string;
  inbound: number;
}

/** An open ride as the rules see it now. */
export interface OverseenRide extends Ride {
  by: string;
  patient: { abcd: string; letters: string[]; suspicion: string; origin: string; signals: boolean } | null;
  advised: { hospital: string; class: Outcome; eta_s: number } | null;
  class_now: Outcome | null;
  headline_now: string | null;
  headline_now_en: string | null;
  expected_now: string | null;
  moved_s: number | null;
  changed: { department: DepartmentCode; was: Status; is: Status }[];
  needs_another: boolean;
  best: RideOption | null;
  position: Position | null;
}

export interface LapseWork {
  mka: string;
  department: DepartmentCode;
  confirmed: boolean;
  phone: { hospital: string; phone: string | null }[];
  standing: string[];
}

export interface Alarm {
  id: string;
  code: string;
  level: Level;
  section: string;
  text: string;
  text_en: string;
  since: string | null;
  hospital: string | null;
  department: DepartmentCode | null;
  mka: string;
  ride: string | null;
  lapse: LapseWork | null;
  acknowledged: { by: string; at: string } | null;
}

/** The open rides and the alarms: all of them, or what changed of the rides since. */
export interface RoomTold {
  seq: number;
  epoch: string;
  as_of: string;
  whole: boolean;
  rides: OverseenRide[];
  gone: string[];
  alarms: Alarm[];
}

export type Scope = 'own' | 'near' | 'all';

export interface Filters {
  mka: string;
  scope: Scope;
  departments: DepartmentCode[];
  stops: boolean;
  attention: boolean;
  /** Alarms of all regions, not only of the one that is looked at. */
  everywhere: boolean;
  query: string;
}

export interface ReviewFilters {
  from: string;
  until: string;
  kind: string;
  state: string;
}

export interface ReviewItem extends Ride {
  by: string;
  kinds: ('deviation' | 'consult')[];
  state: 'open' | 'agree' | 'discuss';
  first: string | null;
  consults: Record<string, 'accepted' | 'refused'>;
  reviews: { verdict: 'agree' | 'discuss'; note: string; at: string; by: string }[];
}

export interface ReviewQueue {
  from: string;
  until: string | null;
  items: ReviewItem[];
  more: boolean;
}

export interface Past {
  at: string;
  board: FullBoard;
  rides: OverseenRide[];
  advices: { id: string; at: string; by: string; first: string | null }[];
}
