"""What is taken: the schemas of request bodies, each with an example."""

from advisor.journal.ride_events import ReviewVerdict
from advisor.kernel import Department, Status
from advisor.protocol.model import Answer, ConsultOutcome, Origin, Stability, StopReason, Suspicion
from advisor.roads.closure import POINTS_MOST, ClosureShape
from advisor.services.declare_stop import CHECKLIST_LIMIT
from advisor.services.free_text import NOTE_LIMIT
from advisor.services.pair_device import DEVICE_LIMIT
from advisor.web.api.devices import CODE_LONGEST as PAIRING_CODE_LONGEST
from advisor.web.api.devices import CREW_LONGEST
from advisor.web.openapi.feeds import FEED_BODIES, FEED_EXAMPLES
from advisor.web.openapi.words import (
    FLAG,
    IDENTITY,
    MOMENT,
    Schema,
    a_body,
    list_of,
    map_of,
    number_in,
    one_of,
    or_null,
    ref,
    text_up_to,
)
from advisor.web.patient import LETTERS
from advisor.web.wire import ACCURACY_MOST_M, CODE_LONGEST, PASSWORD_LONGEST, USERNAME_LONGEST

NOTE = text_up_to(NOTE_LIMIT)
PRESSED: Schema = MOMENT | {"description": "when the button was pressed; only where that is told later than it was"}

PATIENT: dict[str, Schema] = {
    "abcd": one_of(Stability),
    "letters": list_of({"type": "string", "enum": sorted(LETTERS)}, len(LETTERS)),
    "suspicion": one_of(Suspicion),
    "origin": one_of(Origin),
    "inside": or_null(IDENTITY),
    "relation": map_of(a_body({}, {"active": one_of(Answer), "related": one_of(Answer)})),
    "en_route": map_of(a_body({}, {"departed_at": or_null(MOMENT), "announced_at": or_null(MOMENT)})),
    "consult": map_of(or_null(one_of(ConsultOutcome))),
    "gp_accepted": map_of(FLAG),
    "shockroom": FLAG,
}

BODIES: dict[str, Schema] = {
    "Credentials": a_body(
        {"username": text_up_to(USERNAME_LONGEST), "password": text_up_to(PASSWORD_LONGEST)},
        {"code": text_up_to(CODE_LONGEST)},
    ),
    "PairingCode": a_body({"code": text_up_to(PAIRING_CODE_LONGEST)}),
    "NewDevice": a_body({"crew": text_up_to(CREW_LONGEST), "device": text_up_to(DEVICE_LIMIT)}),
    "Question": a_body(
        {"position": ref("Position")},
        {
            **PATIENT,
            "signals": FLAG,
            "accuracy_m": or_null(number_in(0, ACCURACY_MOST_M)),
            "heading_deg": or_null(number_in(0, 360)),
        },
    ),
    "NewStop": a_body(
        {
            "hospital": IDENTITY,
            "department": one_of(Department),
            "status": one_of(Status),
            "reason": one_of(StopReason),
            "until": MOMENT,
        },
        {"note": NOTE, "checklist": list_of(text_up_to(200), CHECKLIST_LIMIT), "peers_called": FLAG},
    ),
    "Extension": a_body({"until": MOMENT}),
    "Correction": a_body(
        {"why": NOTE},
        {
            "status": one_of(Status),
            "reason": one_of(StopReason),
            "declared_at": MOMENT,
            "until": MOMENT,
            "ended_at": MOMENT,
            "void": FLAG,
        },
    ),
    "NewPlan": a_body(
        {
            "hospital": IDENTITY,
            "department": one_of(Department),
            "reason": one_of(StopReason),
            "from": MOMENT,
            "until": MOMENT,
        },
        {"note": NOTE},
    ),
    "NewLapse": a_body({"mka": text_up_to(80), "department": one_of(Department)}),
    "NewRide": a_body({"advice": IDENTITY}, {"at": PRESSED}),
    "Choice": a_body({"hospital": IDENTITY}, {"reason": NOTE, "advice": IDENTITY, "at": PRESSED}),
    "Press": a_body({}, {"at": PRESSED}),
    "Cancellation": a_body({}, {"reason": NOTE, "at": PRESSED}),
    "Refusal": a_body({"reason": NOTE}, {"at": PRESSED}),
    "Consultation": a_body({"hospital": IDENTITY, "outcome": one_of(ConsultOutcome)}, {"at": PRESSED}),
    "NewProposal": a_body({"hospital": IDENTITY}),
    "NewReview": a_body({"ride": IDENTITY, "verdict": one_of(ReviewVerdict)}, {"note": NOTE}),
    "NewAcknowledgement": a_body({"alarm": text_up_to(200)}),
    "NewClosure": a_body(
        {"shape": one_of(ClosureShape), "points": list_of(ref("Position"), POINTS_MOST)},
        {"from": MOMENT, "until": MOMENT, "factor": number_in(0, 1), "both_ways": FLAG, "note": NOTE},
    ),
    **FEED_BODIES,
}

_HERE = {"lat": 52.36, "lon": 4.91}
_SEH = {"hospital": "olvg-oost", "department": "SEH"}

EXAMPLES: dict[str, object] = {
    "Credentials": {"username": "nurse", "password": "uitwijk-demo"},
    "PairingCode": {"code": "K7QM-X4TD"},
    "NewDevice": {"crew": "amb-12-101", "device": "iPad voorin"},
    "Question": {
        "position": _HERE,
        "abcd": "unstable",
        "letters": ["B", "C"],
        "suspicion": "stroke",
        "relation": {"olvg-oost": {"active": "yes", "related": "doubt"}},
        "signals": True,
    },
    "NewStop": _SEH
    | {"status": "red", "reason": StopReason.PATIENT_PEAK.value, "until": "2026-03-10T16:00:00+01:00", "note": ""},
    "Extension": {"until": "2026-03-10T17:00:00+01:00"},
    "Correction": {"why": "verkeerd ziekenhuis gekozen", "void": True},
    "NewPlan": _SEH
    | {
        "reason": StopReason.TECHNICAL.value,
        "from": "2026-03-12T08:00:00+01:00",
        "until": "2026-03-12T20:00:00+01:00",
    },
    "NewLapse": {"mka": "MKA Amsterdam", "department": "SEH"},
    "NewRide": {"advice": "5f0c4e0c8f3a4f0f9d8e5f5b1c2d3e4f"},
    "Choice": {"hospital": "olvg-west", "reason": "voorkeur van de patiënt"},
    "Press": {},
    "Cancellation": {"reason": "geen vervoer nodig"},
    "Refusal": {"reason": "geen bed"},
    "Consultation": {"hospital": "olvg-oost", "outcome": "accepted"},
    "NewProposal": {"hospital": "olvg-west"},
    "NewReview": {"ride": "0d5c1b7e9a2f4c8b", "verdict": "discuss", "note": "waarom niet de eerste?"},
    "NewAcknowledgement": {"alarm": "stop_ending/5f0c4e0c8f3a4f0f/2026-03-10T14:05:00.000000Z"},
    "NewClosure": {"shape": "point", "points": [_HERE], "until": "2026-03-10T16:00:00Z", "note": "brug open"},
    "Position": _HERE,
    **FEED_EXAMPLES,
}
