"""What the rules look at: one patient, one hospital, one department, one reading of the statuses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from advisor.kernel import Department, Facility, Known, Status
from advisor.protocol.dated import Demand, Edition
from advisor.protocol.members import RED, SEH, SR, TECHNICAL, UNKNOWN, YES
from advisor.protocol.model import (
    Answer,
    ConsultOutcome,
    DepartmentState,
    EnRoute,
    Origin,
    Outcome,
    Patient,
    Reason,
    Site,
    Stability,
    StopReason,
    TreatmentRelation,
)
from advisor.protocol.reasons import SECTIONS

NO_RELATION = TreatmentRelation()


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What one patient needs of one hospital.

    `departments` are those whose status counts, the SEH last; `missing` and `unknown` the facilities that the
    hospital is known not to have, or that nobody knows of. `separate_entrance` says that the EHLH receives
    this patient beside the SEH, `UNKNOWN` when nobody knows whether there is one.
    """

    departments: tuple[Department, ...]
    missing: tuple[Facility, ...]
    unknown: tuple[Facility, ...]
    separate_entrance: Known = Known.NO


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """What the rules derive from the patient alone: a threatened ABCD, a threatened life, a shockroom.

    `needs` is what the patient needs of a hospital that is known to have it all; `facilities` what that is.
    """

    demand: Demand
    unstable: bool
    stable: bool
    life_threat: bool
    for_shockroom: bool
    facilities: tuple[Facility, ...]
    needs: Needs


# Not frozen: that would make it thrice as slow to build, and every hospital of every question builds some.
@dataclass(slots=True, kw_only=True)
class Situation:
    """One question to the rules. `department` is the one in question and `status` its status in this reading.

    `statuses` holds all departments that count, in the same reading; `state` is what was declared or
    reported for the department in question. `stopped`: red, or orange for the SEH.
    """

    patient: Patient
    triage: Triage
    site: Site
    needs: Needs
    now: datetime
    arrival: datetime
    department: Department
    status: Status
    state: DepartmentState | None
    statuses: Mapping[Department, Status]
    relation: TreatmentRelation
    en_route: EnRoute | None
    consulted: ConsultOutcome | None
    in_seh: bool
    stopped: bool

    @property
    def declared_at(self) -> datetime | None:
        """Moment at which the stop of this reading was declared; `None` when unknown or only foreseen."""
        return self.state.since if self.state is not None and self.state.status is self.status else None

    @property
    def until(self) -> datetime | None:
        """Entered end of the stop of this reading."""
        return self.state.until if self.state is not None and self.state.status is self.status else None

    @property
    def stop_reason(self) -> StopReason | None:
        """Reason of the stop of this reading."""
        return self.state.reason if self.state is not None and self.state.status is self.status else None

    @property
    def technical(self) -> bool:
        """Tell whether the stop has a technical reason: the department cannot give the care."""
        return self.stop_reason is TECHNICAL

    @property
    def inside(self) -> bool:
        """Tell whether the patient is in this hospital already (RX-2)."""
        return self.patient.origin is Origin.INTERNAL and self.patient.inside == self.site.id

    @property
    def referred(self) -> bool:
        """Tell whether a physician outside this hospital refers the patient: a GP, or another hospital's clinic."""
        origin = self.patient.origin
        return origin is Origin.GP or (origin is Origin.INTERNAL and self.patient.inside != self.site.id)

    @property
    def known_here(self) -> bool:
        """Tell whether the patient is under treatment here for a related complaint (ORA-7)."""
        return self.relation.active is Answer.YES and self.relation.related is Answer.YES

    @property
    def relation_in_doubt(self) -> bool:
        """Tell whether the treatment relation, or the relatedness of the complaint, is in doubt."""
        relation = self.relation
        return relation.active is Answer.DOUBT or (relation.active is Answer.YES and relation.related is Answer.DOUBT)


def say_of(situation: Situation, rule: str, effect: Outcome | None, **more: object) -> Reason:
    """Return what a rule says about the department in question, its status and the end of that."""
    values = {
        "department": situation.department,
        "status": situation.status,
        "until": situation.until,
        "now": situation.now,
        **more,
    }
    return Reason(rule=rule, section=SECTIONS[rule], effect=effect, values=values)


def triage(patient: Patient, edition: Edition) -> Triage:
    """Derive what the rules ask of the patient alone."""
    demand = edition.demands[patient.suspicion]
    unstable = patient.abcd is Stability.UNSTABLE
    for_shockroom = unstable and patient.shockroom
    own = () if demand.department is None or demand.fallback else (demand.department,)
    shockroom = (SR,) if for_shockroom and SR not in own else ()
    departments = (*own, *shockroom, SEH)
    capabilities = () if demand.capability is None else (demand.capability,)
    return Triage(
        demand=demand,
        unstable=unstable,
        stable=patient.abcd is Stability.STABLE,
        life_threat=unstable or demand.life_threat,
        for_shockroom=for_shockroom,
        facilities=(*capabilities, *departments),
        needs=Needs(departments=departments, missing=(), unknown=()),
    )


def needs_of(triaged: Triage, site: Site, states: Mapping[Department, DepartmentState]) -> Needs:
    """Work out what the patient needs of a site: a specific department, a capability, the shockroom, the SEH.

    A department that has a fallback counts when it is present. When nobody knows whether it is, it counts
    only if somebody declared a stop for it; otherwise the SEH is asked, and the doubt is kept.
    """
    known = site.facilities
    needs = triaged.needs
    for facility in triaged.facilities:
        if known.get(facility) is not YES:
            needs = replace(
                needs,
                missing=tuple(one for one in triaged.facilities if known.get(one) is Known.NO),
                unknown=tuple(one for one in triaged.facilities if known.get(one, Known.UNKNOWN) is Known.UNKNOWN),
            )
            break
    if triaged.demand.fallback and triaged.demand.department is not None:
        return _with_entrance(needs, triaged.demand.department, site, states.get(triaged.demand.department))
    return needs


def _with_entrance(needs: Needs, department: Department, site: Site, state: DepartmentState | None) -> Needs:
    entrance = site.facilities.get(department, Known.UNKNOWN)
    if entrance is Known.YES or (entrance is Known.UNKNOWN and _is_red(state)):
        return replace(needs, departments=(department, *needs.departments), separate_entrance=entrance)
    if entrance is Known.UNKNOWN and not _is_silent(state):
        return replace(needs, separate_entrance=Known.UNKNOWN)
    return needs


def _is_red(state: DepartmentState | None) -> bool:
    return state is not None and state.status is RED


def _is_silent(state: DepartmentState | None) -> bool:
    return state is None or state.status is UNKNOWN
