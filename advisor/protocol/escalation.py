"""The measures that come before a stop (annex 1), as a checklist that is recorded; no threshold is attached to any."""

from dataclasses import dataclass
from enum import StrEnum

from advisor.kernel import Department


class Area(StrEnum):
    """Which problem a measure is for."""

    SHOCKROOM = "shockroom"
    INFLOW = "inflow"
    THROUGHPUT = "throughput"
    OUTFLOW = "outflow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure of the checklist; `rule` is its id in the rule catalogue."""

    code: str
    rule: str
    area: Area
    nl: str
    en: str


_TABLE: tuple[tuple[str, str, Area, str, str], ...] = (
    (
        "sr-occupied",
        "ESC-SR-1",
        Area.SHOCKROOM,
        "Bezet, in onderhoud of defect: overleg met de IC of de patiënt eerder daarheen kan.",
        "Occupied, under maintenance or defective: ask the IC whether the patient can move there earlier.",
    ),
    (
        "sr-staff",
        "ESC-SR-2",
        Area.SHOCKROOM,
        "Te weinig personeel: haal het van de SEH, de shockroom gaat voor.",
        "Too few staff: take them from the SEH, the shockroom goes first.",
    ),
    (
        "sr-staff-ic",
        "ESC-SR-2",
        Area.SHOCKROOM,
        "Te weinig personeel: overleg met de IC of de patiënt eerder daarheen kan.",
        "Too few staff: ask the IC whether the patient can move there earlier.",
    ),
    (
        "in-chain",
        "ESC-IN-1",
        Area.INFLOW,
        "Meld de dreigende stop aan meldkamer, ambulancedienst en huisartsen; presenteren gaat in overleg.",
        "Report the threatened stop to dispatch, ambulance service and GPs; presentation is by agreement.",
    ),
    (
        "in-specialists",
        "ESC-IN-2",
        Area.INFLOW,
        "Meld de dreigende stop aan de dienstdoende specialisten.",
        "Report the threatened stop to the specialists on duty.",
    ),
    (
        "in-defer",
        "ESC-IN-3",
        Area.INFLOW,
        "Bespreek met verwijzers welke aangemelde, goed in te schatten patiënten enkele uren later kunnen komen.",
        "Discuss with referrers which announced patients, whose situation is clear, can come some hours later.",
    ),
    (
        "in-gps",
        "ESC-IN-4",
        Area.INFLOW,
        "Vraag huisartsen of patiënten enkele uren later of op een andere plek terecht kunnen.",
        "Ask GPs whether patients can come some hours later or go to another place.",
    ),
    (
        "in-internal",
        "ESC-IN-5",
        Area.INFLOW,
        "Vraag verwijzers binnen het huis zelf het aanvullend onderzoek te starten.",
        "Ask referrers inside the hospital to start the further examination themselves.",
    ),
    (
        "in-walk-in",
        "ESC-IN-6",
        Area.INFLOW,
        "Spreek met de huisartsenpost af dat die aanlopers eerst beoordeelt.",
        "Agree with the GP post that it assesses walk-in patients first.",
    ),
    (
        "do-radiology",
        "ESC-DO-1",
        Area.THROUGHPUT,
        "Vraag een radioloog direct beschikbaar voor de SEH.",
        "Ask for one radiologist to be directly available to the SEH.",
    ),
    (
        "do-residents",
        "ESC-DO-2",
        Area.THROUGHPUT,
        "Extra arts-assistenten binnen tien minuten voor wie nog niet is gezien.",
        "Extra residents within ten minutes for those not seen yet.",
    ),
    (
        "do-supervisor",
        "ESC-DO-3",
        Area.THROUGHPUT,
        "Drie wachtenden voor één specialisme: de specialist komt zelf, binnen een kwartier of buiten kantoortijd"
        " een half uur.",
        "Three waiting for one specialism: the specialist comes in person, within a quarter of an hour or, out of"
        " office hours, half an hour.",
    ),
    (
        "do-nurses",
        "ESC-DO-4",
        Area.THROUGHPUT,
        "Vraag verpleegkundigen van andere afdelingen te helpen.",
        "Ask nurses of other departments to help.",
    ),
    (
        "do-own-nurses",
        "ESC-DO-5",
        Area.THROUGHPUT,
        "Haal eigen verpleegkundigen van kantoortaken; leidinggevenden werken mee.",
        "Take own nurses off office work; team leaders join in.",
    ),
    (
        "do-own-doctors",
        "ESC-DO-6",
        Area.THROUGHPUT,
        "Haal artsen van de afdeling van hun specialisme of van kantoortaken.",
        "Take doctors from the ward of their specialism or off office work.",
    ),
    (
        "do-seats",
        "ESC-DO-7",
        Area.THROUGHPUT,
        "Niet-acute patiënten van bed naar stoel of wachtruimte.",
        "Non-acute patients from bed to chair or waiting room.",
    ),
    (
        "do-later",
        "ESC-DO-8",
        Area.THROUGHPUT,
        "Onderzoek dat kan wachten later of elders.",
        "Examinations that can wait later or elsewhere.",
    ),
    (
        "do-consults",
        "ESC-DO-9",
        Area.THROUGHPUT,
        "Wie wordt opgenomen krijgt de consulten op de afdeling.",
        "Those admitted have their consultations on the ward.",
    ),
    (
        "uit-early",
        "ESC-UIT-1",
        Area.OUTFLOW,
        "Plaats patiënten in overleg eerder over naar de afdeling of IC.",
        "Move patients to ward or IC earlier, by agreement.",
    ),
    (
        "uit-admission",
        "ESC-UIT-2",
        Area.OUTFLOW,
        "Stuur wie een werkdiagnose heeft sneller door naar de opnameafdeling.",
        "Send those with a working diagnosis to the admission ward sooner.",
    ),
    (
        "uit-transfers",
        "ESC-UIT-3",
        Area.OUTFLOW,
        "Overplaatsingen van elders gaan meteen naar de afdeling, ook zonder vrij bed.",
        "Transfers from elsewhere go straight to the ward, even without a free bed.",
    ),
    (
        "uit-consults",
        "ESC-UIT-4",
        Area.OUTFLOW,
        "Consulten bij opname op de afdeling laten doen.",
        "Have consultations on admission done on the ward.",
    ),
    (
        "uit-transport",
        "ESC-UIT-5",
        Area.OUTFLOW,
        "Wie op vervoer naar huis wacht, wacht elders.",
        "Those who wait for transport home wait elsewhere.",
    ),
    (
        "uit-mandate",
        "ESC-UIT-6",
        Area.OUTFLOW,
        "De SEH-arts gebruikt het vastgelegde opnamemandaat.",
        "The SEH physician uses the admission mandate on record.",
    ),
    (
        "uit-discharge",
        "ESC-UIT-7",
        Area.OUTFLOW,
        "Vraag de opnamecoördinatie om eerder ontslag of bedden die voor morgen zijn gereserveerd.",
        "Ask admission coordination for earlier discharge or beds reserved for tomorrow.",
    ),
    (
        "uit-beds",
        "ESC-UIT-7",
        Area.OUTFLOW,
        "Vraag de opnamecoördinatie om extra bedden op kliniek of IC.",
        "Ask admission coordination for extra beds on ward or IC.",
    ),
    (
        "uit-elsewhere",
        "ESC-UIT-8",
        Area.OUTFLOW,
        "Plaats een patiënt over naar een ander ziekenhuis.",
        "Transfer a patient to another hospital.",
    ),
)

MEASURES: tuple[Measure, ...] = tuple(
    Measure(code=code, rule=rule, area=area, nl=nl, en=en) for code, rule, area, nl, en in _TABLE
)


def measures_for(department: Department) -> tuple[Measure, ...]:
    """Return the checklist of a department in its order; only the SEH and the shockroom have one."""
    if department is Department.SR:
        return tuple(measure for measure in MEASURES if measure.area is Area.SHOCKROOM)
    if department is Department.SEH:
        return tuple(measure for measure in MEASURES if measure.area is not Area.SHOCKROOM)
    return ()
