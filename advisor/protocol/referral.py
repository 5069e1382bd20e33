"""What an SEH stop or code means for who refers a patient, as a GP reads it (section 2.3, annex 1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.kernel import Status
from advisor.protocol.dated import Edition, RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One sentence for a referrer; `rule` is its id in the rule catalogue, `section` its place in the protocol."""

    rule: str
    section: str
    nl: str
    en: str


_RED = (
    Passage(
        rule="RED-4",
        section="2.3",
        nl="De SEH neemt tijdelijk geen patiënten aan voor wie een huisarts belt.",
        en="The SEH temporarily accepts no patients for whom a GP calls.",
    ),
    Passage(
        rule="RED-5",
        section="2.3",
        nl="Uitzondering: de patiënt is in dat ziekenhuis onder behandeling en de klacht hoort daarbij. Bel eerst.",
        en="Exception: the patient is under treatment in that hospital and the complaint is part of it. Call first.",
    ),
    Passage(
        rule="RX-1",
        section="2.3",
        nl="Een ABCD-instabiele patiënt voor de shockroom blijft welkom.",
        en="An ABCD-unstable patient for the shockroom stays welcome.",
    ),
    Passage(
        rule="RX-2",
        section="2.3",
        nl="Wie al in het ziekenhuis is en van de polikliniek of de huisartsenpost in dat huis komt, blijft welkom.",
        en="Who is in the hospital already and comes from its clinic or the GP post inside it stays welcome.",
    ),
    Passage(
        rule="RX-6",
        section="2.3",
        nl="Wie uit zichzelf komt wordt ontvangen en hoort bij de triage hoe lang het wachten is.",
        en="Who comes of his own accord is received, and hears the waiting time at triage.",
    ),
    Passage(
        rule="RED-3",
        section="2.3",
        nl="Toch hierheen kan alleen na overleg met de SEH-arts en goed onderbouwd.",
        en="Coming here all the same is only possible after consulting the SEH physician, well substantiated.",
    ),
    Passage(
        rule="LAP-1",
        section="3.1",
        nl="Verwijs anders naar het volgende dichtstbijzijnde ziekenhuis dat de zorg kan geven.",
        en="Otherwise refer to the next nearest hospital that can provide the care.",
    ),
)
_ORANGE = (
    Passage(
        rule="ORA-1",
        section="2.3",
        nl="De SEH is open, maar een sluiting dreigt.",
        en="The SEH is open, but a closure threatens.",
    ),
    Passage(
        rule="ESC-IN-1",
        section="bijlage 1",
        nl="Verwijs in overleg: bel de SEH voordat de patiënt komt.",
        en="Refer by agreement: call the SEH before the patient comes.",
    ),
    Passage(
        rule="ESC-IN-4",
        section="bijlage 1",
        nl="De SEH kan vragen of de patiënt enkele uren later of op een andere plek terechtkan.",
        en="The SEH may ask whether the patient can come some hours later or go to another place.",
    ),
    Passage(
        rule="ORA-7",
        section="2.3",
        nl="Een patiënt die daar onder behandeling is met een verwante klacht blijft welkom.",
        en="A patient under treatment there with a related complaint stays welcome.",
    ),
    Passage(
        rule="ORA-8",
        section="2.3",
        nl="Voor een bekende patiënt kunt u met de SEH een later tijdstip afspreken.",
        en="For a known patient you may agree on a later time with the SEH.",
    ),
    Passage(
        rule="ORA-6",
        section="2.3",
        nl="De uitzonderingen van een rode stop gelden ook bij code oranje.",
        en="The exceptions of a red stop hold on code orange too.",
    ),
)


def referral_words(edition: Edition) -> Mapping[Status, tuple[Passage, ...]]:
    """Return what a referrer should know by status of the SEH; nothing where no regional protocol speaks (NAT-7)."""
    if edition.rules is RuleSet.NATIONAL:
        return {}
    return {Status.RED: _RED, **({Status.ORANGE: _ORANGE} if edition.code_orange else {})}
