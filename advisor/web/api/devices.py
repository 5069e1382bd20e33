"""Devices of crews: a code for a new one, the list, and the end of one."""

import segno
from flask import Blueprint, Response, request

from advisor.services.pair_device import CODE_LENGTH, DEVICE_LIMIT, IssueCode, end_device, issue_code, list_devices
from advisor.web.access_log import note_access
from advisor.web.answer import answer, nothing
from advisor.web.auth import require_actor
from advisor.web.context import end_sockets, now, parts
from advisor.web.render import render_optional_time, render_time
from advisor.web.wire import body, parse_empty

routes = Blueprint("devices", __name__)

CREW_LONGEST = 80
CODE_LONGEST = 4 * CODE_LENGTH


@routes.post("/devices")
def issue() -> Response:
    """Issue a code by which one device logs in as a crew, once."""
    actor, world, moment = require_actor(), parts().world, now()
    fields = body()
    command = IssueCode(
        crew=fields.text("crew", longest=CREW_LONGEST), device=fields.text("device", longest=DEVICE_LIMIT)
    )
    fields.finish()
    issued = issue_code(command, actor=actor, now=moment, world=world)
    pairing = issued.pairing
    note_access("device", pairing.id, pairing.crew)
    # After the # because browsers keep that part to themselves: it gets into no log.
    address = f"{request.host_url}login#pair={issued.code}"
    return answer(
        {
            "id": pairing.id,
            "crew": pairing.crew,
            "device": pairing.device,
            "code": issued.code,
            "expires": render_time(pairing.expires_at),
            "address": address,
            "qr": _qr(address),
        },
        201,
    )


@routes.get("/devices")
def show() -> Response:
    """List the devices of the past month."""
    actor, moment = require_actor(), now()
    devices = list_devices(actor=actor, now=moment, world=parts().world)
    return answer(
        [
            {
                "id": device.pairing.id,
                "crew": device.pairing.crew,
                "device": device.pairing.device,
                "state": device.state(moment),
                "issued_by": device.pairing.issued_by,
                "issued_at": render_time(device.pairing.issued_at),
                "expires": render_time(device.pairing.expires_at),
                "paired_at": render_optional_time(device.pairing.used_at),
                "seen_at": render_optional_time(device.session.seen_at if device.session else None),
            }
            for device in devices
        ]
    )


@routes.delete("/devices/<device_id>")
def end(device_id: str) -> Response:
    """End a device: its code is worth nothing, its session and sockets are dead at once."""
    actor = require_actor()
    parse_empty()
    pairing, ended = end_device(device_id, actor=actor, now=now(), world=parts().world)
    note_access("device", pairing.id, pairing.crew)
    for session in ended:
        end_sockets(session)
    return nothing()


def _qr(text: str) -> dict[str, object]:
    """Draw a QR code as the path of an SVG of `size` units, with the quiet zone around it."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=4)]
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module)
    return {"size": len(rows), "path": "".join(dark)}
