"""Dispatch centres are told everything once and then what changed; nobody else is told anything."""

from collections.abc import Iterator
from typing import Any

import pytest

from advisor.journal.events import Event
from advisor.journal.ride_events import Cancelled, PositionReported
from advisor.live import room
from advisor.live.audience import Audience, Listener
from advisor.live.room import RoomTeller
from advisor.services.access import Actor, Role
from advisor.services.world import World
from tests.services.test_alarms import RIDE, a_ride
from tests.world import DISPATCHER, MMA, NOW, NURSE, OVERKANT, a_world, all_green, at, declared

ELSEWHERE = Actor(name="buur", role=Role.DISPATCHER, region="MKA Overkant")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Look again without waiting in between."""
    monkeypatch.setattr(room, "LEAST_S", 0.0)
    monkeypatch.setattr(room, "BREATHER", 0.0)
    return


class Desks:
    """Desks that listen, and what each was told."""

    def __init__(self, world: World, **actors: Actor) -> None:
        self.world = world
        self.told: list[tuple[str, dict[str, Any]]] = []
        audience = Audience()
        for connection, actor in actors.items():
            audience.add(Listener(connection=connection, actor=actor, session=connection))
        self.teller = RoomTeller(audience, self._tell, world)
        self.admitted = [connection for connection in actors if self.teller.admit(connection)]

    def _tell(self, connection: str, event: str, document: Any) -> None:
        assert event == "room"
        self.told.append((connection, document))

    def after(self, *events: Event) -> list[tuple[str, dict[str, Any]]]:
        """What is told after something happened."""
        if events:
            self.world.journal.transact(lambda _: events)
        self.told.clear()
        self.teller.refresh()
        return list(self.told)


def test_dispatcher_and_mma_are_told_and_no_other_role() -> None:
    desks = Desks(a_world(*all_green()), meldkamer=DISPATCHER, mma=MMA, crew=NURSE)

    assert desks.admitted == ["meldkamer", "mma"]
    assert [connection for connection, _ in desks.after()] == ["meldkamer", "mma"]


def test_first_everything_is_told() -> None:
    desks = Desks(a_ride(a_world(*all_green())), meldkamer=DISPATCHER)

    [(_, told)] = desks.after()

    assert (told["whole"], [ride["id"] for ride in told["rides"]], told["alarms"]) == (True, [RIDE], [])


def test_nothing_new_is_not_told() -> None:
    desks = Desks(a_ride(a_world(*all_green())), meldkamer=DISPATCHER)
    desks.after()

    assert desks.after() == []


def test_ride_that_changed_is_told_alone() -> None:
    desks = Desks(a_ride(a_world(*all_green())), meldkamer=DISPATCHER)
    desks.after()

    [(_, told)] = desks.after(PositionReported(at=NOW, by=NURSE.name, ride_id=RIDE, expected_at=at(12)))

    assert (told["whole"], [ride["expected_now"] for ride in told["rides"]]) == (False, ["2026-03-10T14:12:00.000Z"])


def test_ride_that_is_over_is_told_as_gone() -> None:
    desks = Desks(a_ride(a_world(*all_green())), meldkamer=DISPATCHER)
    desks.after()

    [(_, told)] = desks.after(Cancelled(at=NOW, by=NURSE.name, ride_id=RIDE))

    assert (told["rides"], told["gone"]) == ([], [RIDE])


def test_region_hears_nothing_of_what_does_not_touch_it() -> None:
    desks = Desks(a_ride(a_world(*all_green())), hier=DISPATCHER, daar=ELSEWHERE)
    desks.after()

    told = desks.after(declared(hospital=OVERKANT, until=at(5)))

    assert [(connection, [alarm["code"] for alarm in each["alarms"]]) for connection, each in told] == [
        ("daar", ["stop_ending"])
    ]


def test_who_left_is_told_no_more() -> None:
    desks = Desks(a_world(*all_green()), meldkamer=DISPATCHER)
    desks.teller.forget("meldkamer")

    assert desks.after() == []
