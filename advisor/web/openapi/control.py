"""What is sent to dispatch centres: the schemas of open rides as they are overseen, alarms and options."""

from advisor.kernel import Department, Status
from advisor.protocol.model import Outcome
from advisor.services.review_queue import ReviewKind, ReviewState
from advisor.web.openapi.words import (
    COUNT,
    FLAG,
    IDENTITY,
    MOMENT,
    TEXT,
    WHOLE,
    Schema,
    an_answer,
    list_of,
    one_of,
    or_null,
    ref,
)

_TAKEN = {"by": TEXT, "at": MOMENT}

CONTROL: dict[str, Schema] = {
    "RideOption": an_answer(
        rank={"type": "integer", "minimum": 1},
        hospital=IDENTITY,
        name=TEXT,
        **{"class": one_of(Outcome)},
        headline=TEXT,
        headline_en=TEXT,
        eta_s=COUNT,
        arrival=MOMENT,
        inbound=COUNT,
    ),
    "OverseenRide": {
        "allOf": [
            ref("Ride"),
            an_answer(
                patient=or_null(an_answer(abcd=TEXT, letters=list_of(TEXT), suspicion=TEXT, origin=TEXT, signals=FLAG)),
                advised=or_null(an_answer(hospital=IDENTITY, eta_s=COUNT, **{"class": one_of(Outcome)})),
                class_now=or_null(one_of(Outcome)),
                headline_now=or_null(TEXT),
                headline_now_en=or_null(TEXT),
                expected_now=or_null(MOMENT),
                moved_s=or_null(WHOLE),
                changed=list_of(an_answer(department=one_of(Department), was=one_of(Status), **{"is": one_of(Status)})),
                needs_another=FLAG,
                best=or_null(ref("RideOption")),
                position=or_null(ref("Position")),
            ),
        ]
    },
    "Alarm": an_answer(
        id=IDENTITY,
        code=TEXT,
        level={"enum": ["info", "warning", "alarm"]},
        section=TEXT,
        text=TEXT,
        text_en=TEXT,
        since=or_null(MOMENT),
        hospital=or_null(IDENTITY),
        department=or_null(one_of(Department)),
        mka=TEXT,
        ride=or_null(IDENTITY),
        lapse=or_null(
            an_answer(
                mka=TEXT,
                department=one_of(Department),
                confirmed=FLAG,
                phone=list_of(an_answer(hospital=IDENTITY, phone=or_null(TEXT))),
                standing=list_of(IDENTITY),
            )
        ),
        acknowledged=or_null(an_answer(**_TAKEN)),
    ),
    "ControlRoom": an_answer(
        seq=COUNT, epoch=TEXT, as_of=MOMENT, rides=list_of(ref("OverseenRide")), alarms=list_of(ref("Alarm"))
    ),
    "ReviewQueue": an_answer(
        **{"from": MOMENT},
        until=or_null(MOMENT),
        items=list_of(
            {
                "allOf": [
                    ref("Ride"),
                    an_answer(kinds=list_of(one_of(ReviewKind)), state=one_of(ReviewState), first=or_null(IDENTITY)),
                ]
            }
        ),
        more=FLAG,
    ),
    "Past": an_answer(
        at=MOMENT,
        board=ref("Board"),
        rides=list_of(ref("OverseenRide")),
        advices=list_of(an_answer(id=IDENTITY, at=MOMENT, by=TEXT, first=or_null(IDENTITY))),
    ),
    "Acknowledgement": an_answer(alarm=IDENTITY, **_TAKEN),
}
