"""Every kind of alarm says where and why, is taken by name, and is the same one after a restart."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from advisor.journal.events import LapseConfirmed, PlanId
from advisor.journal.ride_events import Refused
from advisor.kernel import Department, Status
from advisor.services.acknowledge_alarm import acknowledge_alarm
from advisor.services.alarms import alarm_document
from advisor.services.control_room import ControlRoom
from advisor.services.documents import moment
from advisor.services.world import World
from tests.services import test_alarms
from tests.services.test_alarms import RIDE, a_ride, alarms, happen
from tests.world import DISPATCHER, NURSE, a_world, all_green, at, declared, heard


def ending() -> World:
    return a_world(*all_green(), declared(until=at(9)))


def exceeded() -> World:
    return a_world(declared(until=at(240)), *all_green(at(130)))


def planned() -> World:
    return a_world(*all_green(at(45)), test_alarms.TestPlans.PLAN)


def started() -> World:
    begun = declared(department=Department.CTT, when=at(60), until=at(600))
    return a_world(*all_green(at(60)), test_alarms.TestPlans.PLAN, replace(begun, plan_id=PlanId("p1")))


def one_away() -> World:
    return test_alarms.TestRegion().stops(2)


def met() -> World:
    return test_alarms.TestRegion().stops(3)


def confirmed() -> World:
    lapse = LapseConfirmed(at=at(3), by="dispatcher", mka=DISPATCHER.region, department=Department.SEH)
    return happen(met(), lapse)


def silent() -> World:
    return a_world(*all_green())


def refused() -> World:
    return happen(a_ride(a_world(*all_green())), Refused(at=at(3), by=NURSE.name, ride_id=RIDE, reason="geen bed"))


def phoning() -> World:
    return a_ride(a_world(heard()), under_way=False)


def closed() -> World:
    return happen(a_ride(a_world(*all_green())), declared(status=Status.CALAMITY, when=at(1)))


KINDS: tuple[tuple[str, Callable[[], World], int], ...] = (
    ("stop_ending", ending, 4),
    ("norm_exceeded", exceeded, 131),
    ("plan_soon", planned, 51),
    ("plan_started", started, 61),
    ("one_away", one_away, 4),
    ("lapse_met", met, 4),
    ("lapse_follow", confirmed, 4),
    ("feed_stale", silent, 60),
    ("refused_at_the_door", refused, 4),
    ("consult_open", phoning, 4),
    ("destination_closed", closed, 4),
)


@pytest.mark.parametrize(("code", "build", "minute"), KINDS, ids=[code for code, _, _ in KINDS])
def test_alarm_of_each_kind_is_taken_and_stays_so_after_a_restart(
    code: str, build: Callable[[], World], minute: int
) -> None:
    world = build()
    alarm = alarms(world, at(minute))[code]

    acknowledge_alarm(alarm.id, actor=DISPATCHER, now=at(minute), world=world, room=ControlRoom(world))

    after = alarms(world, at(minute + 1))[code]
    shown = alarm_document(after)
    assert after.id == alarm.id
    assert shown["acknowledged"] == {"by": "dispatcher", "at": moment(at(minute))}
    assert all((shown["text"], shown["text_en"], shown["since"]))
    assert code == "feed_stale" or shown["hospital"] or shown["mka"]
