"""Who may ask and who is told what on the live line: every event has a decision, a new one without it fails."""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gevent
import pytest
from flask_socketio import SocketIOTestClient

import advisor
from advisor.journal.events import Event
from advisor.journal.ride_events import (
    Announced,
    DestinationChosen,
    DestinationProposed,
    ProposalId,
    Refused,
    ReviewVerdict,
    RideOpened,
    RideReviewed,
)
from advisor.journal.road_events import ClosureId, RoadClosed
from advisor.kernel import AdviceId, HospitalId, Position, RideId
from advisor.live.hints import NoHints
from advisor.live.hub import Hub
from advisor.protocol.model import Outcome
from advisor.roads.closure import ClosureShape
from advisor.services.security import AccessQuery
from advisor.services.world import World
from advisor.web.metrics import Metrics
from advisor.web.realtime import create_socketio
from advisor.web.sockets import Line, SocketOutlet
from tests.web.apps import ACCOUNTS, an_app, log_in
from tests.world import NOW, OEVERDAM, OVERKANT, VELDSTAD, a_world, all_green, at, declared

PACKAGE = Path(advisor.__file__).parent
EVERYBODY = set(ACCOUNTS)
CREW = {"verpleegkundige"}
OWN_REGION = {"meldkamer", "regiomeldkamer"}
SUPERVISORS = OWN_REGION | {"buurmeldkamer", "mma"}

ASKED: dict[str, set[str]] = {
    "board:get": EVERYBODY,
    "advice:watch": EVERYBODY - {"huisarts"},
    "advice:unwatch": EVERYBODY,
    "position": EVERYBODY,  # it moves one's own question, if there is one
    "*": set(),  # what nobody listens to is a problem for everybody
}
"""Who gets an answer to an event, and not a problem."""

PAYLOADS: dict[str, Any] = {
    "advice:watch": {"position": {"lat": 52.1, "lon": 5.0}},
    "position": {"lat": 52.1, "lon": 5.01},
}
LIFE_CYCLE = {"connect", "disconnect"}


@dataclass
class Region:
    """A running live line, on which one of each kind listens."""

    world: World
    hub: Hub
    outlet: SocketOutlet
    clients: dict[str, SocketIOTestClient]
    asked: set[str]

    def ask(self, name: str, event: str, payload: Any) -> Any:
        """Send an event as somebody, and return its acknowledgement."""
        return self.clients[name].emit(event, payload, callback=True)

    def told(self) -> dict[str, list[Any]]:
        """What everybody was told since the last time, as pairs of event and document."""
        gevent.sleep(0)
        return {
            name: [(each["name"], (each["args"] or [None])[0]) for each in client.get_received()]
            for name, client in self.clients.items()
        }

    def happens(self, *events: Event) -> dict[str, set[str]]:
        """Let something happen; returns who heard of it, by event."""
        self.told()
        self.world.journal.transact(lambda _: events)
        self.hub._follow()
        self.hub._room.refresh()
        heard: dict[str, set[str]] = {}
        for name, messages in self.told().items():
            for event, _ in messages:
                heard.setdefault(event, set()).add(name)
        return heard


def opened_region(*events: Event) -> Region:
    """A region in which this has happened before everybody came."""
    world = a_world(*all_green(), *events)
    app = an_app(world=world)
    socketio = create_socketio(app, ())
    outlet = SocketOutlet(socketio, world, Metrics())
    hub = Hub(outlet, world, NoHints())
    Line(socketio, outlet, hub).open(app)
    clients = {name: socketio.test_client(app, auth={"token": log_in(app, name).token}) for name in ACCOUNTS}
    gevent.sleep(0)
    return Region(world, hub, outlet, clients, set(socketio.server.handlers["/"]))


@pytest.fixture(scope="module")
def region() -> Region:
    """A region for questions, which change nothing."""
    return opened_region()


def test_every_event_that_can_be_asked_has_a_decision(region: Region) -> None:
    assert region.asked - LIFE_CYCLE == set(ASKED)


@pytest.mark.parametrize("name", ACCOUNTS)
@pytest.mark.parametrize("event", ASKED)
def test_event_is_answered_to_whom_it_is_for_and_nobody_else(region: Region, event: str, name: str) -> None:
    answer = region.ask(name, "nobody:listens" if event == "*" else event, PAYLOADS.get(event, {}))

    assert ("problem" not in answer) == (name in ASKED[event])


def test_who_may_not_ask_is_told_why(region: Region) -> None:
    assert region.ask("huisarts", "advice:watch", PAYLOADS["advice:watch"])["problem"]["status"] == 403


def test_asked_advice_stands_in_the_access_log(region: Region) -> None:
    answer = region.ask("collega", "advice:watch", PAYLOADS["advice:watch"])

    [line] = region.world.security.access_log.read(AccessQuery(object=answer["id"]))
    assert (line.access.user, line.access.event, line.access.concerns) == ("collega", "watchAdvice", "collega")


def test_coming_onto_the_line_stands_in_the_access_log(region: Region) -> None:
    lines = region.world.security.access_log.read(AccessQuery(user="veldstad", limit=500))

    assert ("openLine", "veldstad") in {(line.access.event, line.access.object) for line in lines}


def sent_in(path: Path) -> set[str]:
    """The names of the events that a module sends: what its calls to `emit`, `tell` and the like begin with."""
    found: set[object] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in SENDING:
            found |= {each.value for each in node.args[:3] if isinstance(each, ast.Constant)}
        for keyword in node.keywords:  # a packet that is written down once for many: `data=["board", …]`
            if keyword.arg == "data" and isinstance(keyword.value, ast.List):
                found |= {each.value for each in keyword.value.elts[:1] if isinstance(each, ast.Constant)}
    return {name for name in found if isinstance(name, str)}


SENDING = {"emit", "tell", "_tell", "_send", "broadcast"}
FROM_CREW: dict[str, Any] = {"at": NOW, "by": "verpleegkundige", "ride_id": RideId("r1")}
OPENED = RideOpened(**FROM_CREW, advice_id=AdviceId("a1"))
ANNOUNCED = Announced(**FROM_CREW)


def chosen(hospital: HospitalId) -> DestinationChosen:
    """The crew chooses a hospital."""
    return DestinationChosen(**FROM_CREW, hospital=hospital, rank=1, outcome=Outcome.WELCOME, expected_at=at(9))


def proposed(hospital: HospitalId) -> DestinationProposed:
    """The dispatch centre proposes a hospital."""
    return DestinationProposed(**FROM_CREW | {"by": "meldkamer"}, proposal_id=ProposalId("v1"), hospital=hospital)


CLOSED = RoadClosed(
    at=NOW,
    by="meldkamer",
    closure_id=ClosureId("c1"),
    shape=ClosureShape.POINT,
    points=(Position(lat=52.1, lon=5.05),),
    start=NOW,
)
HEARD: dict[str, tuple[tuple[Event, ...], tuple[Event, ...], set[str]]] = {
    "ride": ((OPENED, chosen(VELDSTAD)), (ANNOUNCED,), CREW | OWN_REGION | {"mma", "veldstad"}),
    "inbound": ((OPENED, chosen(VELDSTAD)), (ANNOUNCED,), {"veldstad"}),
    "proposal": ((OPENED, chosen(VELDSTAD)), (proposed(OEVERDAM),), CREW | OWN_REGION | {"mma"}),
    "review": (
        (OPENED, chosen(VELDSTAD)),
        (RideReviewed(**FROM_CREW | {"by": "mma"}, verdict=ReviewVerdict.AGREE, note=""),),
        CREW | OWN_REGION | {"mma"},
    ),
    "alert": ((OPENED, chosen(VELDSTAD), ANNOUNCED), (Refused(**FROM_CREW, reason="vol"),), OWN_REGION | {"mma"}),
    "room": ((OPENED, chosen(VELDSTAD)), (ANNOUNCED,), OWN_REGION | {"mma"}),
    "board:delta": ((), (declared(),), EVERYBODY),
    "closures": ((), (CLOSED,), EVERYBODY),
}
"""For each event that is told when something happens: what was before, what happens, and who hears of it."""

ALWAYS: dict[str, Callable[[Region], None]] = {
    "heartbeat": lambda region: region.outlet.beat(1),
    "ambulances": lambda region: region.outlet.tell_ambulances({"ambulances": []}),
}
"""Events that everybody on the line hears; the ambulances are those of the demonstration."""

TO_ONE = {"advice", "advice:delta", "board"}
"""Told to the one connection that asked, or that comes onto the line: nobody is refused the board."""


def test_every_event_that_is_told_has_a_decision() -> None:
    modules = [*sorted((PACKAGE / "live").glob("*.py")), PACKAGE / "web" / "sockets.py"]

    assert set().union(*map(sent_in, modules)) == {*HEARD, *ALWAYS, *TO_ONE}


@pytest.mark.parametrize("event", HEARD)
def test_event_is_told_to_whom_it_concerns_and_nobody_else(event: str) -> None:
    before, happening, hearers = HEARD[event]
    region = opened_region(*before)
    region.hub._room.refresh()

    assert region.happens(*happening).get(event, set()) == hearers


@pytest.mark.parametrize("event", sorted(set(HEARD) - {"inbound", "board:delta", "closures"}))
def test_ride_to_the_other_region_is_told_there_and_not_here(event: str) -> None:
    before, happening, hearers = HEARD[event]
    there = [chosen(OVERKANT) if isinstance(each, DestinationChosen) else each for each in before]
    over_there = [proposed(OVERKANT) if isinstance(each, DestinationProposed) else each for each in happening]
    region = opened_region(*there)
    region.hub._room.refresh()

    heard = region.happens(*over_there).get(event, set())

    assert heard == hearers - {"regiomeldkamer", "veldstad"} | {"buurmeldkamer"}


@pytest.mark.parametrize("event", ["heartbeat", "ambulances"])
def test_event_without_anything_about_rides_is_told_to_everybody(region: Region, event: str) -> None:
    region.told()
    ALWAYS[event](region)

    assert {name for name, messages in region.told().items() if event in dict(messages)} == EVERYBODY


@pytest.mark.parametrize(("wish", "event"), [({}, "advice"), ({"changes": True}, "advice:delta")])
def test_answer_is_told_to_the_one_who_asked_alone(wish: dict[str, bool], event: str) -> None:
    region = opened_region()
    region.ask("verpleegkundige", "advice:watch", PAYLOADS["advice:watch"] | wish)
    region.told()

    region.world.journal.transact(lambda _: [declared()])
    region.hub._follow()
    region.hub._renew()

    assert {name for name, messages in region.told().items() if event in dict(messages)} == CREW


def test_gp_is_told_nothing_but_the_board_and_the_roads() -> None:
    told: set[str] = set()
    for before, happening, _ in HEARD.values():
        heard = opened_region(*before).happens(*happening)
        told |= {event for event, names in heard.items() if "huisarts" in names}

    assert told == {"board:delta", "closures"}


def test_hospital_is_told_of_rides_to_itself_alone() -> None:
    region = opened_region(OPENED, chosen(OEVERDAM))

    heard = region.happens(ANNOUNCED)

    assert {event for event, names in heard.items() if "veldstad" in names} <= {"board:delta"}
    assert "oeverdam" in heard["inbound"]


def test_who_is_not_logged_in_does_not_get_onto_the_line() -> None:
    app = an_app()
    socketio = create_socketio(app, ())
    outlet = SocketOutlet(socketio, app.extensions["uitwijk"].world, Metrics())
    Line(socketio, outlet, Hub(outlet, app.extensions["uitwijk"].world, NoHints())).open(app)

    assert not socketio.test_client(app, auth={"token": "no such token"}).is_connected()
    assert not socketio.test_client(app).is_connected()
