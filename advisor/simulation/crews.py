"""The crews of the demonstration's ambulances make rides, so that dispatch centre and hospitals have some to see."""

from contextlib import suppress
from datetime import datetime

from advisor.services.open_ride import open_ride
from advisor.services.refusals import Conflict
from advisor.services.world import World
from advisor.simulation.ambulances import Ambulance, Fleet, opening_of, trips_of
from advisor.simulation.crew_steps import Turn, actor_of, ask_advice, close, go_on
from advisor.simulation.tempers import Temper, draw_temper

MOST_OPEN = 12
ASKS_AFTER_S = 60.0  # on the scene
WITH_PATIENT = ("on_scene", "transport")


class Crews:
    """The crews of a fleet; all that they remember is the journal.

    So after a restart they go on, a ride that was left behind is closed, and two processes make each ride once.
    """

    def __init__(self, world: World, fleet: Fleet, *, seed: int) -> None:
        self._world = world
        self._fleet = fleet
        self._seed = seed

    def act(self, now: datetime) -> None:
        """Let every crew do the one thing that it is time for at `now`."""
        trips = trips_of(self._world.journal.board())
        ambulances = {(each.name, each.round): each for each in self._fleet.at(now)}
        running = {key for key, ride in trips.items() if not ride.is_over}
        for key, ambulance in ambulances.items():
            with suppress(Conflict):  # another process was first, or a person
                if key in running:
                    temper = self._temper(ambulance)
                    go_on(Turn(ambulance=ambulance, temper=temper, ride=trips[key], now=now, world=self._world))
                elif key not in trips and len(running) < MOST_OPEN and self._begin(ambulance, now):
                    running.add(key)
        for key in running - set(ambulances):
            with suppress(Conflict):
                close(trips[key], now=now, world=self._world)

    def _begin(self, ambulance: Ambulance, now: datetime) -> bool:
        """Open a ride once the crew has seen its patient; tells whether there is one now."""
        if not ambulance.has_patient or ambulance.phase not in WITH_PATIENT or ambulance.at_scene_s < ASKS_AFTER_S:
            return False
        advice = ask_advice(ambulance, now=now, world=self._world)
        if advice is None:
            return False
        actor, request = actor_of(ambulance.name), opening_of(ambulance.round)
        open_ride(advice.id, actor=actor, now=now, world=self._world, request=request)
        return True

    def _temper(self, ambulance: Ambulance) -> Temper:
        return draw_temper(self._seed, ambulance.name, ambulance.round)
