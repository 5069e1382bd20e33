"""What goes into a judgement and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from advisor.kernel import Department, Facility, HospitalId, Known, Status


class Outcome(StrEnum):
    """The six classes of the advice."""

    WELCOME = "welcome"
    WELCOME_EXCEPTION = "welcome_exception"
    CONSULT = "consult"
    DIVERT = "divert"
    UNSUITABLE = "unsuitable"
    CLOSED = "closed"


class Stability(StrEnum):
    """Whether airway, breathing, circulation or disability is threatened (ABCD)."""

    STABLE = "stable"
    UNSTABLE = "unstable"
    UNKNOWN = "unknown"


class Suspicion(StrEnum):
    """What the crew thinks it is; decides which department and capability the patient needs."""

    GENERAL = "general"
    STEMI = "stemi"
    STROKE = "stroke"
    SEVERE_TRAUMA = "severe_trauma"
    RAAA = "raaa"
    OBSTETRIC = "obstetric"
    CARDIAC = "cardiac"
    CCU = "ccu"
    BURNS = "burns"
    CHILD = "child"


class Origin(StrEnum):
    """Who asked for the transport, or where the patient comes from."""

    EMERGENCY_CALL = "112"
    GP = "gp"
    INTERNAL = "internal"
    SELF = "self"
    TRANSFER = "transfer"


class Answer(StrEnum):
    """A crew's answer to a question about the patient."""

    YES = "yes"
    NO = "no"
    DOUBT = "doubt"


class ConsultOutcome(StrEnum):
    """How the telephone consultation with a hospital ended."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


class StopPolicy(StrEnum):
    """How a hospital takes part in the national platform that publishes stops."""

    LPZ = "lpz"
    NEVER_STOPS = "never_stops"
    NOT_IN_LPZ = "not_in_lpz"


class StopReason(StrEnum):
    """The closed menu of reasons for a stop, in its order (protocol section 2.4)."""

    PATIENT_PEAK = "Piek in aanbod van patiënten (aantal)"
    ACUITY_PEAK = "Piek in zorgzwaarte patiënten"
    TREATMENT_CAPACITY = "Onvoldoende behandelcapaciteit"
    OUTFLOW = "Stagnatie uitstroom van de afdeling"
    TECHNICAL = "Interne calamiteit/technisch probleem"
    ROSTER = "Rooster"


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentRelation:
    """Whether the patient is under treatment at a hospital, and whether the complaint is related to it."""

    active: Answer = Answer.NO
    related: Answer = Answer.NO


@dataclass(frozen=True, slots=True, kw_only=True)
class EnRoute:
    """When the ambulance departed with the patient to a hospital, and when it was announced there."""

    departed_at: datetime | None = None
    announced_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """The facts of one patient that the rules ask for; never an identity.

    Per-hospital facts are keyed by hospital id; a missing key means "no relation", "not under way",
    "not consulted", "no acceptance of the GP's call known".
    """

    abcd: Stability = Stability.UNKNOWN
    letters: frozenset[str] = frozenset()
    suspicion: Suspicion = Suspicion.GENERAL
    origin: Origin = Origin.EMERGENCY_CALL
    inside: HospitalId | None = None
    relation: Mapping[HospitalId, TreatmentRelation] = field(default_factory=dict)
    en_route: Mapping[HospitalId, EnRoute] = field(default_factory=dict)
    consult: Mapping[HospitalId, ConsultOutcome] = field(default_factory=dict)
    gp_accepted: Mapping[HospitalId, bool] = field(default_factory=dict)
    shockroom: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Daily opening hours in Europe/Amsterdam; `closes` before `opens` runs past midnight."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One hospital site, as far as the rules look at it.

    `protocol` names the regional protocol that governs it ("nhfl", or "" for the national rules alone).
    A facility that is missing from `facilities` is unknown. `limited_hours` without `opening` means: closed
    at times that are not on record.
    """

    id: HospitalId
    name: str
    protocol: str
    mka: str
    subregion: str
    facilities: Mapping[Facility, Known]
    opening: Opening | None = None
    policy: StopPolicy = StopPolicy.LPZ
    limited_hours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentState:
    """What was last declared or reported about one department; not yet judged at any moment.

    `since`/`until` bound the running stop or code; `reported_at` is when its source last spoke about this
    hospital; `manual` marks a stop declared in the console, which does not age (PD-4). `planned` marks a
    running stop that was announced as a long one; `planned_from` an announced one that has not begun.
    """

    status: Status
    since: datetime | None = None
    until: datetime | None = None
    reason: StopReason | None = None
    note: str = ""
    planned: bool = False
    planned_from: datetime | None = None
    planned_until: datetime | None = None
    reported_at: datetime | None = None
    manual: bool = False
    source: str = ""
    stop_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """A confirmed lapse by rule 3.1: all stops of this category in this meldkamer region declared before it."""

    mka: str
    department: Department
    confirmed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All hospitals at one moment: the sites, their departments, and the state of rule 3.1.

    A department that is absent from `states` is unknown. `complete` lists the meldkamer regions whose
    membership is known to be complete; `pending` the departments that are about to declare a stop, as far as
    somebody says so: that is told by telephone (LAP-3), and no feed carries it.
    """

    sites: Mapping[HospitalId, Site]
    states: Mapping[HospitalId, Mapping[Department, DepartmentState]]
    lapses: tuple[Lapse, ...] = ()
    complete: frozenset[str] = frozenset()
    pending: frozenset[tuple[HospitalId, Department]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """When the ambulance will be at a hospital: earliest, expected and latest moment."""

    early: datetime
    expected: datetime
    late: datetime


class Contact(StrEnum):
    """Whom to phone before choosing a hospital."""

    SEH_PHYSICIAN = "seh_physician"
    DEPARTMENT = "department"
    MKA = "mka"
    MMA = "mma"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one rule says about one hospital: bare data, turned into a sentence by `explain`.

    `rule` is an id of the rule catalogue, `section` its place in the source, `effect` the outcome it
    argues for (None: it only informs), `values` the facts for the sentence.
    """

    rule: str
    section: str
    effect: Outcome | None
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the order of the answer must know about one hospital.

    `life_threat`: drive time alone counts. `facility_unknown`: a facility this patient needs is on record as
    unknown (PD-1). `preferred`: first within its class for this patient (PD-3). `tie_s`: seconds within which
    drive times count as equal (PD-6). `far_s`: drive time beyond which the screen may fold it away (PD-5).
    """

    life_threat: bool
    facility_unknown: bool
    preferred: bool
    tie_s: int
    far_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What all rules together say about one hospital; the deciding reason stands first.

    `at_arrival` is the status of each department at the expected arrival, after expiry, opening hours,
    freshness and a confirmed lapse. `edition` is the edition that spoke, `order` what ranking must know.
    """

    hospital: HospitalId
    outcome: Outcome
    reasons: tuple[Reason, ...]
    edition: str
    at_arrival: Mapping[Department, Status]
    order: Order
    call: Contact | None = None
    duties: tuple[str, ...] = ()
    judgement: tuple[str, ...] = ()
