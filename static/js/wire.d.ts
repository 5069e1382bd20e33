/** What the server sends and takes. Times are RFC 3339 text in UTC; durations carry their unit. */

export type DepartmentCode = 'SEH' | 'SR' | 'CTT' | 'EHLH' | 'CCU' | 'PCI';
export type Status = 'green' | 'orange' | 'red' | 'calamity' | 'grey' | 'unknown';
export type Outcome = 'welcome' | 'welcome_exception' | 'consult' | 'divert' | 'unsuitable' | 'closed';
export type Level = 'info' | 'warning' | 'alarm';
export type Stability = 'stable' | 'unstable' | 'unknown';
export type Suspicion =
  | 'general' | 'stemi' | 'stroke' | 'severe_trauma' | 'raaa' | 'obstetric' | 'cardiac' | 'ccu' | 'burns' | 'child';
export type Origin = '112' | 'gp' | 'internal' | 'self' | 'transfer';
export type Answer = 'yes' | 'no' | 'doubt';
export type ConsultOutcome = 'accepted' | 'refused';

export interface Position {
  lat: number;
  lon: number;
}

export interface DepartmentView {
  status: Status;
  effective?: Status;
  at_arrival?: Status;
  since?: string | null;
  until?: string | null;
  reason?: string | null;
  note?: string;
  stop_id?: string | null;
  reported_at?: string | null;
  age_s?: number | null;
  source?: string;
  manual?: boolean;
  planned?: boolean;
  planned_from?: string | null;
  planned_until?: string | null;
}

export interface Bilingual {
  text: string;
  text_en?: string;
}

export interface Rule extends Bilingual {
  id: string;
  section: string;
}

export interface Call {
  who: string;
  who_en?: string;
  phone: string | null;
}

export interface Option {
  rank: number;
  hospital: string;
  name: string;
  city?: string;
  position?: Position;
  class: Outcome;
  headline: string;
  headline_en?: string;
  eta_s: number | null;
  eta_low_s: number | null;
  eta_high_s: number | null;
  eta_source?: 'network' | 'geodesic';
  arrival: string | null;
  distance_m: number | null;
  detour_s: number | null;
  departments: Partial<Record<DepartmentCode, DepartmentView>>;
  rules: Rule[];
  call: Call | null;
  inbound: number;
  judgement?: Bilingual[];
  duties?: Bilingual[];
  edition?: string;
  /** Further than an hour while something nearer would do: a screen may fold it away. */
  far?: boolean;
}

export interface Notice extends Bilingual {
  code: string;
  level: Level;
  section?: string;
}

export interface Advice {
  id: string;
  as_of: string;
  seq: number;
  epoch?: string;
  edition: string;
  edition_label?: string;
  edition_label_en?: string;
  network: { id: string; schematic: boolean; label?: string; label_en?: string };
  position: Position;
  options: Option[];
  notices: Notice[];
  /** Hospitals that no road of this network leads to. */
  unreachable?: string[];
  snap_m?: number;
  freshness?: { age_s: number | null; stale: boolean; source: string };
  /** Worked out on the device. */
  offline?: boolean;
  /** Of a watched answer: no other on this line has the same number. */
  version?: number;
}

/** What differs from the answer told before; fields that it does not name stay as they are. */
export interface AdviceDelta extends Partial<Omit<Advice, 'options'>> {
  from_version: number;
  /** All hospitals, best first. */
  order: string[];
  /** By hospital, its departments likewise; one that was not there before is whole. */
  options: Record<string, Partial<Option>>;
}

export interface AdviceRequest {
  position: Position;
  abcd: Stability;
  suspicion: Suspicion;
  origin: Origin;
  signals: boolean;
  accuracy_m?: number;
  heading_deg?: number;
  inside?: string;
  letters?: string[];
  shockroom?: boolean;
  relation?: Record<string, { active: Answer; related: Answer }>;
  consult?: Record<string, ConsultOutcome>;
  gp_accepted?: Record<string, boolean>;
  en_route?: Record<string, { departed_at: string | null; announced_at: string | null }>;
}

export interface BoardHospital {
  id: string;
  departments: Partial<Record<DepartmentCode, DepartmentView>>;
  inbound?: number;
}

export interface Board {
  seq: number;
  epoch?: string;
  as_of: string;
  edition?: string;
  hospitals: BoardHospital[];
  notices?: Notice[];
  regions?: import('./dispatch/types.js').RegionState[];
  freshness?: { age_s: number | null; stale: boolean; source: string };
  feeds?: { source: string; heard_at: string; age_s: number }[];
}

export interface BoardDelta {
  from_seq: number;
  seq: number;
  epoch?: string;
  as_of?: string;
  hospitals: BoardHospital[];
  notices?: Notice[];
  regions?: import('./dispatch/types.js').RegionState[];
  freshness?: Board['freshness'];
  feeds?: Board['feeds'];
}

export interface Heartbeat {
  epoch: string;
  seq: number;
  now: string;
}

/** An invented ambulance of the demonstration; `heading_deg` clockwise from north. */
export interface Ambulance {
  name: string;
  position: Position;
  heading_deg: number;
  phase: 'to_scene' | 'on_scene' | 'transport' | 'at_hospital' | 'returning';
}

export interface Ambulances {
  demo: boolean;
  ambulances: Ambulance[];
}

export interface Problem {
  type?: string;
  title: string;
  title_en?: string;
  status: number;
  detail?: string;
  detail_en?: string;
  hint?: string;
  hint_en?: string;
  errors?: { field: string; message: string; message_en?: string }[];
}

export interface Me {
  name: string;
  role: string;
  hospital: string | null;
  region: string | null;
  demo: boolean;
  version: string;
  csrf: string;
}

/** By which ways one may log in here. */
export interface Ways {
  openid: { label: string; address: string } | null;
}

export interface IssuedCode {
  id: string;
  crew: string;
  device: string;
  code: string;
  expires: string;
  address: string;
  /** The path of a QR code as wide and high as `size`. */
  qr: { size: number; path: string };
}

export interface Device {
  id: string;
  crew: string;
  device: string;
  state: 'waiting' | 'expired' | 'paired' | 'ended';
  issued_by: string;
  issued_at: string;
  expires: string;
  paired_at: string | null;
  seen_at: string | null;
}

export interface Hospital {
  id: string;
  name: string;
  city: string;
  position: Position;
  mka: string;
  subregion: string;
  roaz: string;
  /** The regional protocol that governs it; empty for the national rules alone. */
  protocol?: string;
  departments: Partial<Record<DepartmentCode, string>>;
}

export interface Place {
  name: string;
  kind: 'hospital' | 'town' | 'address' | 'coordinates';
  position: Position;
}

/** Name, latitude, longitude, and weight from 0 (known far and wide) to 3. */
export type Town = [string, number, number, number];

export interface NetworkMap {
  id: string;
  schematic: boolean;
  label: string;
  attribution: string;
  bounds: [number, number, number, number];
  min_zoom: number;
  max_zoom: number;
  /** The weightiest first. */
  places: Town[];
}

/** Lines of a class (0 motorway … 5 local), in tile coordinates 0..4096, each point but the first as a difference. */
export interface VectorTile {
  lines: [number, number[]][];
}

export interface RouteFeature {
  type: 'Feature';
  geometry: { type: 'LineString'; coordinates: [number, number][] };
  properties: { seconds: number; metres: number };
}

export interface ProtocolDepartment {
  statuses: Status[];
  norm_min: Partial<Record<Status, number | null>>;
  reasons: string[];
  reasons_en: string[];
  /** What can prevent a stop, in the order of the protocol; empty where it has none. */
  checklist: (Bilingual & { code: string; area: string; rule: string })[];
}

export interface Protocol {
  edition: string;
  label: string;
  label_en: string;
  warning_before_end_min: number;
  planned_notice_h: number;
  plan_duties: Bilingual[];
  lapse_duties: Bilingual[];
  extend_duty: Bilingual;
  /** What a referrer should know, by status of the SEH; empty where no regional protocol speaks. */
  referral: Partial<Record<Status, (Bilingual & { rule: string; section: string })[]>>;
  departments: Partial<Record<DepartmentCode, ProtocolDepartment>>;
}

export interface Stop {
  id: string;
  hospital: string;
  department: DepartmentCode;
  status: Status;
  reason: string;
  note: string;
  since: string;
  until: string;
  ended_at: string | null;
  by: string;
  norm_min: number | null;
  planned: boolean;
}

export type RideStep = 'open' | 'chosen' | 'announced' | 'departed' | 'arrived' | 'refused' | 'handed_over' | 'cancelled';

/** A destination that the dispatch centre proposes; `accepted` is null until the crew answered. */
export interface Proposal {
  id: string;
  hospital: string;
  at: string;
  by: string;
  accepted: boolean | null;
}

export interface Ride {
  id: string;
  step: RideStep;
  hospital: string | null;
  opened_at: string | null;
  chosen_at: string | null;
  announced_at: string | null;
  departed_at: string | null;
  expected_at: string | null;
  arrived_at: string | null;
  closed_at: string | null;
  advice: string;
  rank: number | null;
  class: Outcome | null;
  reason: string;
  /** What held for the destination at the instant of departure. */
  class_at_departure: Outcome | null;
  refused: { hospital: string; reason: string }[];
  proposals: Proposal[];
  /** The presses that were heard later than they were made. */
  late?: { press: string; happened_at: string; heard_at: string }[];
}

/** A closed or slowed road; `geometry` is the roads that it touches. */
export interface Closure {
  id: string;
  shape: 'point' | 'line' | 'area';
  points: Position[];
  from: string | null;
  until: string | null;
  factor: number;
  running: boolean;
  note: string;
  geometry?: { type: 'MultiLineString'; coordinates: [number, number][][] };
}
