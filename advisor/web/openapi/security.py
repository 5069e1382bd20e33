"""What is sent about access: ways to log in, devices, the access log."""

from advisor.services.pair_device import DeviceState
from advisor.services.security import AccessOutcome, Action
from advisor.web.openapi.words import COUNT, IDENTITY, MOMENT, TEXT, Schema, an_answer, list_of, one_of, or_null, ref

SECURITY: dict[str, Schema] = {
    "Ways": an_answer(openid=or_null(an_answer(label=TEXT, address=TEXT))),
    "IssuedCode": an_answer(
        id=IDENTITY,
        crew=TEXT,
        device=TEXT,
        code=TEXT,
        expires=MOMENT,
        address=TEXT,
        qr=an_answer(size=COUNT, path=TEXT),
    ),
    "Device": an_answer(
        id=IDENTITY,
        crew=TEXT,
        device=TEXT,
        state=one_of(DeviceState),
        issued_by=TEXT,
        issued_at=MOMENT,
        expires=MOMENT,
        paired_at=or_null(MOMENT),
        seen_at=or_null(MOMENT),
    ),
    "AccessLine": an_answer(
        seq=COUNT,
        at=MOMENT,
        event=TEXT,
        action=one_of(Action),
        user=TEXT,
        role=TEXT,
        access_point=TEXT,
        kind=TEXT,
        object=TEXT,
        concerns=or_null(TEXT),
        outcome=one_of(AccessOutcome),
    ),
    "AccessLines": an_answer(lines=list_of(ref("AccessLine")), next=or_null(COUNT)),
}
