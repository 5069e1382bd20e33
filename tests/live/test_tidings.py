"""What happens to rides and on the board is told to those whom it concerns, and to nobody else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from advisor.journal.events import Event
from advisor.journal.ride_events import (
    Announced,
    Arrived,
    Cancelled,
    DestinationChosen,
    DestinationProposed,
    PositionReported,
    ProposalDeclined,
    ProposalId,
    Refused,
    ReviewVerdict,
    RideOpened,
    RideReviewed,
)
from advisor.kernel import AdviceId, HospitalId, RideId
from advisor.live.audience import Audience, Listener
from advisor.live.tidings import Tidings
from advisor.protocol.model import Outcome
from advisor.services.access import Actor, Role
from advisor.services.world import World
from advisor.web.looking import look_at_board
from tests.world import (
    ADMIN,
    COORDINATOR,
    DISPATCHER,
    GP,
    HOGEBERG,
    MMA,
    NOW,
    NURSE,
    OEVERDAM,
    OVERKANT,
    VELDSTAD,
    a_world,
    all_green,
    at,
    declared,
)

LISTENERS = {
    "crew": NURSE,
    "other crew": Actor(name="other crew", role=Role.NURSE),
    "dispatcher": DISPATCHER,
    "dispatcher across": Actor(name="across", role=Role.DISPATCHER, region="MKA Overkant"),
    "dispatcher anywhere": Actor(name="anywhere", role=Role.DISPATCHER),
    "mma": MMA,
    "veldstad": COORDINATOR,
    "oeverdam": replace(COORDINATOR, name="oeverdam", hospital=OEVERDAM),
    "gp": GP,
    "admin": ADMIN,
}
DISPATCH = {"dispatcher", "dispatcher anywhere", "mma"}
ANYWHERE = DISPATCH | {"dispatcher across"}
FROM_CREW: dict[str, Any] = {"at": NOW, "by": NURSE.name, "ride_id": RideId("r1")}

OPENED = RideOpened(**FROM_CREW, advice_id=AdviceId("a1"))
ANNOUNCED = Announced(**FROM_CREW)
PROPOSED = DestinationProposed(**FROM_CREW | {"by": "dispatcher"}, proposal_id=ProposalId("p1"), hospital=OEVERDAM)
REVIEWED = RideReviewed(**FROM_CREW | {"by": "mma"}, verdict=ReviewVerdict.DISCUSS, note="waarom?")


def chosen(hospital: HospitalId = VELDSTAD) -> DestinationChosen:
    """The crew chooses a hospital that it reaches in nine minutes."""
    return DestinationChosen(**FROM_CREW, hospital=hospital, rank=1, outcome=Outcome.WELCOME, expected_at=at(9))


@dataclass
class Region:
    """A region in which one of each kind listens."""

    world: World
    told: list[tuple[str, str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        audience = Audience()
        for connection, actor in LISTENERS.items():
            audience.add(Listener(connection=connection, actor=actor, session=connection))
        self._tidings = Tidings(audience, self._tell, self.world, look_at_board(NOW, self.world))

    def _tell(self, connection: str, event: str, document: Any) -> None:
        self.told.append((connection, event, document))

    def happens(self, *events: Event) -> None:
        """Let something happen, and tell it."""
        before = self.world.journal.board()
        self.world.journal.transact(lambda _: events)
        after = self.world.journal.board()
        self._tidings.of_rides(before, after)
        self._tidings.of_board(look_at_board(NOW, self.world), after)

    def who_hears(self, event: str) -> set[str]:
        """Who was told of an event."""
        return {connection for connection, told, _ in self.told if told == event}

    def hears(self, connection: str, event: str) -> list[Any]:
        """What somebody was told."""
        return [document for who, told, document in self.told if (who, told) == (connection, event)]


def after(*events: Event) -> Region:
    """A region in which this has happened and was told before."""
    return Region(a_world(*all_green(), *events))


def test_opened_ride_is_told_to_the_crew_and_the_dispatch_centres() -> None:
    region = after()

    region.happens(OPENED)

    assert region.who_hears("ride") == {"crew"} | ANYWHERE


def test_ride_with_a_destination_is_told_to_the_dispatch_centre_of_that_region() -> None:
    region = after(OPENED, chosen())

    region.happens(PositionReported(**FROM_CREW, expected_at=at(7)))

    assert region.who_hears("ride") == {"crew"} | DISPATCH


def test_dispatch_centre_hears_that_a_ride_leaves_its_region() -> None:
    region = after(OPENED, chosen(OVERKANT))

    region.happens(chosen(VELDSTAD))

    assert "dispatcher across" in region.who_hears("ride")


def test_hospital_hears_of_a_ride_once_it_is_announced_there() -> None:
    region = after(OPENED)
    region.happens(chosen())
    before = region.who_hears("ride")

    region.happens(ANNOUNCED)

    assert before & {"veldstad", "oeverdam"} == set()
    assert region.who_hears("ride") & {"veldstad", "oeverdam"} == {"veldstad"}


def test_hospital_is_not_told_what_was_advised() -> None:
    region = after(OPENED, chosen())

    region.happens(ANNOUNCED)

    [ride] = region.hears("veldstad", "ride")
    assert not {"advice", "rank", "reason", "reviews", "proposals"} & ride.keys()


def test_every_tiding_carries_the_number_that_it_is_known_up_to() -> None:
    region = after(OPENED, chosen(), ANNOUNCED)

    region.happens(Refused(**FROM_CREW, reason="vol"), PROPOSED, REVIEWED, declared())

    assert {event for _, event, _ in region.told} == {"ride", "inbound", "proposal", "review", "alert"}
    assert {(told["seq"], told["epoch"]) for *_, told in region.told} == {
        (region.world.journal.head(), region.world.journal.epoch)
    }


def test_announced_ambulance_is_on_the_list_of_its_hospital_alone() -> None:
    region = after(OPENED, chosen())

    region.happens(ANNOUNCED)

    [inbound] = region.hears("veldstad", "inbound")
    assert region.who_hears("inbound") == {"veldstad"}
    assert (inbound["inbound"], [ride["id"] for ride in inbound["rides"]]) == (1, ["r1"])


def test_choice_that_was_not_announced_is_no_news_for_the_hospital() -> None:
    region = after(OPENED)

    region.happens(chosen())

    assert region.who_hears("inbound") == set()


@pytest.mark.parametrize("event", [chosen(OEVERDAM), Arrived(**FROM_CREW)], ids=["elsewhere", "arrived"])
def test_ambulance_that_comes_no_more_is_taken_off_the_list(event: Event) -> None:
    region = after(OPENED, chosen(), ANNOUNCED)

    region.happens(event)

    [inbound] = region.hears("veldstad", "inbound")
    assert (inbound["inbound"], inbound["rides"]) == (0, [])


@pytest.mark.parametrize("event", [chosen(OEVERDAM), Cancelled(**FROM_CREW)], ids=["elsewhere", "cancelled"])
def test_ambulance_that_was_called_off_is_told_as_such_without_where_it_goes(event: Event) -> None:
    region = after(OPENED, chosen(), ANNOUNCED)

    region.happens(event)

    [inbound] = region.hears("veldstad", "inbound")
    assert [gone["id"] for gone in inbound["cancelled"]] == ["r1"]
    assert OEVERDAM not in str(inbound)


def test_ambulance_that_arrived_was_not_called_off() -> None:
    region = after(OPENED, chosen(), ANNOUNCED)

    region.happens(Arrived(**FROM_CREW))

    [inbound] = region.hears("veldstad", "inbound")
    assert inbound["cancelled"] == []


def test_ambulance_that_comes_back_is_called_off_no_longer() -> None:
    region = after(OPENED, chosen(), ANNOUNCED, chosen(OEVERDAM))

    region.happens(chosen(), ANNOUNCED)

    [inbound] = region.hears("veldstad", "inbound")
    assert ([ride["id"] for ride in inbound["rides"]], inbound["cancelled"]) == (["r1"], [])


def test_proposal_is_told_to_the_crew_and_the_dispatch_centre() -> None:
    region = after(OPENED, chosen(), ANNOUNCED)

    region.happens(PROPOSED)

    assert region.who_hears("proposal") == {"crew"} | DISPATCH
    assert region.hears("crew", "proposal")[0].items() >= {"id": "p1", "hospital": OEVERDAM, "accepted": None}.items()


def test_answer_to_a_proposal_is_told() -> None:
    region = after(OPENED, PROPOSED)

    region.happens(ProposalDeclined(**FROM_CREW, proposal_id=ProposalId("p1")))

    assert [told["accepted"] for told in region.hears("dispatcher", "proposal")] == [False]


def test_review_is_told_once_to_the_crew_and_the_dispatch_centre() -> None:
    region = after(OPENED, chosen(), ANNOUNCED)
    region.happens(REVIEWED)

    region.happens(REVIEWED)

    assert region.who_hears("review") == {"crew"} | DISPATCH
    assert len(region.hears("crew", "review")) == 2


def test_other_status_of_the_destination_alerts_the_crew_alone() -> None:
    region = after(OPENED, chosen(), ANNOUNCED)

    region.happens(declared())

    [alert] = region.hears("crew", "alert")
    assert region.who_hears("alert") == {"crew"}
    assert (
        alert.items() >= {"code": "destination_changed", "level": "warning", "ride": "r1", "department": "SEH"}.items()
    )
    assert alert["text"].endswith("SEH: nu rood, was groen.")


@pytest.mark.parametrize(
    "events", [(), (OPENED,), (OPENED, chosen(OEVERDAM)), (OPENED, chosen(), Arrived(**FROM_CREW))]
)
def test_status_of_another_hospital_or_after_arrival_alerts_no_crew(events: Sequence[Event]) -> None:
    region = after(*events)

    region.happens(declared())

    assert region.hears("crew", "alert") == []


def test_refusal_at_the_door_alerts_the_dispatch_centre() -> None:
    region = after(OPENED, chosen(), ANNOUNCED)

    region.happens(Refused(**FROM_CREW, reason="vol"))

    assert region.who_hears("alert") == DISPATCH


def codes(region: Region, connection: str) -> set[str]:
    """Of what somebody was alerted."""
    return {alert["code"] for alert in region.hears(connection, "alert")}


def test_stop_that_is_about_to_end_alerts_its_hospital_and_its_region() -> None:
    region = after()

    region.happens(declared(when=at(-60), until=at(5)))

    assert {who for who in LISTENERS if "stop_ending" in codes(region, who)} == DISPATCH | {"veldstad"}


def test_region_without_an_open_department_alerts_its_dispatch_centre() -> None:
    region = after()

    region.happens(*(declared(hospital, hospital=hospital) for hospital in (VELDSTAD, OEVERDAM, HOGEBERG)))

    assert {who for who in LISTENERS if "lapse_met" in codes(region, who)} == DISPATCH


def test_feed_that_fell_silent_alerts_every_dispatch_centre_and_the_administrator() -> None:
    region = Region(a_world())

    region.happens(*all_green(at(-120)))

    assert {who for who in LISTENERS if "feed_stale" in codes(region, who)} == ANYWHERE | {"admin"}


def test_alert_is_not_repeated_while_it_holds() -> None:
    region = after()
    region.happens(declared(when=at(-60), until=at(5)))
    region.told.clear()

    region.happens(OPENED)

    assert region.who_hears("alert") == set()


def every_tiding() -> Iterator[tuple[str, str]]:
    """Everything that is told to anybody in a busy hour."""
    region = after()
    for event in (
        OPENED, chosen(), ANNOUNCED, PROPOSED, REVIEWED, declared(until=at(5)), chosen(OEVERDAM), ANNOUNCED,
        Refused(**FROM_CREW, reason="vol"), declared("s2", hospital=OVERKANT),
    ):  # fmt: skip
        region.happens(event)
    yield from ((connection, event) for connection, event, _ in region.told)


@pytest.mark.parametrize(
    ("name", "events"),
    [
        ("crew", {"ride", "proposal", "review", "alert"}),
        ("other crew", set()),
        ("dispatcher", {"ride", "proposal", "review", "alert"}),
        ("mma", {"ride", "proposal", "review", "alert"}),
        ("veldstad", {"ride", "inbound", "alert"}),
        ("oeverdam", {"ride", "inbound"}),
        ("gp", set()),
        ("admin", set()),
    ],
)
def test_each_hears_only_what_is_for_it(name: str, events: set[str]) -> None:
    assert {event for connection, event in every_tiding() if connection == name} == events
