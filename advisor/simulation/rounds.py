"""The calls that the demonstration's ambulances are sent to, drawn as those of the simulated region are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from advisor.hospitals.registry import Hospital
from advisor.kernel import Position
from advisor.services.ports import Roads
from advisor.simulation.assumptions import Assumptions
from advisor.simulation.calls import AMSTERDAM, KM_PER_DEGREE, Call, draw_call
from advisor.simulation.chance import stream

CYCLE_S = 3600
FARTHEST_PLACE_KM = 14.0
ROUNDS_KEPT = 4  # of each ambulance


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of one ambulance. With `has_patient` somebody has to be brought to a hospital.

    The quieter the hour, the fewer have one.
    """

    call: Call
    has_patient: bool


class Rounds:
    """The rounds of ambulances that each have a base: the same for the same seed, in every process."""

    def __init__(self, bases: Sequence[Hospital], assumptions: Assumptions, roads: Roads, *, seed: int) -> None:
        self._bases = tuple(bases)
        self._assumptions = assumptions
        self._roads = roads
        self._seed = seed
        self.find = lru_cache(maxsize=ROUNDS_KEPT * len(self._bases))(self._draw)
        """Find the round of an ambulance by its number and that of the round; None where nobody lives."""

    def _draw(self, number: int, count: int) -> Round | None:
        base, known = self._bases[number].position, self._assumptions
        places = [each for each in known.places if apart_km(each.centre, base) < FARTHEST_PLACE_KM]
        if not places:
            return None
        key = f"demonstration/{number}/{count}"
        chance = stream(self._seed, "round", key)
        place = chance.choices(places, weights=[each.inhabitants for each in places])[0]
        at = datetime.fromtimestamp((count - number / len(self._bases)) * CYCLE_S, UTC)
        busy = known.calls.hours[at.astimezone(AMSTERDAM).hour] / max(known.calls.hours)
        call = draw_call(self._seed, key, place, at, known, self._roads)
        return Round(call=call, has_patient=call.transported and chance.random() < busy)


def apart_km(one: Position, other: Position) -> float:
    """Return how far two positions are apart, in a straight line."""
    east = (one.lon - other.lon) * math.cos(math.radians(one.lat))
    return KM_PER_DEGREE * math.hypot(one.lat - other.lat, east)
