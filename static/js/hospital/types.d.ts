/** What only the hospital's page is sent. Times are RFC 3339 text in UTC. */

import type { Bilingual, DepartmentCode, Outcome, RideStep, Status, Stop } from '../types.js';

export interface InboundPatient {
  abcd: 'stable' | 'unstable' | 'unknown';
  letters: string[];
  suspicion: string;
  origin: string;
  signals: boolean;
}

export interface InboundRide {
  id: string;
  step: RideStep;
  by: string;
  announced_at: string;
  departed_at: string | null;
  expected_at: string | null;
  class: Outcome | null;
  patient: InboundPatient | null;
}

/** An ambulance that was announced and comes no more. */
export interface CalledOff {
  id: string;
  by: string;
  expected_at: string | null;
  cancelled_at: string;
  patient: InboundPatient | null;
}

export interface Inbound {
  hospital: string;
  inbound: number;
  rides: InboundRide[];
  cancelled: CalledOff[];
}

export interface PhoneEntry {
  hospital: string;
  name: string;
  phone: string | null;
}

/** How the region stands, and what is to be done, before a stop is declared. */
export interface Preparation extends Bilingual {
  department: DepartmentCode;
  mka: string;
  complete: boolean;
  left: number;
  region: { hospital: string; name: string; status: Status }[];
  duties: (Bilingual & { code: string })[];
  peers: PhoneEntry[];
  last: boolean;
  colleagues: PhoneEntry[];
}

export interface PastStop extends Stop {
  checklist: string[];
  peers_called: boolean;
  void: boolean;
  acts: { act: 'declared' | 'extended' | 'ended' | 'corrected'; at: string; by: string; until: string | null; why: string }[];
}

export interface Plan {
  id: string;
  department: DepartmentCode;
  reason: string;
  from: string;
  until: string;
  note: string;
  announced_at: string;
  by: string;
  late: boolean;
}
