"""From the body of a request to what a service takes; every problem of a body is told at once."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import orjson
from flask import request

from advisor.kernel import Department, HospitalId, InvalidInput, Position, Problem, Status
from advisor.protocol.model import StopReason
from advisor.services.advice_case import AdviceCase
from advisor.services.declare_stop import CHECKLIST_LIMIT, DeclareStop
from advisor.services.free_text import NOTE_LIMIT
from advisor.services.plan_stop import PlanStop
from advisor.web.fields import Fields
from advisor.web.patient import read_patient
from advisor.web.problems import Malformed

USERNAME_LONGEST = 80
PASSWORD_LONGEST = 200
CODE_LONGEST = 20
ACCURACY_MOST_M = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What somebody logs in with; `code` is that of a second factor."""

    username: str
    password: str
    code: str = ""


def parse_json(text: bytes) -> object:
    """Read JSON.

    Raises
    ------
    Malformed
        When it is none; nothing at all counts as none too.
    """
    try:
        value: object = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Malformed(f"the body is not JSON: {error}") from None
    except RecursionError:
        raise Malformed("the body is nested too deeply") from None
    return value


def body(hospitals: Collection[str] = ()) -> Fields:
    """Read the body of this request as one JSON object."""
    return Fields(parse_json(request.get_data(cache=False)), hospitals)


def parse_credentials(fields: Fields) -> Credentials:
    """Read a name and a password, and a code where one was asked."""
    credentials = Credentials(
        username=fields.text("username", longest=USERNAME_LONGEST),
        password=fields.text("password", longest=PASSWORD_LONGEST),
        code=fields.text("code", default="", longest=CODE_LONGEST),
    )
    fields.finish()
    return credentials


def parse_stop(fields: Fields) -> DeclareStop:
    """Read a stop as it is declared."""
    command = DeclareStop(
        hospital=fields.hospital("hospital"),
        department=fields.choice("department", Department),
        status=fields.choice("status", Status),
        reason=fields.choice("reason", StopReason),
        until=fields.moment("until"),
        note=fields.text("note", default="", longest=NOTE_LIMIT),
        checklist=fields.texts("checklist", most=CHECKLIST_LIMIT),
        peers_called=fields.flag("peers_called", default=False),
    )
    fields.finish()
    return command


def parse_plan(fields: Fields) -> PlanStop:
    """Read a long stop as it is announced."""
    command = PlanStop(
        hospital=fields.hospital("hospital"),
        department=fields.choice("department", Department),
        reason=fields.choice("reason", StopReason),
        start=fields.moment("from"),
        until=fields.moment("until"),
        note=fields.text("note", default="", longest=NOTE_LIMIT),
    )
    fields.finish()
    return command


def parse_advice(fields: Fields) -> AdviceCase:
    """Read the question for an advice: a position, and whatever is known of the patient."""
    case = AdviceCase(
        position=fields.position("position"),
        patient=read_patient(fields),
        signals=fields.flag("signals", default=True),
        accuracy_m=fields.number("accuracy_m", 0, ACCURACY_MOST_M),
        heading_deg=fields.number("heading_deg", 0, 360),
    )
    fields.finish()
    return case


def parse_move(fields: Fields, case: AdviceCase) -> AdviceCase:
    """Read where the ambulance of a watched advice is now."""
    moved = replace(
        case,
        position=fields.position("position"),
        accuracy_m=fields.number("accuracy_m", 0, ACCURACY_MOST_M),
        heading_deg=fields.number("heading_deg", 0, 360),
    )
    fields.finish()
    return moved


def parse_lapse(fields: Fields) -> tuple[str, Department]:
    """Read of which meldkamer region which category has lapsed."""
    found = fields.text("mka", longest=80), fields.choice("department", Department)
    fields.finish()
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRoute:
    """From where, in which course (degrees clockwise from north, None = unknown), to which hospital, and how."""

    start: Position
    heading_deg: float | None
    hospital: HospitalId
    signals: bool


def parse_route(arguments: dict[str, str], hospitals: Collection[str]) -> AskedRoute:
    """Read `from=lat,lon`, `heading_deg`, `hospital=ID` and `signals=true|false` of a query."""
    lat, _, lon = arguments.get("from", "").partition(",")
    given: dict[str, object] = {name: value for name, value in arguments.items() if name != "from"}
    if "from" in arguments:
        given["from"] = {"lat": _to_number(lat), "lon": _to_number(lon)}
    if arguments.get("signals") in {"true", "false"}:
        given["signals"] = arguments["signals"] == "true"
    if "heading_deg" in arguments:
        given["heading_deg"] = _to_number(arguments["heading_deg"])
    fields = Fields(given, hospitals)
    asked = AskedRoute(
        start=fields.position("from"),
        heading_deg=fields.number("heading_deg", 0, 360),
        hospital=fields.hospital("hospital"),
        signals=fields.flag("signals", default=True),
    )
    fields.finish()
    return asked


def parse_empty() -> None:
    """Check that a request which needs no body has none, or an empty object."""
    text = request.get_data(cache=False)
    if text.strip():
        Fields(parse_json(text)).finish()


def refuse(field: str, message: str) -> InvalidInput:
    """Make the error for one problem that was found outside a body."""
    return InvalidInput([Problem(field=field, message=message)])


def _to_number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
