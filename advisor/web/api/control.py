"""What a dispatch centre watches: the open rides, the alarms, and where a ride could go."""

from flask import Blueprint, Response

from advisor.kernel import RideId
from advisor.services.acknowledge_alarm import acknowledge_alarm
from advisor.services.control_room import require_supervisor
from advisor.services.see_options import see_options
from advisor.web.access_log import note_rides
from advisor.web.answer import answer
from advisor.web.auth import require_actor
from advisor.web.context import now, parts
from advisor.web.render import render_time
from advisor.web.wire import body

ALARM_LONGEST = 200

routes = Blueprint("control", __name__)


@routes.get("/control")
def show() -> Response:
    """Show the open rides and the alarms that concern who asks."""
    actor, world, moment = require_actor(), parts().world, now()
    require_supervisor(actor)
    view = parts().room.look(moment, world.journal.board()).for_actor(actor, world)
    note_rides(seen.ride for seen in view.rides)
    return answer(
        {
            "seq": view.seq,
            "epoch": world.journal.epoch,
            "as_of": render_time(view.as_of),
            "rides": list(view.ride_documents(actor).values()),
            "alarms": view.alarm_documents(),
        }
    )


@routes.post("/alarms/acknowledge")
def acknowledge() -> Response:
    """Take an alarm upon oneself."""
    actor, world, moment = require_actor(), parts().world, now()
    fields = body()
    alarm = fields.text("alarm", longest=ALARM_LONGEST)
    fields.finish()
    taken = acknowledge_alarm(alarm, actor=actor, now=moment, world=world, room=parts().room)
    return answer({"alarm": alarm, "by": taken.by, "at": render_time(taken.at)})


@routes.get("/rides/<ride_id>/options")
def options(ride_id: str) -> Response:
    """List where a ride could go from where it is now."""
    actor, world, moment = require_actor(), parts().world, now()
    return answer(see_options(RideId(ride_id), actor=actor, now=moment, world=world))
