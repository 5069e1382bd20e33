/** What the nurse's page keeps in its one state, and everything that can happen to it. */

import type {
  Advice, AdviceRequest, Ambulance, Ambulances, Board, BoardDelta, Closure, ConsultOutcome, DepartmentCode, Heartbeat, Hospital, Me, NetworkMap, Origin, Outcome,
  Position, Problem, Ride, RouteFeature, Stability, Status, Suspicion,
} from './wire.js';

export type * from './wire.js';

export type Language = 'nl' | 'en';
export type Theme = 'auto' | 'light' | 'dark';
export type Relation = 'none' | 'related' | 'unrelated' | 'doubt';
export type Panel = 'relation' | 'inside' | 'gp' | 'position' | 'menu';
export type Letter = 'A' | 'B' | 'C' | 'D';
export type Tab = 'list' | 'map';

/** The facts of one patient; never an identity. */
export interface Facts {
  abcd: Stability;
  /** Which of A, B, C and D are threatened; asked only of an unstable patient, as is the shock room. */
  letters: Letter[];
  shockroom: boolean;
  suspicion: Suspicion;
  origin: Origin;
  inside: string | null;
  relation: Record<string, Relation>;
  signals: boolean;
  consult: Record<string, ConsultOutcome>;
  gpAccepted: Record<string, boolean>;
}

/** Where an ambulance is, as far as its device knows. */
export interface Whereabouts extends Position {
  accuracy_m?: number;
  /** The course, clockwise from north; unknown while it stands still. */
  heading_deg?: number;
}

export interface Fix extends Whereabouts {
  accuracy_m: number;
  at: number;
}

export type GpsState = 'off' | 'waiting' | 'ok' | 'refused' | 'unavailable';

export interface PlaceState {
  gps: GpsState;
  fix: Fix | null;
  /** The fix that the advice was last asked for; the fix itself jitters. */
  used: Whereabouts | null;
  manual: { position: Position; name: string } | null;
  /** A tap on the map that waits for its confirmation. */
  draft: Position | null;
}

export interface LinkState {
  phase: 'connecting' | 'open' | 'closed';
  /** Device clock in ms when the server last told anything; a line that opens tells nothing yet. */
  heardAt: number;
  /** Device clock in ms when the line last opened; 0 when it never did. */
  openedAt: number;
}

export interface NurseLink extends LinkState {
  /** How many ms the server's clock is ahead of the device's, as far as it told. */
  skew: number;
}

export interface AdviceState {
  current: Advice | null;
  receivedAt: number;
  /** Number of the last question; answers to earlier ones are dropped. */
  asked: number;
  /** What the last question, and what the question behind `current` was about, the position apart. */
  asking: string;
  question: string;
  waiting: boolean;
  problem: Problem | null;
  /** Hospital ids as the list shows them; may lag behind `current` while the list is held. */
  order: string[];
  /** Rises whenever the crew itself brought another order: that is read from the top. */
  turn: number;
  /** Whether alarms and warnings stand above the list; they push it down, so they wait as the order does. */
  noticed: boolean;
  /** The next answer is the crew's own doing: show its order at once. */
  applyNext: boolean;
}

export interface ListState {
  open: string | null;
  touching: boolean;
  touchedAt: number;
  showAll: boolean;
}

export interface RouteState {
  hospital: string;
  feature: RouteFeature | null;
  failed: boolean;
}

/** What the crew did and the server may not know of yet; each is sent once, in its order. */
export interface Press {
  /** Given to the server with every try: the same press twice is one. */
  key: string;
  verb: 'open' | 'choose' | 'announce' | 'depart' | 'arrive' | 'handover' | 'cancel' | 'refused' | 'consult' | 'accept' | 'decline';
  /** The ride, by the id of the server, or by `local:` and a key until the server has given one. */
  ride: string;
  body: PressBody;
  /** Device clock in ms. */
  at: number;
  /** Not sent before this moment, so that it can be taken back without a trace. */
  due: number;
}

export interface PressBody {
  hospital?: string;
  reason?: string;
  outcome?: ConsultOutcome;
  proposal?: string;
  /** The advice that the choice was made from; empty when the device worked it out by itself. */
  advice?: string;
  /** The question of that advice, to ask the server again when it knows of none. */
  request?: AdviceRequest;
}

/** Something happened to the chosen hospital. */
export interface Breakthrough {
  hospital: string;
  was: Outcome;
  now: Outcome;
  changes: { department: DepartmentCode; was: Status; now: Status }[];
  at: number;
}

export interface RideState {
  /** As the server told it last; the presses that it does not know of are not in it. */
  current: Ride | null;
  presses: Press[];
  /** Ids that the server gave to rides which began on this device; a finger may be faster than the screen. */
  ids: Record<string, string>;
  /** The last press that the server would not carry out. */
  problem: Problem | null;
  breakthrough: Breakthrough | null;
  /** The destination before the last choice, for a moment, so that it can be undone. */
  undo: { hospital: string | null; reason: string; at: number } | null;
}

export interface State {
  now: number;
  language: Language;
  theme: Theme;
  me: Me | null;
  session: 'unknown' | 'open' | 'expired';
  link: NurseLink;
  board: Board | null;
  facts: Facts;
  /** What "new patient" wiped, for a moment, so that it can be undone. */
  cleared: { facts: Facts; at: number } | null;
  place: PlaceState;
  advice: AdviceState;
  list: ListState;
  hospitals: Hospital[];
  network: NetworkMap | null;
  route: RouteState | null;
  /** Invented ambulances; empty outside the demonstration. */
  vehicles: Ambulance[];
  ride: RideState;
  /** Closed and slowed roads, as they were told last. */
  closures: Closure[];
  panel: Panel | null;
  tab: Tab;
  broken: boolean;
}

export type FactChange = Partial<Omit<Facts, 'relation' | 'consult' | 'gpAccepted'>>;

export type Action =
  | { type: 'tick'; now: number }
  | { type: 'language'; language: Language }
  | { type: 'theme'; theme: Theme }
  | { type: 'me'; me: Me }
  | { type: 'session-expired' }
  | { type: 'link'; phase: LinkState['phase']; now: number }
  | { type: 'heard'; now: number; beat?: Heartbeat }
  | { type: 'board'; board: Board; now: number }
  | { type: 'kept-board'; board: Board; heardAt: number; skew?: number }
  | { type: 'board-delta'; delta: BoardDelta; now: number }
  | { type: 'facts'; change: FactChange }
  | { type: 'relation'; hospital: string; relation: Relation; inRow?: boolean }
  | { type: 'consult'; hospital: string; outcome: ConsultOutcome | null }
  | { type: 'gp-accepted'; hospital: string; accepted: boolean | null; inRow?: boolean }
  | { type: 'new-patient' }
  | { type: 'restore-patient' }
  | { type: 'gps'; gps: GpsState }
  | { type: 'fix'; fix: Fix }
  | { type: 'draft'; position: Position | null }
  | { type: 'manual'; position: Position; name: string }
  | { type: 'use-gps' }
  | { type: 'asked'; ask: number }
  | { type: 'advice'; advice: Advice; now: number; ask: number | null }
  | { type: 'advice-problem'; problem: Problem; ask: number }
  | { type: 'touch'; down: boolean; now: number }
  | { type: 'open'; hospital: string | null; now: number }
  | { type: 'apply-order' }
  | { type: 'show-all'; on: boolean }
  | { type: 'hospitals'; hospitals: Hospital[] }
  | { type: 'network'; network: NetworkMap }
  | { type: 'closures'; closures: Closure[] }
  | { type: 'closures-told' }
  | { type: 'ambulances'; told: Ambulances }
  | { type: 'route'; hospital: string; feature: RouteFeature | null; failed: boolean }
  | { type: 'panel'; panel: Panel | null }
  | { type: 'tab'; tab: Tab }
  | { type: 'press'; press: Press }
  | { type: 'press-done'; press: Press; ride: Ride }
  | { type: 'press-refused'; press: Press; problem: Problem; ride: Ride | null }
  | { type: 'ride'; ride: Ride }
  | { type: 'ride-kept'; ride: Ride | null; presses: Press[] }
  | { type: 'ride-undo'; key: string }
  | { type: 'ride-seen' }
  | { type: 'ride-close' }
  | { type: 'broken' };

export type Dispatch = (action: Action) => void;

/** The little that the service worker's script uses of its global scope. */
export interface ShellWorker {
  SHELL: { version: string; files: string[] };
  location: Location;
  importScripts(...urls: string[]): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', listener: (event: { waitUntil(done: Promise<unknown>): void }) => void): void;
  addEventListener(
    type: 'fetch',
    listener: (event: { request: Request; respondWith(answer: Promise<Response>): void }) => void,
  ): void;
}
