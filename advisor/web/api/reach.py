"""The area that is within reach of hospitals."""

from collections.abc import Collection

from flask import Blueprint, Response, request

from advisor.kernel import HospitalId, InvalidInput, Problem
from advisor.roads.model import Profile
from advisor.services.see_reach import see_reach
from advisor.web.answer import answer
from advisor.web.auth import require_actor
from advisor.web.context import parts

MINUTES_LEAST, MINUTES_MOST = 1.0, 180.0

routes = Blueprint("reach", __name__)


@routes.get("/network/reach")
def reach() -> Response:
    """Give the area from which any of the hospitals is reached in time, as a GeoJSON feature.

    `hospital` may be given several times; without it all hospitals count.
    """
    actor, world = require_actor(), parts().world
    hospitals, minutes, profile = _parse(world.registry.hospitals)
    geometry = see_reach(hospitals, minutes, profile, actor=actor, world=world)
    properties = {"hospitals": hospitals, "minutes": minutes, "signals": profile is Profile.SIGNALS}
    return answer({"type": "Feature", "geometry": geometry, "properties": properties})


def _parse(known: Collection[str]) -> tuple[list[HospitalId], float, Profile]:
    problems = [
        Problem(field=name[:60], message="unknown field")
        for name in request.args
        if name not in {"hospital", "minutes", "signals"}
    ]
    named = request.args.getlist("hospital")
    problems += [
        Problem(field="hospital", message=f"no such hospital: {name[:60]!r}") for name in named if name not in known
    ]
    minutes = request.args.get("minutes", type=float)
    if minutes is None or not MINUTES_LEAST <= minutes <= MINUTES_MOST:
        message = f"must be a number from {MINUTES_LEAST:g} to {MINUTES_MOST:g}"
        problems.append(Problem(field="minutes", message=message))
    signals = request.args.get("signals", "true")
    if signals not in {"true", "false"}:
        problems.append(Problem(field="signals", message="must be true or false"))
    if problems or minutes is None:
        raise InvalidInput(problems)
    hospitals = [HospitalId(name) for name in dict.fromkeys(named or known)]
    return hospitals, minutes, Profile.SIGNALS if signals == "true" else Profile.NO_SIGNALS
