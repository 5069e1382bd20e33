"""What is sent: the schemas of answers."""

from advisor.journal.ride_events import ReviewVerdict
from advisor.journal.rides import Step
from advisor.kernel import Capability, Department, Known, Status
from advisor.protocol.escalation import Area
from advisor.protocol.model import ConsultOutcome, Outcome, StopReason
from advisor.roads.closure import ClosureShape
from advisor.services.access import Role
from advisor.web.openapi.control import CONTROL
from advisor.web.openapi.feeds import FEED_ANSWERS
from advisor.web.openapi.reports import REPORTS
from advisor.web.openapi.security import SECURITY
from advisor.web.openapi.words import (
    COUNT,
    FLAG,
    IDENTITY,
    MOMENT,
    NUMBER,
    TEXT,
    WHOLE,
    Schema,
    a_body,
    an_answer,
    list_of,
    map_of,
    number_in,
    one_of,
    or_null,
    ref,
)

_POINT = {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2}
_TEXTS = {"text": TEXT, "text_en": TEXT}
_STATE = {
    "status": one_of(Status),
    "age_s": or_null(COUNT),
    "since": or_null(MOMENT),
    "until": or_null(MOMENT),
    "reason": or_null(TEXT),
    "source": TEXT,
}
_EDITION = {"edition": TEXT, "edition_label": TEXT, "edition_label_en": TEXT}
_KNOWN_UP_TO = {"seq": COUNT, "epoch": TEXT}

_DUTY = an_answer(code=TEXT, **_TEXTS)
_PHONE = an_answer(hospital=IDENTITY, name=TEXT, phone=or_null(TEXT))
_STOP: dict[str, Schema] = {
    "id": IDENTITY,
    "hospital": IDENTITY,
    "department": one_of(Department),
    "status": one_of(Status),
    "reason": one_of(StopReason),
    "note": TEXT,
    "since": MOMENT,
    "until": MOMENT,
    "ended_at": or_null(MOMENT),
    "by": TEXT,
    "norm_min": or_null(WHOLE),
    "planned": FLAG,
    "corrected_at": or_null(MOMENT),
    "void": FLAG,
    "extensions": COUNT,
    "checklist": list_of(TEXT),
    "peers_called": FLAG,
}

_PROBLEM: Schema = {
    "type": "object",
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "title_en": TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": TEXT,
        "detail_en": TEXT,
        "errors": list_of(an_answer(field=TEXT, message=TEXT, message_en=TEXT)),
        "code": TEXT,
        "hint": TEXT,
        "hint_en": TEXT,
    },
    "required": ["type", "title", "title_en", "status", "detail"],
}

_RIDE_OF_HOSPITAL = an_answer(
    id=IDENTITY,
    step=one_of(Step),
    hospital=or_null(IDENTITY),
    by=TEXT,
    opened_at=MOMENT,
    **{
        name: or_null(MOMENT)
        for name in ("chosen_at", "announced_at", "departed_at", "expected_at", "arrived_at", "closed_at")
    },
)
_RIDE_OF_CREW: Schema = {
    "description": "What only the crew and the dispatch centres see of a ride.",
    "properties": {
        "advice": IDENTITY,
        "rank": or_null(WHOLE),
        "class": or_null(one_of(Outcome)),
        "reason": TEXT,
        "class_at_departure": or_null(one_of(Outcome)),
        "statuses_at_departure": map_of(one_of(Status)),
        "refused": list_of(an_answer(hospital=IDENTITY, reason=TEXT)),
        "consults": map_of(one_of(ConsultOutcome)),
        "proposals": list_of(an_answer(id=IDENTITY, hospital=IDENTITY, at=MOMENT, by=TEXT, accepted=or_null(FLAG))),
        "reviews": list_of(an_answer(verdict=one_of(ReviewVerdict), note=TEXT, at=MOMENT, by=TEXT)),
        "late": list_of(an_answer(press=TEXT, happened_at=MOMENT, heard_at=MOMENT)),
    },
}

ANSWERS: dict[str, Schema] = {
    **FEED_ANSWERS,
    "Problem": _PROBLEM,
    "Position": a_body({"lat": number_in(-90, 90), "lon": number_in(-180, 180)}),
    "Session": an_answer(
        token=TEXT, name=TEXT, role=one_of(Role), hospital=or_null(IDENTITY), expires=MOMENT, csrf=TEXT
    ),
    "Me": an_answer(
        name=TEXT,
        role=one_of(Role),
        hospital=or_null(IDENTITY),
        region=or_null(TEXT),
        demo=FLAG,
        version=TEXT,
        csrf=TEXT,
    ),
    "Menu": an_answer(
        edition=TEXT,
        label=TEXT,
        label_en=TEXT,
        warning_before_end_min=NUMBER,
        departments=map_of(
            an_answer(
                statuses=list_of(one_of(Status)),
                norm_min=map_of(WHOLE),
                reasons=list_of(one_of(StopReason)),
                reasons_en=list_of(TEXT),
                checklist=list_of(an_answer(code=IDENTITY, area=one_of(Area), rule=TEXT, **_TEXTS)),
            )
        ),
        planned_notice_h=NUMBER,
        plan_duties=list_of(_DUTY),
        lapse_duties=list_of(_DUTY),
        extend_duty=_DUTY,
        referral=map_of(list_of(an_answer(rule=TEXT, section=TEXT, **_TEXTS))),
    ),
    "Hospital": an_answer(
        id=IDENTITY,
        name=TEXT,
        city=TEXT,
        position=ref("Position"),
        mka=TEXT,
        subregion=TEXT,
        roaz=TEXT,
        departments={**map_of(one_of(Known)), "propertyNames": one_of(Department)},
        capabilities={**map_of(one_of(Known)), "propertyNames": one_of(Capability)},
        opening=or_null(an_answer(opens=TEXT, closes=TEXT, source=TEXT)),
        phones=map_of(TEXT),
    ),
    "Notice": an_answer(code=TEXT, level={"enum": ["info", "warning", "alarm"]}, section=TEXT, **_TEXTS),
    "Freshness": an_answer(age_s=or_null(COUNT), stale=FLAG, source=TEXT),
    "BoardDepartment": an_answer(
        **_STATE,
        effective=one_of(Status),
        note=TEXT,
        stop_id=or_null(IDENTITY),
        reported_at=or_null(MOMENT),
        manual=FLAG,
        planned=FLAG,
    ),
    "Board": an_answer(
        **_KNOWN_UP_TO,
        as_of=MOMENT,
        **_EDITION,
        hospitals=list_of(an_answer(id=IDENTITY, departments=map_of(ref("BoardDepartment")), inbound=COUNT)),
        regions=list_of(an_answer(mka=TEXT, department=one_of(Department), kind=TEXT, one_away=FLAG)),
        feeds=list_of(an_answer(source=TEXT, heard_at=MOMENT, age_s=COUNT)),
        freshness=ref("Freshness"),
        notices=list_of(ref("Notice")),
    ),
    "Stop": an_answer(**_STOP),
    "PastStop": an_answer(
        **_STOP,
        acts=list_of(
            an_answer(
                act={"enum": ["declared", "extended", "ended", "corrected"]},
                at=MOMENT,
                by=TEXT,
                until=or_null(MOMENT),
                why=TEXT,
            )
        ),
    ),
    "Preparation": an_answer(
        hospital=IDENTITY,
        department=one_of(Department),
        mka=TEXT,
        complete=FLAG,
        left=COUNT,
        **_TEXTS,
        region=list_of(an_answer(hospital=IDENTITY, name=TEXT, status=one_of(Status))),
        duties=list_of(_DUTY),
        peers=list_of(_PHONE),
        last=FLAG,
        colleagues=list_of(_PHONE),
    ),
    "Plan": {
        "type": "object",
        "properties": {
            "id": IDENTITY,
            "hospital": IDENTITY,
            "department": one_of(Department),
            "reason": one_of(StopReason),
            "from": MOMENT,
            "until": MOMENT,
            "note": TEXT,
            "announced_at": MOMENT,
            "by": TEXT,
            "stop": or_null(IDENTITY),
            "late": FLAG,
        },
        "required": ["id", "hospital", "department", "reason", "from", "until", "announced_at", "by", "late"],
    },
    "Lapse": an_answer(mka=TEXT, department=one_of(Department), confirmed_at=MOMENT),
    "Option": {
        "type": "object",
        "properties": {
            "rank": {"type": "integer", "minimum": 1},
            "hospital": IDENTITY,
            "name": TEXT,
            "class": one_of(Outcome),
            "headline": TEXT,
            "headline_en": TEXT,
            "eta_s": COUNT,
            "eta_low_s": COUNT,
            "eta_high_s": COUNT,
            "eta_source": {"enum": ["network", "geodesic"]},
            "arrival": MOMENT,
            "distance_m": or_null(COUNT),
            "detour_s": or_null(COUNT),
            "departments": map_of(an_answer(**_STATE, at_arrival=one_of(Status))),
            "rules": list_of(an_answer(id=TEXT, section=TEXT, **_TEXTS)),
            "call": or_null(an_answer(who=TEXT, who_en=TEXT, phone=or_null(TEXT))),
            "inbound": COUNT,
            "duties": list_of(an_answer(code=TEXT, **_TEXTS)),
            "judgement": list_of(an_answer(code=TEXT, **_TEXTS)),
            "edition": TEXT,
        },
        "required": [
            "rank",
            "hospital",
            "name",
            "class",
            "eta_s",
            "eta_low_s",
            "eta_high_s",
            "arrival",
            "distance_m",
            "detour_s",
            "departments",
            "rules",
            "call",
            "inbound",
        ],
    },
    "Advice": an_answer(
        id=IDENTITY,
        as_of=MOMENT,
        **_KNOWN_UP_TO,
        **_EDITION,
        network=an_answer(id=TEXT, schematic=FLAG, label=TEXT),
        position=or_null(ref("Position")),
        snap_m=NUMBER,
        freshness=ref("Freshness"),
        options=list_of(ref("Option")),
        unreachable=list_of(IDENTITY),
        notices=list_of(ref("Notice")),
    ),
    "Ride": {"allOf": [_RIDE_OF_HOSPITAL, _RIDE_OF_CREW]},
    "Proposal": an_answer(id=IDENTITY, ride=IDENTITY, hospital=IDENTITY, at=MOMENT, by=TEXT, accepted=or_null(FLAG)),
    "Review": an_answer(ride=IDENTITY, verdict=one_of(ReviewVerdict), note=TEXT, at=MOMENT, by=TEXT),
    **CONTROL,
    **REPORTS,
    **SECURITY,
    "Place": an_answer(
        name=TEXT, kind={"enum": ["hospital", "town", "address", "coordinates"]}, position=ref("Position")
    ),
    "Map": an_answer(
        id=TEXT,
        schematic=FLAG,
        label=TEXT,
        attribution=TEXT,
        bounds={"type": "array", "items": NUMBER, "minItems": 4, "maxItems": 4},
        min_zoom=COUNT,
        max_zoom=COUNT,
    ),
    "Package": an_answer(parts={"type": "object", "additionalProperties": an_answer(id=IDENTITY, bytes=NUMBER)}),
    "Tile": an_answer(lines=list_of({"type": "array", "minItems": 2, "maxItems": 2})),
    "Route": an_answer(
        type={"const": "Feature"},
        geometry=an_answer(type={"const": "LineString"}, coordinates=list_of(_POINT)),
        properties=an_answer(hospital=IDENTITY, seconds=NUMBER, metres=NUMBER),
    ),
    "Reach": an_answer(
        type={"const": "Feature"},
        geometry=an_answer(type={"enum": ["Polygon", "MultiPolygon"]}, coordinates={"type": "array"}),
        properties=an_answer(hospitals=list_of(IDENTITY), minutes=NUMBER, signals=FLAG),
    ),
    "Closure": {
        "type": "object",
        "properties": {
            "id": IDENTITY,
            "shape": one_of(ClosureShape),
            "points": list_of(ref("Position")),
            "from": MOMENT,
            "until": or_null(MOMENT),
            "factor": number_in(0, 1),
            "both_ways": FLAG,
            "note": TEXT,
            "by": TEXT,
            "reported_at": MOMENT,
            "running": FLAG,
            "geometry": {
                "description": "The roads that it touches, from junction to junction.",
                **an_answer(type={"const": "MultiLineString"}, coordinates=list_of(list_of(_POINT))),
            },
        },
        "required": ["id", "shape", "points", "from", "until", "factor", "running", "geometry"],
    },
    "Closures": an_answer(closures=list_of(ref("Closure"))),
    "Health": an_answer(status={"enum": ["pass", "fail"]}),
    "Readiness": an_answer(status={"enum": ["pass", "fail"]}, missing=list_of(TEXT), seq=or_null(COUNT)),
}
