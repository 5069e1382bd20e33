"""Which rules an edition asks, in which order: the table of contents and the precedence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from advisor.protocol.dated import Edition, RuleSet
from advisor.protocol.model import Reason
from advisor.protocol.rules import (
    closure,
    code_orange,
    consultation,
    elsewhere,
    facilities,
    grace,
    life_threat,
    openness,
    stopped_department,
    stopped_seh,
)
from advisor.protocol.situation import Situation

Rule = Callable[[Situation, Edition], Reason | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """The rules of an edition, all of which speak about every hospital.

    `site`: the first with an effect decides about the hospital as a whole. `beside`: each with an effect
    weighs as much as a department. For each department that counts `colour` is asked, or where it has a stop
    or code `stopped_department` or `stopped_seh`; the first with an effect decides about the department.
    """

    site: tuple[Rule, ...]
    beside: tuple[Rule, ...]
    colour: tuple[Rule, ...]
    stopped_department: tuple[Rule, ...]
    stopped_seh: tuple[Rule, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, each once, in order."""
        return tuple(dict.fromkeys(self.site + self.beside + self.colour + self.stopped_department + self.stopped_seh))


_SITE: tuple[Rule, ...] = (
    facilities.lacks_needed_facility,
    facilities.lacks_trauma_level,
    closure.closed_by_calamity,
    closure.under_way_before_closing,
    closure.closed_outside_hours,
    consultation.refused_after_consultation,
    consultation.accepted_after_consultation,
)

_BESIDE: tuple[Rule, ...] = (
    facilities.facility_is_unknown,
    closure.hours_are_not_known,
    stopped_department.shockroom_stop_and_abcd_unknown,
)

_COLOUR: tuple[Rule, ...] = (
    openness.open_department,
    openness.status_is_unknown,
)

_NHFL_2_0 = RuleBook(
    site=_SITE,
    beside=_BESIDE,
    colour=_COLOUR,
    stopped_department=(
        # welcome in spite of the stop
        stopped_department.level1_centre_stays_accessible,
        consultation.refused_by_stopped_department,
        stopped_department.inside_at_stopped_department,
        grace.arrives_within_grace,
        stopped_department.open_shockroom_receives,
        # a call first
        grace.grace_is_in_doubt,
        stopped_department.shockroom_has_a_stop,
        stopped_department.unstable_at_stopped_department,
        stopped_department.abcd_unknown_at_stopped_department,
        stopped_department.self_referral_at_stopped_department,
        # elsewhere
        stopped_department.closed_by_roster,
        stopped_department.divert_from_stopped_department,
        # for the record
        grace.departed_after_declaration,
        consultation.consultation_stays_possible,
    ),
    stopped_seh=(
        # the life threat
        life_threat.unstable_for_shockroom,
        life_threat.level1_centre_for_severe_trauma,
        life_threat.life_threat_at_stopped_seh,
        # the other entrance, then the other exceptions
        stopped_seh.cardiac_entrance_is_open,
        stopped_seh.inside_this_hospital,
        grace.arrives_within_grace,
        stopped_seh.self_referral,
        code_orange.known_patient_on_orange,
        stopped_seh.known_patient_of_gp,
        # a call first
        grace.grace_is_in_doubt,
        stopped_seh.coronary_care_is_open,
        facilities.entrance_is_unknown,
        stopped_seh.acceptance_of_gp_call,
        stopped_seh.referral_with_relation_in_doubt,
        code_orange.relation_in_doubt_on_orange,
        code_orange.unrelated_complaint_on_orange,
        code_orange.referral_on_orange,
        stopped_seh.transfer_to_stopped_seh,
        stopped_seh.abcd_is_unknown,
        code_orange.orange_without_agreement,
        # colour and origin
        code_orange.divert_from_orange_seh,
        stopped_seh.known_patient_on_red,
        stopped_seh.gp_patient_on_red,
        stopped_seh.divert_from_red_seh,
        # for the record
        grace.departed_after_declaration,
        consultation.consultation_stays_possible,
    ),
)

_NATIONAL = RuleBook(
    site=_SITE,
    beside=_BESIDE,
    colour=_COLOUR,
    stopped_department=(
        stopped_department.level1_centre_stays_accessible,
        consultation.refused_by_stopped_department,
        stopped_department.shockroom_has_a_stop,
        stopped_department.unstable_at_stopped_department,
        stopped_department.abcd_unknown_at_stopped_department,
        stopped_department.closed_by_roster,
        stopped_department.stopped_elsewhere,
    ),
    stopped_seh=(
        life_threat.level1_centre_for_severe_trauma,
        life_threat.life_threat_at_stopped_seh,
        elsewhere.inside_or_self_elsewhere,
        elsewhere.cardiac_entrance_elsewhere,
        facilities.entrance_is_unknown,
        stopped_seh.abcd_is_unknown,
        code_orange.orange_without_agreement,
        elsewhere.divert_from_red_seh_elsewhere,
    ),
)

RULE_BOOKS: Mapping[RuleSet, RuleBook] = {RuleSet.NATIONAL: _NATIONAL, RuleSet.NHFL_2_0: _NHFL_2_0}
