/** What the nurse's page keeps in its one state, and everything that can happen to it. */

import type {
  Advice, Ambulance, Ambulances, Board, BoardDelta, ConsultOutcome, Heartbeat, Hospital, Me, NetworkMap, Origin, Position, Problem, RouteFeature,
  Stability, Suspicion,
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

export interface Fix extends Position {
  accuracy_m: number;
  at: number;
}

export type GpsState = 'off' | 'waiting' | 'ok' | 'refused' | 'unavailable';

export interface PlaceState {
  gps: GpsState;
  fix: Fix | null;
  /** The fix that the advice was last asked for; the fix itself jitters. */
  used: (Position & { accuracy_m: number }) | null;
  manual: { position: Position; name: string } | null;
  /** A tap on the map that waits for its confirmation. */
  draft: Position | null;
}

export interface LinkState {
  phase: 'connecting' | 'open' | 'closed';
  /** Device clock in ms when the server was last heard. */
  heardAt: number;
}

export interface AdviceState {
  current: Advice | null;
  receivedAt: number;
  /** Number of the last question; answers to earlier ones are dropped. */
  asked: number;
  waiting: boolean;
  problem: Problem | null;
  /** Hospital ids as the list shows them; may lag behind `current` while the list is held. */
  order: string[];
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

export interface State {
  now: number;
  language: Language;
  theme: Theme;
  me: Me | null;
  session: 'unknown' | 'open' | 'expired';
  link: LinkState;
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
  | { type: 'ambulances'; told: Ambulances }
  | { type: 'route'; hospital: string; feature: RouteFeature | null; failed: boolean }
  | { type: 'panel'; panel: Panel | null }
  | { type: 'tab'; tab: Tab }
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
