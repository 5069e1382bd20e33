"""Passages that no rule can compute: shown to people as their own judgement ("eigen oordeel")."""

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.protocol.members import CONSULT, DIVERT
from advisor.protocol.model import Outcome, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage left to people: its rules, what a person must judge, and why no rule does."""

    code: str
    rules: tuple[str, ...]
    nl: str
    en: str
    why: str


NOT_ENCODED: tuple[Passage, ...] = (
    Passage(
        code="best_choice",
        rules=("ROL-3", "ROL-7"),
        nl="U bepaalt de bestemming: weeg de toestand, de afstand, waar de patiënt bekend is en de stops.",
        en="You choose the destination: weigh condition, distance, where the patient is known, and the stops.",
        why="The ambulance nurse decides on four factors; an advisor that decided would break the rule.",
    ),
    Passage(
        code="as_far_as_possible",
        rules=("NAT-5",),
        nl="Een stop vraagt om uit te wijken als dat kan; of het kan, beoordeelt u.",
        en="A stop asks to go elsewhere if possible; whether it is possible is yours to judge.",
        why="'If possible' has no measure in the sources.",
    ),
    Passage(
        code="active_treatment",
        rules=("AMB-09",),
        nl="Of een behandeling loopt en de klacht erbij hoort, beoordeelt u; een oud dossier zegt daar niets over.",
        en="Whether treatment is ongoing and related to the complaint is yours to judge; an old record proves nothing.",
        why="No period and no definition of an active treatment relation is given.",
    ),
    Passage(
        code="substantiation",
        rules=("RED-3",),
        nl="Of een verzoek ondanks de stop goed onderbouwd is, beoordeelt u samen met de SEH-arts.",
        en="Whether a request in spite of the stop is well substantiated is judged by you and the SEH physician.",
        why="What counts as substantiated is not described.",
    ),
    Passage(
        code="capacity",
        rules=("PRC-6",),
        nl="Of er in de regio genoeg ziekenhuizen openblijven, beoordeelt de mens die de stop wil afkondigen.",
        en="Whether enough hospitals stay open in the region is judged by whoever wants to declare the stop.",
        why="'Enough' has no number.",
    ),
    Passage(
        code="when_to_stop",
        rules=("ESC-0b",),
        nl="Er zijn geen vaste criteria voor een stop; het team van de SEH beoordeelt of hij onafwendbaar is.",
        en="There are no fixed criteria for a stop; the SEH team judges whether it is unavoidable.",
        why="The annex says so itself; a threshold would be invented.",
    ),
    Passage(
        code="orange_before_red",
        rules=("AMB-24",),
        nl="Of code oranje aan rood had moeten voorafgaan, beoordelen de betrokkenen achteraf.",
        en="Whether code orange should have come before red is judged afterwards by those involved.",
        why="The sources suggest an order for the SEH and do not state it.",
    ),
    Passage(
        code="after_a_lapse",
        rules=("AMB-29",),
        nl="Na het vervallen van alle stops mag een nieuwe stop; of hij verantwoord is, beoordeelt het ziekenhuis.",
        en="After all stops lapsed a new stop is not forbidden; whether it is responsible is judged by the hospital.",
        why="No lock-out time is given.",
    ),
    Passage(
        code="dispute",
        rules=("LAP-5", "ROL-4"),
        nl="Bij discussie of herhaalde overschrijding beoordeelt de MMA of opschalen nodig is.",
        en="In a dispute or after repeated breaches the MMA judges whether to escalate.",
        why="'If needed' and 'serious' have no measure.",
    ),
    Passage(
        code="deferral",
        rules=("ORA-8", "ESC-IN-3", "ESC-IN-4"),
        nl="Of een bekende, aangemelde patiënt later kan komen, spreken SEH en verwijzer samen af.",
        en="Whether a known, announced patient can come later is agreed between the SEH and the referrer.",
        why="An agreement between two people.",
    ),
    Passage(
        code="flow_chart",
        rules=("AMB-22",),
        nl="Het stroomschema en de kleur van een calamiteit zijn niet overgenomen; het protocol zelf geldt.",
        en="The protocol's flow chart and the colour of a calamity are not carried over; the protocol itself holds.",
        why="Figure and colours are lost in the text of the source.",
    ),
)

_BY_RULE = {"RED-3": "substantiation", "AMB-34": "as_far_as_possible", "AMB-35": "dispute"}
_RELATION_RULES = frozenset({"ORA-2", "ORA-3", "ORA-7", "AMB-07", "AMB-08", "RED-2", "RED-5"})


def judgement_of(outcome: Outcome, reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Return the codes of the passages that are left to people in this verdict."""
    codes: list[str] = []
    for reason in reasons:
        if reason.rule in _RELATION_RULES:
            codes.append("active_treatment")
        elif reason.rule in _BY_RULE and outcome in (DIVERT, CONSULT):
            codes.append(_BY_RULE[reason.rule])
        if reason.rule == "ORA-7" and reason.values.get("referred"):
            codes.append("deferral")
    return tuple(dict.fromkeys(codes))
