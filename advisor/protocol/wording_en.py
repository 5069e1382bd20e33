"""What each rule says, in English: one plain sentence per reason, and the start of a row's headline."""

from collections.abc import Callable, Mapping

from advisor.kernel import Capability, Department, Status
from advisor.protocol.facts import Facts, Vocabulary
from advisor.protocol.lapse import LapseKind
from advisor.protocol.model import Outcome

WORDS = Vocabulary(
    departments={
        Department.SEH: "the SEH",
        Department.SR: "the shockroom",
        Department.CTT: "CT thrombolysis",
        Department.EHLH: "the cardiac emergency unit",
        Department.CCU: "the CCU",
        Department.PCI: "the PCI",
    },
    facilities={
        Department.SEH: "an SEH",
        Department.SR: "a shockroom",
        Department.CTT: "CT thrombolysis",
        Department.EHLH: "a cardiac emergency unit",
        Department.CCU: "a CCU",
        Department.PCI: "PCI",
        Capability.LEVEL1: "a level-1 trauma centre",
        Capability.VASCULAR: "acute vascular surgery",
        Capability.OBSTETRICS: "acute obstetrics",
        Capability.BURNS: "a burn centre",
        Capability.CHILD: "care for children",
        Capability.THROMBECTOMY: "thrombectomy",
    },
    statuses={
        Status.GREEN: "open",
        Status.ORANGE: "orange",
        Status.RED: "red",
        Status.CALAMITY: "calamity",
        Status.GREY: "outside opening hours",
        Status.UNKNOWN: "unknown",
    },
    stops={
        Status.RED: "a red stop",
        Status.ORANGE: "code orange",
        Status.CALAMITY: "a calamity",
        Status.GREY: "a closure outside opening hours",
    },
    outcomes={
        Outcome.WELCOME: "welcome",
        Outcome.WELCOME_EXCEPTION: "welcome by exception",
        Outcome.CONSULT: "call first",
        Outcome.DIVERT: "go elsewhere",
        Outcome.UNSUITABLE: "unsuitable",
        Outcome.CLOSED: "closed",
    },
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    until="until",
    conjunction="and",
)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _the(facts: Facts) -> str:
    return _capital(facts.department)


def _all_of_kind(facts: Facts) -> str:
    return "all SEHs" if facts.code == "SEH" else f"all {facts.code} departments"


def _consultation(facts: Facts) -> str:
    if facts["accepted"]:
        return "The hospital accepted the patient after consultation."
    return "After a well substantiated consultation the patient can still be presented in spite of the stop."


def _known_referral(facts: Facts) -> str:
    if facts.effect is Outcome.CONSULT:
        return "It is uncertain whether the patient is known here for this complaint: call the SEH physician."
    return "Known here for a related complaint and accepted from the referrer: welcome in spite of the red stop."


def _unstable(facts: Facts) -> str:
    place = " for the shockroom" if facts["shockroom"] else ""
    return f"An ABCD-unstable patient{place} is welcome, even with {facts.stop} of the SEH."


def _inside(facts: Facts) -> str:
    if facts.effect is Outcome.CONSULT:
        return f"The patient is in this hospital already, but {facts.department} may not be able to help: call."
    return f"The patient is in this hospital already and stays welcome with {facts.stop}."


def _grace(facts: Facts) -> str:
    return (
        f"You were under way and announced when {facts.department} declared the stop at {facts.clock('declared_at')}"
        f" and you arrive at {facts.clock('arrival')}, within {facts.minutes_between('declared_at', 'grace_end')} min."
    )


def _grace_in_doubt(facts: Facts) -> str:
    if not facts.has("declared_at"):
        return "It is not known when the stop was declared, nor whether the first minutes apply: call."
    minutes = facts.minutes_between("declared_at", "grace_end")
    if facts["announced"] and facts["in_time"]:
        return f"You were under way and announced in time, but {facts.department} cannot give the care now: call."
    if facts["announced"]:
        return (
            f"You were under way and announced, but arrive at {facts.clock_exact('arrival')},"
            f" after the {minutes} minutes (until {facts.clock('grace_end')}): call."
        )
    return (
        f"You were under way when the stop began at {facts.clock('declared_at')} but not announced;"
        f" you do arrive within {minutes} minutes: call."
    )


def _self_referral(facts: Facts) -> str:
    if facts.effect is Outcome.CONSULT:
        return f"A self-referral is received, but {facts.department} has {facts.stop}: call."
    return "A self-referral is received and hears the waiting time at triage."


def _level1_shockroom(facts: Facts) -> str:
    if facts.effect is Outcome.CONSULT:
        return "Level-1 trauma centre, but its shockroom is technically out of use: call first."
    return f"A level-1 trauma centre stays open for the severely injured; its shockroom has {facts.stop}: call ahead."


def _stopped_department(facts: Facts) -> str:
    if facts["kind"] == "roster":
        return f"{_the(facts)} is closed by its roster{facts.after('until', 'until')}."
    return f"{_the(facts)} has {facts.stop}: call before you come with an unstable patient."


def _gp_acceptance(facts: Facts) -> str:
    if not facts["known"]:
        return "The referrer says the patient was accepted, but the patient is not known here: have it confirmed."
    if facts["accepted"] is False:
        return "Known here for a related complaint, but the referrer was not accepted: call the SEH physician."
    return "Known here for a related complaint: ask whether the SEH accepted the patient from the referrer."


def _excluded(facts: Facts) -> str:
    return (
        f"In {facts['mka']} {_all_of_kind(facts)} have a stop or are closed, off by roster or by plan;"
        " whether 3.1 lifts this stop is uncertain: ask the MKA."
    )


def _lapse_in_doubt(facts: Facts) -> str:
    if facts["kind"] is LapseKind.SINGLE:
        return f"This is the only {facts.code} in {facts['mka']}: the stop does not lapse by itself, ask the MKA."
    if facts.has("confirmed_at"):
        return "The stops lapsed by 3.1, but it is unknown when this one was declared: ask the MKA."
    return (
        f"All known {facts.code} departments in {facts['mka']} have a stop, but not every hospital's status"
        " is known: ask the MKA whether they lapsed."
    )


def _ends_before_arrival(facts: Facts) -> str:
    if facts["over"]:
        return f"{_the(facts)} still shows {facts.status}, but that ran until {facts.clock('until')}: out of date."
    return f"{_the(facts)} has {facts.stop}, before you arrive; it can still be extended."


def _hours(facts: Facts) -> str:
    if facts["under_way"]:
        return f"You were under way and announced before closing ({facts.clock('closed_at')}) but arrive later: call."
    if facts["hours_known"] is False:
        return "The SEH has limited opening hours and the times are not known: call."
    if facts["open_now"]:
        return "The SEH reports to be outside opening hours but should be open now: call."
    return f"The SEH is closed now and opens at {facts.clock('opens_at')}, before you arrive: call."


def _hours_in_short(facts: Facts) -> str:
    if facts["under_way"]:
        return f"SEH closed from {facts.clock('closed_at')}, you were announced: call."
    if facts["hours_known"] is False:
        return "SEH has limited hours, times unknown: call."
    if facts["open_now"]:
        return "SEH reports to be outside opening hours: call."
    return f"SEH closed now, opens at {facts.clock('opens_at')}: call."


def _beside_seh(facts: Facts) -> str:
    kind = facts["kind"]
    if kind == "no_level1":
        return "This hospital is not a level-1 trauma centre."
    if kind == "entrance":
        return f"The cardiac emergency unit is open and receives this patient, even with {facts.stop} of the SEH."
    if kind == "ccu":
        return f"The CCU is open, but the SEH has {facts.stop}: call the CCU."
    return f"The open shockroom receives this unstable patient, even with {facts.stop} of {facts.department}."


def _elsewhere(facts: Facts) -> str:
    advice = "call" if facts.effect is Outcome.CONSULT else "go elsewhere"
    return f"Only national agreements hold here now and {facts.department} has {facts.stop}: {advice}."


def _refused(facts: Facts) -> str:
    if facts.effect is None:
        return "The hospital refused, but a patient whose life is threatened stays welcome: call the MMA."
    if facts.has("department"):
        return f"{_the(facts)} has a stop and the hospital refused the patient after consultation."
    if facts.effect is Outcome.CONSULT:
        return "The hospital refused the patient and it is not known whether the patient is stable: call the MMA."
    return "The hospital refused the patient after consultation; in a dispute there is the MMA."


def _band(facts: Facts) -> str:
    between = f"you arrive between {facts.clock('early')} and {facts.clock('late')}"
    classes = f"first {facts.outcome('early_outcome')}, later {facts.outcome('late_outcome')}"
    return f"{_boundary(facts)}{between}: {classes}."


def _boundary(facts: Facts) -> str:
    at = facts.clock("at")
    return {
        "until": f"{facts.code} {facts.status} until {at}, ",
        "planned": f"Planned stop of {facts.department} from {at}, ",
        "grace": f"The first minutes after the stop of {facts.department} run until {at}, ",
        "closes": f"The SEH closes at {at}, ",
        "opens": f"The SEH opens at {at}, ",
    }.get(str(facts["boundary"]), "The status changes, ")


def _impossible(facts: Facts) -> str:
    if facts.code == "SEH":
        return f"This region never declares an SEH stop; {facts.status} is an error in the data."
    return f"The status {facts.status} does not exist for {facts.department}: an error in the data."


def _preferred(facts: Facts) -> str:
    return f"Has {facts.facility('facility')} and therefore comes first within this group."


def _met(facts: Facts) -> str:
    return f"{_capital(_all_of_kind(facts))} in {facts['mka']} have a stop: lapsed by 3.1, confirm with the MKA."


SENTENCES: Mapping[str, Callable[[Facts], str]] = {
    "COL-1": lambda facts: f"{_the(facts)} is open.",
    "COL-4": lambda facts: (
        f"The SEH is closed by a calamity{facts.after('until', 'until')}; there are no exceptions then."
    ),
    "COL-5": lambda facts: (
        f"The SEH is outside its opening hours when you arrive{facts.after('(closed at', 'closed_at')}"
        f"{')' if facts.has('closed_at') else ''}."
    ),
    "COL-6": lambda facts: (
        f"{_the(facts)} has {facts.stop} and this patient needs it: go to the next hospital that can do this."
    ),
    "RED-1": lambda facts: f"The SEH has {facts.stop}: ambulances go elsewhere.",
    "RED-2": lambda facts: "The patient is under treatment here, but on a red stop that is no exception.",
    "RED-3": _consultation,
    "RED-4": lambda facts: "On a red stop the SEH accepts no referred patients.",
    "RED-5": _known_referral,
    "RX-1": _unstable,
    "RX-2": _inside,
    "RX-4": _grace,
    "RX-5": lambda facts: (
        f"You left at {facts.clock_exact('departed_at')}, after the declaration at {facts.clock('declared_at')}:"
        " the first minutes do not apply."
    ),
    "RX-6": _self_referral,
    "ORA-2": lambda facts: (
        f"The SEH has {facts.stop}: a 112 patient without a treatment relation here goes to a hospital"
        " that is neither red nor orange."
    ),
    "ORA-3": lambda facts: "Code orange and the treatment relation is in doubt: call the SEH physician.",
    "ORA-7": lambda facts: "Under treatment here for a related complaint: welcome on code orange.",
    "LAP-1": lambda facts: f"This hospital does not have what is needed: {facts.facilities}.",
    "LAP-3": lambda facts: (
        f"In {facts['mka']} the only ones open are about to declare a stop: ask the MKA whether the stops lapse."
    ),
    "LAP-4": lambda facts: f"The stop lapsed by 3.1, confirmed at {facts.clock('confirmed_at')}.",
    "NAT-1": lambda facts: (
        f"A patient whose life is threatened is not refused: welcome even with {facts.stop} of the SEH."
    ),
    "NAT-2": lambda facts: (
        f"A level-1 trauma centre stays open for the severely injured, even with {facts.stop} of the SEH."
    ),
    "NAT-6": lambda facts: "This region never declares an SEH stop; that says nothing about how busy it is.",
    "NAT-8": lambda facts: f"The status of {facts.department} is not known, and unknown is not open: call.",
    "AMB-01": _grace_in_doubt,
    "AMB-03": lambda facts: f"The shockroom has {facts.stop}: call before you come with an unstable patient.",
    "AMB-04": _level1_shockroom,
    "AMB-06": _stopped_department,
    "AMB-07": _gp_acceptance,
    "AMB-08": lambda facts: "Under treatment here, but for something else: call the SEH physician.",
    "AMB-10": lambda facts: "On code orange a referred patient comes by agreement with the SEH.",
    "AMB-11": lambda facts: (
        f"In {facts['subregion']} {_all_of_kind(facts)} have a stop, but not in the whole of {facts['mka']}:"
        " ask the MKA."
    ),
    "AMB-12": _excluded,
    "AMB-13": lambda facts: "The stops lapse by 3.1, but this one has a technical cause: call first.",
    "AMB-14": _lapse_in_doubt,
    "AMB-16": _ends_before_arrival,
    "AMB-17": _hours,
    "AMB-23": _impossible,
    "AMB-27": lambda facts: f"A transfer with {facts.stop}: call the receiving physician.",
    "AMB-30": lambda facts: (
        f"A planned stop of {facts.department} begins at {facts.clock('start')}, before you arrive."
    ),
    "AMB-31": _beside_seh,
    "AMB-32": lambda facts: f"{_the(facts)} has {facts.stop} and the ABCD is not known yet: assess it, or call.",
    "AMB-34": _elsewhere,
    "AMB-35": _refused,
    "AMB-36": _met,
    "PD-1": lambda facts: f"Unknown whether this hospital has what is needed ({facts.facilities}): call.",
    "PD-2": _band,
    "PD-3": _preferred,
    "PD-4": lambda facts: (
        f"The last status of {facts.department} ({facts.status}{facts.after('at', 'reported_at')}) is too old."
    ),
}

HEADLINES: Mapping[str, Callable[[Facts], str]] = {
    "COL-1": lambda facts: f"{facts.code} open.",
    "COL-4": lambda facts: f"SEH closed: calamity{facts.after('until', 'until')}.",
    "COL-5": lambda facts: (
        f"SEH outside opening hours on arrival{facts.after('(closed at', 'closed_at')}"
        f"{')' if facts.has('closed_at') else ''}."
    ),
    "COL-6": lambda facts: f"{facts.row}: go to the next that can do this.",
    "RED-1": lambda facts: f"{facts.row}: go elsewhere.",
    "RED-2": lambda facts: f"{facts.row}: go elsewhere, although known here.",
    "RED-3": lambda facts: "Accepted after consultation.",
    "RED-4": lambda facts: f"{facts.row}: no referred patients.",
    "RED-5": lambda facts: (
        f"{facts.row}, "
        + ("known or not is uncertain: call." if facts.effect is Outcome.CONSULT else "but known and accepted.")
    ),
    "RX-1": lambda facts: f"{facts.row}, but unstable{' for the shockroom' if facts['shockroom'] else ''}.",
    "RX-2": lambda facts: (
        f"{facts.row}, "
        + ("already here: call." if facts.effect is Outcome.CONSULT else "but already in this hospital.")
    ),
    "RX-4": lambda facts: (
        f"{facts.code} {facts.status}, announced, within {facts.minutes_between('declared_at', 'grace_end')} min."
    ),
    "RX-6": lambda facts: (
        f"{facts.row}, " + ("self-referral: call." if facts.effect is Outcome.CONSULT else "but a self-referral.")
    ),
    "ORA-2": lambda facts: f"{facts.row}: go elsewhere.",
    "ORA-3": lambda facts: f"{facts.row}, known or not is uncertain: call.",
    "ORA-7": lambda facts: f"{facts.row}, but known for this complaint.",
    "LAP-1": lambda facts: f"Does not have: {facts.facilities}.",
    "LAP-3": lambda facts: f"{facts.code} {facts.status}, last open {facts.code} about to stop: ask MKA.",
    "LAP-4": lambda facts: f"{facts.code} {facts.status} lapsed by 3.1.",
    "NAT-1": lambda facts: f"{facts.row}, but life at risk.",
    "NAT-2": lambda facts: f"{facts.row}, but level 1 for the severely injured.",
    "NAT-8": lambda facts: f"Status of {facts.code} unknown: call.",
    "AMB-01": lambda facts: f"{facts.code} {facts.status}, first minutes uncertain: call.",
    "AMB-03": lambda facts: f"{facts.row}: call.",
    "AMB-04": lambda facts: (
        f"{facts.row}, level 1: {'call first' if facts.effect is Outcome.CONSULT else 'call ahead'}."
    ),
    "AMB-06": lambda facts: f"{facts.row}{' by roster: go elsewhere.' if facts['kind'] == 'roster' else ': call.'}",
    "AMB-07": lambda facts: f"{facts.row}: accepted from the referrer?",
    "AMB-08": lambda facts: f"{facts.row}, known for something else: call.",
    "AMB-10": lambda facts: f"{facts.row}: come by agreement.",
    "AMB-11": lambda facts: f"{facts.code} {facts.status}, whole subregion stopped: ask MKA.",
    "AMB-12": lambda facts: f"{facts.code} {facts.status}, lapse uncertain: ask MKA.",
    "AMB-13": lambda facts: f"{facts.code} {facts.status} lapsed, but a technical defect: call.",
    "AMB-14": lambda facts: f"{facts.code} {facts.status}, lapse uncertain: ask MKA.",
    "AMB-16": lambda facts: f"{facts.row}, {'out of date' if facts['over'] else 'before arrival'}: call.",
    "AMB-17": _hours_in_short,
    "AMB-27": lambda facts: f"{facts.row}, transfer: call.",
    "AMB-30": lambda facts: f"Planned stop {facts.code} from {facts.clock('start')}: call.",
    "AMB-31": lambda facts: {
        "no_level1": "Not a level-1 trauma centre.",
        "entrance": f"{facts.row}, but a separate cardiac unit.",
        "ccu": f"{facts.row}: call the CCU.",
        "shockroom": f"{facts.row}, but unstable for the shockroom.",
    }[str(facts["kind"])],
    "AMB-32": lambda facts: f"{facts.row}, ABCD unknown: call.",
    "AMB-34": lambda facts: (
        f"{facts.row}, national rules only: {'call' if facts.effect is Outcome.CONSULT else 'go elsewhere'}."
    ),
    "AMB-35": lambda facts: "Refused after consultation.",
    "AMB-36": lambda facts: f"{facts.code} {facts.status} lapsed by 3.1, confirm with MKA.",
    "PD-1": lambda facts: f"Unknown whether possible here: {facts.facilities}; call.",
    "PD-2": lambda facts: (
        f"{_boundary(facts)}you arrive {facts.clock('early')}–{facts.clock('late')}: "
        f"{facts.outcome('early_outcome')} or {facts.outcome('late_outcome')}."
    ),
}
