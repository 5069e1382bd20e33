"""Statuses and closed roads from other systems, and the board for them."""

from datetime import datetime, timedelta

from flask import Blueprint, Response, request

from advisor.journal.events import Recorded, ReportedState, StatusReported
from advisor.kernel import Department, Status
from advisor.protocol.model import StopReason
from advisor.services.api_keys import Scope
from advisor.services.free_text import NOTE_LIMIT
from advisor.services.hear_feed import FeedReport, Hearing, hear_feed, report_statuses
from advisor.services.hear_roads import hear_roads
from advisor.services.publish_statuses import publish_statuses
from advisor.services.use_key import require_own_hospitals
from advisor.web.answer import answer
from advisor.web.context import now, parts
from advisor.web.fields import Fields
from advisor.web.formats import STATUSES_MOST, XML
from advisor.web.keys import require_key, require_reader
from advisor.web.wire import parse_json

routes = Blueprint("feeds", __name__)

JSON_MOST_BYTES = 1024 * 1024
XML_MOST_BYTES = 16 * 1024 * 1024
CLOCK_TOLERANCE = timedelta(minutes=2)


@routes.post("/feeds/stops")
def push_statuses() -> Response:
    """Take in statuses as JSON."""
    key, world, moment = require_key(Scope.STOPS), parts().world, now()
    fields = Fields(parse_json(_body(JSON_MOST_BYTES)), world.registry.hospitals)
    reports = tuple(_report(each, moment) for each in fields.children("statuses", most=STATUSES_MOST))
    is_whole = fields.flag("whole", default=False)
    as_of = _said_at(fields, "as_of", moment) if is_whole else None
    fields.finish()
    require_own_hospitals(key, (report.hospital for report in reports))
    if is_whole:
        hearing = Hearing(as_of=as_of)
        facts = hear_feed(key.source, reports, actor=key.actor, now=moment, world=world, hearing=hearing)
    else:
        facts = report_statuses(key.source, reports, actor=key.actor, now=moment, world=world)
    return _taken(facts, sum(len(report.departments) for report in reports))


@routes.post("/feeds/have")
def push_have() -> Response:
    """Take in statuses as EDXL-HAVE 1.0."""
    key, world, moment = require_key(Scope.HAVE), parts().world, now()
    reports = parts().formats.read_have(_body(XML_MOST_BYTES), moment)
    require_own_hospitals(key, (report.hospital for report in reports))
    facts = report_statuses(key.source, reports, actor=key.actor, now=moment, world=world)
    return _taken(facts, sum(len(report.departments) for report in reports))


@routes.get("/feeds/have")
def give_have() -> Response:
    """Give the board as EDXL-HAVE 1.0."""
    require_reader()
    moment = now()
    document = parts().formats.render_have(publish_statuses(now=moment, world=parts().world), moment)
    return Response(document, mimetype=XML)


@routes.post("/feeds/ndw")
def push_roads() -> Response:
    """Take in closed roads as DATEX II."""
    key = require_key(Scope.NDW)
    news = parts().formats.read_datex(_body(XML_MOST_BYTES))
    taken = hear_roads(key.source, news, actor=key.actor, now=now(), world=parts().world)
    return answer({"closed": taken.closed, "reopened": taken.reopened, "elsewhere": taken.elsewhere})


def _report(fields: Fields, moment: datetime) -> FeedReport:
    hospital = fields.hospital("hospital")
    said_at = _said_at(fields, "said_at", moment)
    of_departments = fields.child("departments")
    departments: dict[Department, ReportedState] = {}
    for name in of_departments.names():
        if name in set(Department):
            departments[Department(name)] = _state(of_departments.child(name))
        else:
            of_departments.complain(name[:60], f"must be one of {', '.join(Department)}")
    fields.finish_child()
    return FeedReport(hospital=hospital, said_at=said_at, departments=departments)


def _state(fields: Fields) -> ReportedState:
    state = ReportedState(
        status=fields.choice("status", Status),
        since=fields.find_moment("since"),
        until=fields.find_moment("until"),
        reason=fields.find_choice("reason", StopReason),
        note=fields.text("note", default="", longest=NOTE_LIMIT),
    )
    fields.finish_child()
    return state


def _said_at(fields: Fields, name: str, moment: datetime) -> datetime:
    said_at = fields.moment(name)
    if said_at > moment + CLOCK_TOLERANCE:
        fields.complain(name, "lies ahead of our clock")
    return said_at


def _taken(facts: tuple[Recorded, ...], told: int) -> Response:
    changed = sum(len(each.event.departments) for each in facts if isinstance(each.event, StatusReported))
    return answer({"changed": changed, "unchanged": max(0, told - changed), "seq": parts().world.journal.head()})


def _body(most: int) -> bytes:
    """Read the body, also a compressed one; neither form may be larger than allowed."""
    request.max_content_length = most
    return parts().formats.unpack(request.get_data(cache=False), most)
