"""Who must do what next: the duties of the protocol, and which of them an advice or a console step carries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from advisor.kernel import Department, HospitalId, Status
from advisor.protocol.dated import Edition
from advisor.protocol.lapse import LapseState
from advisor.protocol.members import CALAMITY, CONSULT, DIVERT, ORANGE, SEH, SR
from advisor.protocol.model import Contact, Outcome, Reason


class Actor(StrEnum):
    """Who has the duty."""

    CREW = "crew"
    NURSE = "nurse"
    DISPATCHER = "dispatcher"
    MMA = "mma"
    HOSPITAL = "hospital"
    BOARD = "board"
    NETWORK = "network"
    SOFTWARE = "software"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty: who has it, and the rules that give it. Its sentence stands in `explain`."""

    actor: Actor
    rules: tuple[str, ...]


DUTIES: Mapping[str, Duty] = {
    # beside an advice
    "check_lpz_before_departure": Duty(actor=Actor.CREW, rules=("RX-5",)),
    "phone_seh_physician": Duty(actor=Actor.CREW, rules=("ORA-3", "RED-3", "ROL-6")),
    "phone_department": Duty(actor=Actor.CREW, rules=("RED-3", "ROL-6")),
    "phone_mka": Duty(actor=Actor.CREW, rules=("ROL-2",)),
    "inform_mma_of_dispute": Duty(actor=Actor.MMA, rules=("LAP-5",)),
    "call_ahead": Duty(actor=Actor.CREW, rules=("AMB-04",)),
    "substantiate_consultation": Duty(actor=Actor.CREW, rules=("RED-3",)),
    "ask_gp_acceptance": Duty(actor=Actor.CREW, rules=("AMB-07",)),
    "may_defer_known_patient": Duty(actor=Actor.HOSPITAL, rules=("ORA-8",)),
    "receive_self_referral": Duty(actor=Actor.HOSPITAL, rules=("RX-6",)),
    "nurse_decides": Duty(actor=Actor.NURSE, rules=("ROL-3", "ROL-7")),
    # before and after a declaration
    "escalation_first": Duty(actor=Actor.BOARD, rules=("PRC-1", "PRC-2", "ESC-0a", "ESC-0d")),
    "check_regional_capacity": Duty(actor=Actor.BOARD, rules=("PRC-4", "PRC-6", "ROL-1")),
    "choose_reason": Duty(actor=Actor.BOARD, rules=("RSN-1", "RSN-2")),
    "not_for_ward_shortage": Duty(actor=Actor.BOARD, rules=("RED-6", "ORA-5", "AMB-26")),
    "board_decides": Duty(actor=Actor.BOARD, rules=("PRC-3",)),
    "phone_peers_of_scarce_care": Duty(actor=Actor.BOARD, rules=("PRC-5", "PRC-6")),
    "phone_subregion_as_last": Duty(actor=Actor.HOSPITAL, rules=("LAP-3",)),
    "tell_subregion_lifted": Duty(actor=Actor.HOSPITAL, rules=("LAP-7",)),
    "start_escalation_on_orange": Duty(actor=Actor.HOSPITAL, rules=("ORA-4",)),
    "report_orange": Duty(actor=Actor.HOSPITAL, rules=("ESC-IN-1",)),
    "record_escalation": Duty(actor=Actor.HOSPITAL, rules=("ESC-0c",)),
    "no_fixed_criteria": Duty(actor=Actor.SOFTWARE, rules=("ESC-0b",)),
    # while a stop runs and at its end
    "warn_before_end": Duty(actor=Actor.SOFTWARE, rules=("END-5",)),
    "end_stop_early": Duty(actor=Actor.HOSPITAL, rules=("END-2",)),
    "reassess_before_extending": Duty(actor=Actor.HOSPITAL, rules=("END-3", "END-4")),
    "norm_exceeded": Duty(actor=Actor.MMA, rules=("NRM-1", "ROL-4")),
    "remove_lapsed_stop": Duty(actor=Actor.HOSPITAL, rules=("LAP-6",)),
    "confirm_lapse": Duty(actor=Actor.DISPATCHER, rules=("LAP-4", "AMB-36")),
    # a planned long stop
    "report_plan_in_roaz": Duty(actor=Actor.BOARD, rules=("PLN-2",)),
    "phone_mma_and_region": Duty(actor=Actor.BOARD, rules=("PLN-3",)),
    "announce_plan": Duty(actor=Actor.BOARD, rules=("PLN-4",)),
    "declare_plan_at_start": Duty(actor=Actor.HOSPITAL, rules=("PLN-5",)),
    # reports
    "report_per_region": Duty(actor=Actor.NETWORK, rules=("ROL-5", "REP-7", "REP-8")),
    "policy_minutes_are_background": Duty(actor=Actor.SOFTWARE, rules=("POL-1", "POL-2", "POL-3", "POL-4")),
}

_PHONE = {
    Contact.SEH_PHYSICIAN: "phone_seh_physician",
    Contact.DEPARTMENT: "phone_department",
    Contact.MKA: "phone_mka",
    Contact.MMA: "inform_mma_of_dispute",
}
_BY_RULE = {
    "AMB-04": "call_ahead",
    "AMB-07": "ask_gp_acceptance",
    "RX-6": "receive_self_referral",
    "AMB-36": "confirm_lapse",
}
_ON_THE_ROAD = frozenset({Outcome.WELCOME, Outcome.WELCOME_EXCEPTION, CONSULT})


def duties_of(outcome: Outcome, reasons: Iterable[Reason], call: Contact | None, *, departed: bool) -> tuple[str, ...]:
    """Return what people must do with this verdict, in the order in which they do it."""
    duties: list[str] = []
    if outcome is CONSULT or call is Contact.MMA:
        duties.append(_PHONE[call or Contact.SEH_PHYSICIAN])
    for reason in reasons:
        rule = reason.rule
        if rule == "RED-3" and outcome is DIVERT:
            duties.append("substantiate_consultation")
        elif rule in _BY_RULE and reason.effect is outcome:
            duties.append(_BY_RULE[rule])
        elif rule == "ORA-7" and reason.values.get("referred"):
            duties.append("may_defer_known_patient")
    if outcome in _ON_THE_ROAD and not departed:
        duties.append("check_lpz_before_departure")
    return tuple(dict.fromkeys(duties))


def duties_before_declaring(
    hospital: HospitalId, department: Department, status: Status, lapse: LapseState, edition: Edition
) -> tuple[str, ...]:
    """Return what a hospital must do before it declares this status for a department (chapter 4)."""
    duties = ["escalation_first", "record_escalation"] if department in (SEH, SR) else []
    if status is CALAMITY:
        return ("choose_reason",)
    duties += ["check_regional_capacity", "choose_reason", "not_for_ward_shortage", "board_decides"]
    if is_scarce(lapse, edition):
        duties.append("phone_peers_of_scarce_care")
    if would_be_last(hospital, lapse):
        duties += ["phone_subregion_as_last", "tell_subregion_lifted"]
    if status is ORANGE:
        duties += ["start_escalation_on_orange", "report_orange"]
    return tuple(duties)


def is_scarce(lapse: LapseState, edition: Edition) -> bool:
    """Tell whether few hospitals of the region provide the category, so that peers must be phoned (PRC-5)."""
    return 1 < lapse.providers <= edition.scarce_providers


def would_be_last(hospital: HospitalId, lapse: LapseState) -> bool:
    """Tell whether this hospital is the only open one left of its region and category (LAP-3).

    It knows best that it has the department, also where that is not on record.
    """
    others_open = any(other != hospital for other in lapse.open)
    return not others_open and hospital in (*lapse.open, *lapse.unknown) and bool(lapse.stopped)


PLAN_DUTIES = ("report_plan_in_roaz", "phone_mma_and_region", "announce_plan", "declare_plan_at_start")
"""What a planned long stop asks, in order (section 2.6)."""

LAPSE_DUTIES = ("remove_lapsed_stop", "tell_subregion_lifted")
"""What the hospitals must do after a confirmed lapse (sections 3.1 and 5.1)."""
