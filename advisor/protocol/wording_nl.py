"""What each rule says, in Dutch: one plain sentence per reason, and the start of a row's headline."""

from collections.abc import Callable, Mapping

from advisor.kernel import Capability, Department, Status
from advisor.protocol.facts import Facts, Vocabulary
from advisor.protocol.lapse import LapseKind
from advisor.protocol.model import Outcome

WORDS = Vocabulary(
    departments={
        Department.SEH: "de SEH",
        Department.SR: "de shockroom",
        Department.CTT: "de CT-trombolyse",
        Department.EHLH: "de eerste hart(long)hulp",
        Department.CCU: "de CCU",
        Department.PCI: "de PCI",
    },
    facilities={
        Department.SEH: "een SEH",
        Department.SR: "een shockroom",
        Department.CTT: "CT-trombolyse",
        Department.EHLH: "een eerste hart(long)hulp",
        Department.CCU: "een CCU",
        Department.PCI: "PCI",
        Capability.LEVEL1: "een level-1 traumacentrum",
        Capability.VASCULAR: "acute vaatchirurgie",
        Capability.OBSTETRICS: "acute verloskunde",
        Capability.BURNS: "een brandwondencentrum",
        Capability.CHILD: "opvang van kinderen",
        Capability.THROMBECTOMY: "trombectomie",
    },
    statuses={
        Status.GREEN: "open",
        Status.ORANGE: "oranje",
        Status.RED: "rood",
        Status.CALAMITY: "calamiteit",
        Status.GREY: "buiten openingstijd",
        Status.UNKNOWN: "onbekend",
    },
    stops={
        Status.RED: "een rode stop",
        Status.ORANGE: "code oranje",
        Status.CALAMITY: "een calamiteit",
        Status.GREY: "een sluiting buiten openingstijd",
    },
    outcomes={
        Outcome.WELCOME: "welkom",
        Outcome.WELCOME_EXCEPTION: "welkom als uitzondering",
        Outcome.CONSULT: "overleggen",
        Outcome.DIVERT: "uitwijken",
        Outcome.UNSUITABLE: "niet geschikt",
        Outcome.CLOSED: "gesloten",
    },
    weekdays=("ma", "di", "wo", "do", "vr", "za", "zo"),
    until="tot",
    conjunction="en",
)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _the(facts: Facts) -> str:
    return _capital(facts.department)


def _all_of_kind(facts: Facts) -> str:
    return "alle SEH's" if facts.code == "SEH" else f"alle afdelingen {facts.code}"


def _consultation(facts: Facts) -> str:
    if facts["accepted"]:
        return "Het ziekenhuis heeft de patiënt na overleg geaccepteerd."
    return "Na goed onderbouwd overleg kan de patiënt ondanks de stop toch worden aangeboden."


def _known_referral(facts: Facts) -> str:
    if facts.effect is Outcome.CONSULT:
        return "Het is onzeker of de patiënt hier bekend is met deze klacht: overleg met de SEH-arts."
    return "Hier bekend met een verwante klacht en aangenomen van de verwijzer: welkom ondanks de rode stop."


def _unstable(facts: Facts) -> str:
    place = " voor de shockroom" if facts["shockroom"] else ""
    return f"Een ABCD-instabiele patiënt{place} is welkom, ook bij {facts.stop} van de SEH."


def _inside(facts: Facts) -> str:
    if facts.effect is Outcome.CONSULT:
        return f"De patiënt is al in dit ziekenhuis, maar {facts.department} kan de zorg nu misschien niet geven."
    return f"De patiënt is al in dit ziekenhuis en blijft welkom bij {facts.stop}."


def _grace(facts: Facts) -> str:
    return (
        f"U was onderweg en aangemeld toen {facts.department} om {facts.clock('declared_at')} de stop afkondigde"
        f" en u komt om {facts.clock('arrival')}, binnen {facts.minutes_between('declared_at', 'grace_end')} minuten."
    )


def _grace_in_doubt(facts: Facts) -> str:
    if not facts.has("declared_at"):
        return "Het is niet bekend wanneer de stop is afgekondigd, dus ook niet of de eerste minuten gelden: overleg."
    minutes = facts.minutes_between("declared_at", "grace_end")
    if facts["announced"] and facts["in_time"]:
        return f"U was op tijd onderweg en aangemeld, maar {facts.department} kan de zorg nu niet geven: overleg."
    if facts["announced"]:
        return (
            f"U was onderweg en aangemeld, maar komt om {facts.clock_exact('arrival')} aan,"
            f" na de {minutes} minuten (tot {facts.clock('grace_end')}): overleg."
        )
    return (
        f"U was onderweg toen de stop om {facts.clock('declared_at')} inging maar niet aangemeld;"
        f" u komt wel binnen {minutes} minuten aan: overleg."
    )


def _self_referral(facts: Facts) -> str:
    if facts.effect is Outcome.CONSULT:
        return f"Een zelfverwijzer wordt ontvangen, maar {facts.department} heeft {facts.stop}: overleg."
    return "Een zelfverwijzer wordt ontvangen en hoort bij de triage hoe lang het wachten is."


def _level1_shockroom(facts: Facts) -> str:
    if facts.effect is Outcome.CONSULT:
        return "Level-1 traumacentrum, maar de shockroom is technisch buiten gebruik: bel eerst."
    return f"Een level-1 traumacentrum blijft open voor ernstig gewonden; de shockroom heeft {facts.stop}: bel vooruit."


def _stopped_department(facts: Facts) -> str:
    if facts["kind"] == "roster":
        return f"{_the(facts)} is volgens rooster gesloten{facts.after('tot', 'until')}."
    return f"{_the(facts)} heeft {facts.stop}: overleg voordat u met een instabiele patiënt komt."


def _gp_acceptance(facts: Facts) -> str:
    if not facts["known"]:
        return "De verwijzer meldt dat de patiënt is aangenomen, maar die is hier niet bekend: laat het bevestigen."
    if facts["accepted"] is False:
        return "Hier bekend met een verwante klacht, maar de verwijzer is niet geaccepteerd: overleg met de SEH-arts."
    return "Hier bekend met een verwante klacht: vraag na of de SEH de patiënt van de verwijzer heeft aangenomen."


def _excluded(facts: Facts) -> str:
    return (
        f"In {facts['mka']} hebben {_all_of_kind(facts)} een stop of ze zijn gesloten, volgens rooster of gepland;"
        " of 3.1 deze stop opheft is onzeker: vraag het de MKA."
    )


def _lapse_in_doubt(facts: Facts) -> str:
    if facts["kind"] is LapseKind.SINGLE:
        return f"In {facts['mka']} is dit de enige {facts.code}: de stop vervalt niet vanzelf, vraag het de MKA."
    if facts.has("confirmed_at"):
        return "De stops zijn vervallen volgens 3.1, maar het begin van deze is onbekend: vraag het de MKA."
    return (
        f"Alle bekende afdelingen {facts.code} in {facts['mka']} hebben een stop, maar niet van elk ziekenhuis"
        " is de stand bekend: vraag de MKA of ze vervallen zijn."
    )


def _ends_before_arrival(facts: Facts) -> str:
    if facts["over"]:
        return f"{_the(facts)} staat nog op {facts.status}, maar dat liep tot {facts.clock('until')}: verouderd."
    return f"{_the(facts)} heeft {facts.stop}, voor u er bent; dat kan nog worden verlengd."


def _hours(facts: Facts) -> str:
    if facts["under_way"]:
        return f"U was voor sluitingstijd ({facts.clock('closed_at')}) onderweg en aangemeld maar komt later: bel."
    if facts["hours_known"] is False:
        return "De SEH heeft beperkte openingstijden en de tijden zijn niet bekend: bel."
    if facts["open_now"]:
        return "De SEH meldt buiten openingstijd te zijn, maar zou nu open moeten zijn: bel."
    return f"De SEH is nu dicht en gaat om {facts.clock('opens_at')} open, voor u er bent: bel."


def _hours_in_short(facts: Facts) -> str:
    if facts["under_way"]:
        return f"SEH dicht vanaf {facts.clock('closed_at')}, u was aangemeld: bel."
    if facts["hours_known"] is False:
        return "SEH beperkt open, tijden onbekend: bel."
    if facts["open_now"]:
        return "SEH meldt buiten openingstijd: bel."
    return f"SEH nu dicht, open vanaf {facts.clock('opens_at')}: bel."


def _beside_seh(facts: Facts) -> str:
    kind = facts["kind"]
    if kind == "no_level1":
        return "Dit ziekenhuis is geen level-1 traumacentrum."
    if kind == "entrance":
        return f"De eerste hart(long)hulp is open en ontvangt deze patiënt, ook bij {facts.stop} van de SEH."
    if kind == "ccu":
        return f"De CCU is open, maar de SEH heeft {facts.stop}: overleg met de CCU."
    return f"De open shockroom ontvangt deze instabiele patiënt, ook bij {facts.stop} van {facts.department}."


def _elsewhere(facts: Facts) -> str:
    advice = "overleg" if facts.effect is Outcome.CONSULT else "wijk uit"
    return f"Hier gelden nu alleen landelijke afspraken en {facts.department} heeft {facts.stop}: {advice}."


def _refused(facts: Facts) -> str:
    if facts.effect is None:
        return "Het ziekenhuis weigerde, maar een patiënt in levensgevaar blijft welkom: schakel de MMA in."
    if facts.has("department"):
        return f"{_the(facts)} heeft een stop en het ziekenhuis weigerde de patiënt na overleg."
    if facts.effect is Outcome.CONSULT:
        return "Het ziekenhuis weigerde de patiënt en het is niet bekend of die stabiel is: overleg met de MMA."
    return "Het ziekenhuis weigerde de patiënt na overleg; bij discussie is er de MMA."


def _band(facts: Facts) -> str:
    between = f"u bent er tussen {facts.clock('early')} en {facts.clock('late')}"
    classes = f"eerst {facts.outcome('early_outcome')}, later {facts.outcome('late_outcome')}"
    return f"{_boundary(facts)}{between}: {classes}."


def _boundary(facts: Facts) -> str:
    at = facts.clock("at")
    return {
        "until": f"{facts.code} {facts.status} tot {at}, ",
        "planned": f"Geplande stop van {facts.department} vanaf {at}, ",
        "grace": f"De eerste minuten na de stop van {facts.department} lopen tot {at}, ",
        "closes": f"De SEH sluit om {at}, ",
        "opens": f"De SEH gaat om {at} open, ",
    }.get(str(facts["boundary"]), "De stand verandert, ")


def _impossible(facts: Facts) -> str:
    if facts.code == "SEH":
        return f"In deze regio wordt nooit een SEH-stop afgekondigd; {facts.status} is een fout in de gegevens."
    return f"De status {facts.status} bestaat niet voor {facts.department}: een fout in de gegevens."


def _preferred(facts: Facts) -> str:
    return f"Heeft {facts.facility('facility')} en staat daarom voorop binnen deze groep."


def _met(facts: Facts) -> str:
    return (
        f"{_capital(_all_of_kind(facts))} in {facts['mka']} hebben een stop: vervallen volgens 3.1, bevestig bij MKA."
    )


SENTENCES: Mapping[str, Callable[[Facts], str]] = {
    "COL-1": lambda facts: f"{_the(facts)} is open.",
    "COL-4": lambda facts: (
        f"De SEH is gesloten door een calamiteit{facts.after('tot', 'until')}; er zijn geen uitzonderingen."
    ),
    "COL-5": lambda facts: (
        f"De SEH is buiten openingstijd als u aankomt{facts.after('(dicht om', 'closed_at')}"
        f"{')' if facts.has('closed_at') else ''}."
    ),
    "COL-6": lambda facts: (
        f"{_the(facts)} heeft {facts.stop} en deze patiënt heeft die nodig: ga naar het volgende ziekenhuis"
        " dat dit kan."
    ),
    "RED-1": lambda facts: f"De SEH heeft {facts.stop}: ambulances wijken uit.",
    "RED-2": lambda facts: "De patiënt is hier onder behandeling, maar dat is bij een rode stop geen uitzondering.",
    "RED-3": _consultation,
    "RED-4": lambda facts: "Bij een rode stop neemt de SEH geen verwezen patiënten aan.",
    "RED-5": _known_referral,
    "RX-1": _unstable,
    "RX-2": _inside,
    "RX-4": _grace,
    "RX-5": lambda facts: (
        f"U vertrok om {facts.clock_exact('departed_at')}, na het afkondigen om {facts.clock('declared_at')}:"
        " de eerste minuten gelden dan niet."
    ),
    "RX-6": _self_referral,
    "ORA-2": lambda facts: (
        f"De SEH heeft {facts.stop}: een 112-patiënt zonder behandelrelatie hier gaat naar een ziekenhuis"
        " zonder rood of oranje."
    ),
    "ORA-3": lambda facts: "Code oranje en twijfel over de behandelrelatie: overleg met de SEH-arts.",
    "ORA-7": lambda facts: "Hier onder behandeling met een verwante klacht: welkom bij code oranje.",
    "LAP-1": lambda facts: f"Dit ziekenhuis heeft niet wat nodig is: {facts.facilities}.",
    "LAP-3": lambda facts: (
        f"In {facts['mka']} is alleen nog open wie op het punt staat een stop af te kondigen:"
        " vraag de MKA of de stops vervallen."
    ),
    "LAP-4": lambda facts: f"De stop is vervallen volgens 3.1, bevestigd om {facts.clock('confirmed_at')}.",
    "NAT-1": lambda facts: f"Een patiënt in levensgevaar wordt niet geweigerd: welkom ook bij {facts.stop} van de SEH.",
    "NAT-2": lambda facts: (
        f"Een level-1 traumacentrum blijft open voor ernstig gewonden, ook bij {facts.stop} van de SEH."
    ),
    "NAT-6": lambda facts: "In deze regio wordt nooit een SEH-stop afgekondigd; dat zegt niets over de drukte.",
    "NAT-8": lambda facts: f"De stand van {facts.department} is niet bekend, en onbekend is niet open: bel.",
    "AMB-01": _grace_in_doubt,
    "AMB-03": lambda facts: f"De shockroom heeft {facts.stop}: overleg voordat u met een instabiele patiënt komt.",
    "AMB-04": _level1_shockroom,
    "AMB-06": _stopped_department,
    "AMB-07": _gp_acceptance,
    "AMB-08": lambda facts: "Hier onder behandeling, maar voor iets anders: overleg met de SEH-arts.",
    "AMB-10": lambda facts: "Bij code oranje komt een verwezen patiënt in overleg met de SEH.",
    "AMB-11": lambda facts: (
        f"In {facts['subregion']} hebben {_all_of_kind(facts)} een stop, maar niet in heel {facts['mka']}:"
        " vraag het de MKA."
    ),
    "AMB-12": _excluded,
    "AMB-13": lambda facts: "De stops vervallen volgens 3.1, maar deze heeft een technische oorzaak: bel eerst.",
    "AMB-14": _lapse_in_doubt,
    "AMB-16": _ends_before_arrival,
    "AMB-17": _hours,
    "AMB-23": _impossible,
    "AMB-27": lambda facts: f"Een overplaatsing bij {facts.stop}: overleg met de ontvangende arts.",
    "AMB-30": lambda facts: (
        f"Een geplande stop van {facts.department} begint om {facts.clock('start')}, voor u er bent."
    ),
    "AMB-31": _beside_seh,
    "AMB-32": lambda facts: f"{_the(facts)} heeft {facts.stop} en de ABCD is nog niet bekend: bepaal die, of overleg.",
    "AMB-34": _elsewhere,
    "AMB-35": _refused,
    "AMB-36": _met,
    "PD-1": lambda facts: f"Onbekend of dit ziekenhuis heeft wat nodig is ({facts.facilities}): bel.",
    "PD-2": _band,
    "PD-3": _preferred,
    "PD-4": lambda facts: (
        f"De laatste stand van {facts.department} ({facts.status}{facts.after('om', 'reported_at')}) is te oud."
    ),
}

HEADLINES: Mapping[str, Callable[[Facts], str]] = {
    "COL-1": lambda facts: f"{facts.code} open.",
    "COL-4": lambda facts: f"SEH gesloten: calamiteit{facts.after('tot', 'until')}.",
    "COL-5": lambda facts: (
        f"SEH buiten openingstijd bij aankomst{facts.after('(dicht om', 'closed_at')}"
        f"{')' if facts.has('closed_at') else ''}."
    ),
    "COL-6": lambda facts: f"{facts.row}: ga naar de volgende die dit kan.",
    "RED-1": lambda facts: f"{facts.row}: uitwijken.",
    "RED-2": lambda facts: f"{facts.row}: uitwijken, ook al bekend hier.",
    "RED-3": lambda facts: "Na overleg geaccepteerd.",
    "RED-4": lambda facts: f"{facts.row}: geen verwezen patiënten.",
    "RED-5": lambda facts: (
        f"{facts.row}, "
        + ("bekendheid onzeker: overleg." if facts.effect is Outcome.CONSULT else "maar bekend en aangenomen.")
    ),
    "RX-1": lambda facts: f"{facts.row}, maar instabiel{' voor de shockroom' if facts['shockroom'] else ''}.",
    "RX-2": lambda facts: (
        f"{facts.row}, " + ("al hier: overleg." if facts.effect is Outcome.CONSULT else "maar al in dit ziekenhuis.")
    ),
    "RX-4": lambda facts: (
        f"{facts.code} {facts.status}, aangemeld, binnen {facts.minutes_between('declared_at', 'grace_end')} min."
    ),
    "RX-6": lambda facts: (
        f"{facts.row}, " + ("zelfverwijzer: overleg." if facts.effect is Outcome.CONSULT else "maar zelfverwijzer.")
    ),
    "ORA-2": lambda facts: f"{facts.row}: uitwijken.",
    "ORA-3": lambda facts: f"{facts.row}, bekendheid onzeker: overleg.",
    "ORA-7": lambda facts: f"{facts.row}, maar bekend met deze klacht.",
    "LAP-1": lambda facts: f"Heeft niet: {facts.facilities}.",
    "LAP-3": lambda facts: f"{facts.code} {facts.status}, laatste open {facts.code} op punt van stop: vraag MKA.",
    "LAP-4": lambda facts: f"{facts.code} {facts.status} vervallen volgens 3.1.",
    "NAT-1": lambda facts: f"{facts.row}, maar levensgevaar.",
    "NAT-2": lambda facts: f"{facts.row}, maar level-1 voor ernstig gewonden.",
    "NAT-8": lambda facts: f"Stand van {facts.code} onbekend: bel.",
    "AMB-01": lambda facts: f"{facts.code} {facts.status}, eerste minuten onzeker: overleg.",
    "AMB-03": lambda facts: f"{facts.row}: overleg.",
    "AMB-04": lambda facts: (
        f"{facts.row}, level-1: {'bel eerst' if facts.effect is Outcome.CONSULT else 'bel vooruit'}."
    ),
    "AMB-06": lambda facts: (
        f"{facts.row}{' volgens rooster: uitwijken.' if facts['kind'] == 'roster' else ': overleg.'}"
    ),
    "AMB-07": lambda facts: f"{facts.row}: aangenomen van de verwijzer?",
    "AMB-08": lambda facts: f"{facts.row}, bekend voor iets anders: overleg.",
    "AMB-10": lambda facts: f"{facts.row}: kom in overleg.",
    "AMB-11": lambda facts: f"{facts.code} {facts.status}, hele subregio dicht: vraag MKA.",
    "AMB-12": lambda facts: f"{facts.code} {facts.status}, vervallen onzeker: vraag MKA.",
    "AMB-13": lambda facts: f"{facts.code} {facts.status} vervallen, maar technisch defect: bel.",
    "AMB-14": lambda facts: f"{facts.code} {facts.status}, vervallen onzeker: vraag MKA.",
    "AMB-16": lambda facts: f"{facts.row}, {'verouderd' if facts['over'] else 'voor aankomst'}: overleg.",
    "AMB-17": _hours_in_short,
    "AMB-27": lambda facts: f"{facts.row}, overplaatsing: overleg.",
    "AMB-30": lambda facts: f"Geplande stop {facts.code} vanaf {facts.clock('start')}: overleg.",
    "AMB-31": lambda facts: {
        "no_level1": "Geen level-1 traumacentrum.",
        "entrance": f"{facts.row}, maar aparte hartopvang.",
        "ccu": f"{facts.row}: overleg met de CCU.",
        "shockroom": f"{facts.row}, maar instabiel voor de shockroom.",
    }[str(facts["kind"])],
    "AMB-32": lambda facts: f"{facts.row}, ABCD onbekend: overleg.",
    "AMB-34": lambda facts: (
        f"{facts.row}, alleen landelijke regels: {'overleg' if facts.effect is Outcome.CONSULT else 'uitwijken'}."
    ),
    "AMB-35": lambda facts: "Geweigerd na overleg.",
    "AMB-36": lambda facts: f"{facts.code} {facts.status} vervallen volgens 3.1, bevestig bij MKA.",
    "PD-1": lambda facts: f"Onbekend of hier kan: {facts.facilities}; bel.",
    "PD-2": lambda facts: (
        f"{_boundary(facts)}u bent er {facts.clock('early')}–{facts.clock('late')}: "
        f"{facts.outcome('early_outcome')} of {facts.outcome('late_outcome')}."
    ),
}
