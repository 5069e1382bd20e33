"""Who may do what: every route has a decision for every role, a new one without a decision fails.

The callers are more than the roles: the crew of a ride and another crew, a hospital and another hospital, dispatchers
of its region, of another region and of all. What is reached belongs to the first of each.
"""

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from advisor.journal.events import PlanId, StopPlanned
from advisor.journal.ride_events import Announced, DestinationChosen, DestinationProposed, ProposalId, RideOpened
from advisor.journal.road_events import ClosureId, RoadClosed
from advisor.kernel import AdviceId, Department, Position, RideId
from advisor.protocol.model import Outcome, StopReason
from advisor.roads.closure import ClosureShape
from advisor.services.access import Actor, Role
from advisor.services.accounts import NO_PASSWORD, Account
from advisor.services.give_advice import consider_advice, record_advice
from advisor.services.offline_package import OfflinePackage, Part
from advisor.services.security import Pairing
from tests.feeds.documents import DATEX_DOCUMENT, HAVE_DOCUMENT
from tests.web.apps import ACCOUNTS, Caller, an_app, log_in, moved, with_key
from tests.world import NOW, OEVERDAM, REGION, VELDSTAD, a_case, a_world, all_green, at, declared

PREFIX = "/api/v1"
EVERYBODY = set(ACCOUNTS)
ADVISED = EVERYBODY - {"huisarts"}
OWN_HOSPITAL = {"veldstad", "beheer"}
HOSPITALS = OWN_HOSPITAL | {"oeverdam"}
CREW = {"verpleegkundige"}
OWN_REGION = {"meldkamer", "regiomeldkamer"}
DISPATCHERS = OWN_REGION | {"buurmeldkamer"}
SUPERVISORS = DISPATCHERS | {"mma"}
OVERSEERS = SUPERVISORS | {"beheer"}
QUALITY = {"mma", "beheer"}
SYSTEM = "systeem"
"""Another system with a key for everything that keys are for."""

DECISIONS: dict[tuple[str, str], set[str]] = {
    ("POST", "/session"): EVERYBODY,
    ("POST", "/session/pair"): EVERYBODY,
    ("GET", "/session/ways"): EVERYBODY,
    ("DELETE", "/session"): EVERYBODY,
    ("GET", "/me/access"): EVERYBODY,  # the own lines
    ("GET", "/access"): {"mma", "beheer"},
    ("GET", "/devices"): DISPATCHERS | {"beheer"},  # those of the own region
    ("POST", "/devices"): DISPATCHERS | {"beheer"},
    ("DELETE", "/devices/<device_id>"): OWN_REGION | {"beheer"},
    ("GET", "/me"): EVERYBODY,
    ("GET", "/protocol"): EVERYBODY,
    ("GET", "/hospitals"): EVERYBODY,
    ("GET", "/board"): EVERYBODY,
    ("GET", "/stops"): HOSPITALS,  # each its own
    ("GET", "/stops/preparation"): HOSPITALS,
    ("GET", "/plans"): HOSPITALS,
    ("POST", "/stops"): OWN_HOSPITAL,
    ("POST", "/stops/<stop_id>/extend"): OWN_HOSPITAL,
    ("POST", "/stops/<stop_id>/end"): OWN_HOSPITAL,
    ("POST", "/plans"): OWN_HOSPITAL,
    ("POST", "/stops/<stop_id>/correct"): {"beheer"},
    ("DELETE", "/plans/<plan_id>"): OWN_HOSPITAL,
    ("POST", "/lapses"): {"meldkamer", "buurmeldkamer"},  # of the region where it lapses
    ("POST", "/advice"): ADVISED,
    ("GET", "/advice/<advice_id>"): CREW | OVERSEERS,
    ("GET", "/advice/<advice_id>/replay"): CREW | OVERSEERS,
    ("GET", "/rides"): EVERYBODY,  # everybody gets the list of what concerns them, which may be empty
    ("GET", "/rides/<ride_id>"): CREW | OWN_REGION | {"mma", "veldstad"},
    ("POST", "/rides"): CREW,
    ("POST", "/rides/<ride_id>/choose"): CREW,
    ("POST", "/rides/<ride_id>/announce"): CREW,
    ("POST", "/rides/<ride_id>/depart"): CREW,
    ("POST", "/rides/<ride_id>/position"): CREW,
    ("POST", "/rides/<ride_id>/arrive"): CREW,
    ("POST", "/rides/<ride_id>/handover"): CREW,
    ("POST", "/rides/<ride_id>/cancel"): CREW,
    ("POST", "/rides/<ride_id>/refused"): CREW,
    ("POST", "/rides/<ride_id>/consult"): CREW,
    ("POST", "/rides/<ride_id>/proposal"): OWN_REGION,
    ("POST", "/proposals/<proposal_id>/accept"): CREW,
    ("POST", "/proposals/<proposal_id>/decline"): CREW,
    ("POST", "/reviews"): OWN_REGION | {"mma"},
    ("GET", "/control"): SUPERVISORS,
    ("GET", "/past"): SUPERVISORS,
    ("GET", "/advice/<advice_id>/today"): CREW | OVERSEERS,
    ("GET", "/reviews"): SUPERVISORS,
    ("GET", "/reviews.csv"): SUPERVISORS,
    ("POST", "/alarms/acknowledge"): DISPATCHERS,
    ("GET", "/rides/<ride_id>/options"): OWN_REGION | {"mma"},
    ("GET", "/reports/quarter/<quarter>"): OVERSEERS,
    ("GET", "/reports/quarter/<quarter>.csv"): OVERSEERS,
    ("GET", "/reports/indicators"): QUALITY,
    ("GET", "/reports/indicators/<indicator>.csv"): QUALITY,
    ("GET", "/reports/events"): QUALITY,
    ("GET", "/reports/events.csv"): QUALITY,
    ("GET", "/package"): ADVISED,
    ("GET", "/package/<name>/<identity>"): ADVISED,
    ("GET", "/network/map"): EVERYBODY,
    ("GET", "/network/tiles/<int:z>/<int:x>/<int:y>"): EVERYBODY,
    ("GET", "/network/route"): EVERYBODY,
    ("GET", "/places"): EVERYBODY,
    ("GET", "/network/reach"): EVERYBODY,
    ("GET", "/closures"): EVERYBODY,
    ("POST", "/closures"): DISPATCHERS | {"beheer"},
    ("DELETE", "/closures/<closure_id>"): DISPATCHERS | {"beheer"},
    ("POST", "/feeds/stops"): {SYSTEM},
    ("POST", "/feeds/have"): {SYSTEM},
    ("GET", "/feeds/have"): EVERYBODY | {SYSTEM},
    ("POST", "/feeds/ndw"): {SYSTEM},
    ("GET", "/fhir/metadata"): EVERYBODY | {SYSTEM},
    ("GET", "/fhir/Location"): EVERYBODY | {SYSTEM},
    ("GET", "/fhir/Location/<location_id>"): EVERYBODY | {SYSTEM},
    ("GET", "/fhir/HealthcareService"): EVERYBODY | {SYSTEM},
    ("GET", "/fhir/HealthcareService/<service_id>"): EVERYBODY | {SYSTEM},
    ("GET", "/metrics"): EVERYBODY,
    ("GET", "/openapi.json"): EVERYBODY,
    ("GET", "/healthz"): EVERYBODY,
    ("GET", "/readyz"): EVERYBODY,
}

BODIES: dict[tuple[str, str], Any] = {
    ("POST", "/stops"): {
        "hospital": "veldstad", "department": "CCU", "status": "red",
        "reason": "Piek in aanbod van patiënten (aantal)", "until": "2026-03-10T15:00:00Z",
    },
    ("POST", "/stops/<stop_id>/extend"): {"until": "2026-03-10T17:00:00Z"},
    ("POST", "/plans"): {
        "hospital": "veldstad", "department": "CCU", "reason": "Interne calamiteit/technisch probleem",
        "from": "2026-03-12T15:00:00Z", "until": "2026-03-12T23:00:00Z",
    },
    ("POST", "/lapses"): {"mka": "MKA Overkant", "department": "SEH"},
    ("POST", "/session/pair"): {"code": "K7QM-X4TD"},
    ("POST", "/devices"): {"crew": "amb-12-102", "device": "telefoon"},
    ("POST", "/advice"): {"position": {"lat": 52.1, "lon": 5.0}},
    ("POST", "/stops/<stop_id>/correct"): {"why": "verkeerd ingevoerd", "void": True},
    ("POST", "/rides"): {"advice": "a1"},
    ("POST", "/rides/<ride_id>/choose"): {"hospital": "oeverdam", "reason": "familie"},
    ("POST", "/rides/<ride_id>/position"): {"lat": 52.1, "lon": 5.05},
    ("POST", "/rides/<ride_id>/refused"): {"reason": "vol"},
    ("POST", "/rides/<ride_id>/consult"): {"hospital": "veldstad", "outcome": "accepted"},
    ("POST", "/rides/<ride_id>/proposal"): {"hospital": "oeverdam"},
    ("POST", "/closures"): {"shape": "point", "points": [{"lat": 52.1, "lon": 5.05}]},
    ("POST", "/reviews"): {"ride": "r1", "verdict": "agree"},
    ("POST", "/feeds/stops"): {
        "statuses": [{"hospital": "veldstad", "said_at": "2026-03-10T14:00:00Z", "departments": {}}],
    },
    ("POST", "/feeds/have"): HAVE_DOCUMENT,
    ("POST", "/feeds/ndw"): DATEX_DOCUMENT,
    ("POST", "/alarms/acknowledge"): {"alarm": "stop_ending/s3/2026-03-10T14:05:00.000000Z"},
}  # fmt: skip


CREW_MEMBER = Actor(name="verpleegkundige", role=Role.NURSE)
BY_CREW: dict[str, Any] = {"at": NOW, "by": CREW_MEMBER.name, "ride_id": RideId("r1")}
RIDE = (
    RideOpened(**BY_CREW, advice_id=AdviceId("a1")),
    DestinationChosen(**BY_CREW, hospital=VELDSTAD, rank=1, outcome=Outcome.WELCOME, expected_at=at(9)),
    Announced(**BY_CREW),
    DestinationProposed(**BY_CREW | {"by": "meldkamer"}, proposal_id=ProposalId("v1"), hospital=OEVERDAM),
)
PLAN = StopPlanned(
    at=NOW,
    by="veldstad",
    plan_id=PlanId("p1"),
    hospital=VELDSTAD,
    department=Department.PCI,
    reason=StopReason.PATIENT_PEAK,
    start=at(2000),
    until=at(2400),
    note="",
)
ENDING = declared("s3", hospital="overkant", department=Department.CTT, until=at(5))
CLOSED = RoadClosed(
    at=NOW,
    by="meldkamer",
    closure_id=ClosureId("c1"),
    shape=ClosureShape.POINT,
    points=(Position(lat=52.1, lon=5.05),),
    start=NOW,
)
DEVICE = Pairing(
    id="d1",
    code_digest=hashlib.sha256(b"K7QMX4TD").hexdigest(),
    crew="amb-12-101",
    device="iPad",
    issued_by="regiomeldkamer",
    issued_at=NOW,
    expires_at=at(10),
)
IDS = {
    "<stop_id>": "s1", "<plan_id>": "p1", "<ride_id>": "r1", "<proposal_id>": "v1", "<advice_id>": "a1",
    "<closure_id>": "c1", "<location_id>": "veldstad", "<service_id>": "veldstad.SEH", "<device_id>": "d1",
    "<int:z>/<int:x>/<int:y>": "8/1/1", "<quarter>": "2026-Q1", "<indicator>": "stops-by-hour",
}  # fmt: skip


LATTICE = Part(packed=b"lattice", media_type="application/octet-stream")
IDS["<name>/<identity>"] = f"grid/{LATTICE.identity}"
APP = an_app(package=lambda: OfflinePackage(parts={"grid": LATTICE}))
"""One application for all: to make its table of routes takes longer than everything else here."""


def a_caller(name: str) -> Caller:
    """Somebody in a region with a stop, a plan and a lapse, and a ride under way to Veldstad with a proposal.

    Who was made before is lost in it.
    """
    world = a_world(
        *all_green(), declared("s1", department=Department.PCI), declared("s2", hospital="overkant"), ENDING, PLAN
    )
    advised = iter(["a1"])
    considered = consider_advice(
        a_case(), actor=CREW_MEMBER, now=NOW, world=replace(world, new_id=lambda: next(advised))
    )
    record_advice(considered, actor=CREW_MEMBER, now=NOW, world=world)
    world.journal.transact(lambda _: (*RIDE, CLOSED))
    world.accounts.add(Account(name="amb-12-101", role=Role.NURSE, region=REGION, created_at=NOW), NO_PASSWORD)
    world.security.pairings.add(DEVICE)
    app = moved(APP, world)
    return with_key(app) if name == SYSTEM else log_in(app, name)


def routes() -> set[tuple[str, str]]:
    """Every method and rule of the interface."""
    return {
        (method, rule.rule.removeprefix(PREFIX))
        for rule in APP.url_map.iter_rules()
        if rule.rule.startswith(PREFIX)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_route_has_a_decision() -> None:
    assert routes() == set(DECISIONS)


@pytest.mark.parametrize("name", ACCOUNTS)
@pytest.mark.parametrize(("method", "rule"), DECISIONS, ids=lambda part: part)
def test_route_lets_in_whom_it_is_for_and_nobody_else(method: str, rule: str, name: str) -> None:
    path = rule
    for placeholder, identity in IDS.items():
        path = path.replace(placeholder, identity)

    answer = a_caller(name).call(method, path, BODIES.get((method, rule)))

    assert (answer.status_code == 403) == (name not in DECISIONS[method, rule])


@pytest.mark.parametrize(("method", "rule"), DECISIONS, ids=lambda part: part)
def test_key_opens_what_it_is_for_and_nothing_else(method: str, rule: str) -> None:
    path = rule
    for placeholder, identity in IDS.items():
        path = path.replace(placeholder, identity)
    anonymous = an_app().test_client().open(f"{PREFIX}{path}", method=method, json={}).status_code

    answer = a_caller(SYSTEM).call(method, path, BODIES.get((method, rule)))

    is_open = anonymous != 401
    assert answer.status_code == 401 or is_open or SYSTEM in DECISIONS[method, rule]
    assert answer.status_code == 200 or SYSTEM not in DECISIONS[method, rule]


def test_every_placeholder_of_a_path_has_an_id() -> None:
    """Otherwise nothing would be there, and what is not there is told to anybody."""
    used = {part.removesuffix(".csv") for _, rule in DECISIONS for part in rule.split("/") if part.startswith("<")}

    assert used <= {part for placeholders in IDS for part in placeholders.split("/")}


@pytest.mark.parametrize(
    ("name", "seen"),
    [("verpleegkundige", ["r1"]), ("collega", []), ("meldkamer", ["r1"]), ("regiomeldkamer", ["r1"]),
     ("buurmeldkamer", []), ("mma", ["r1"]), ("veldstad", ["r1"]), ("oeverdam", []), ("huisarts", []), ("beheer", [])],
)  # fmt: skip
def test_list_of_rides_holds_what_concerns_the_caller(name: str, seen: list[str]) -> None:
    assert [ride["id"] for ride in a_caller(name).get("/rides").get_json()] == seen


def test_list_of_devices_holds_those_of_the_own_region() -> None:
    names = ("meldkamer", "regiomeldkamer", "buurmeldkamer", "beheer")

    listed = {name: [device["id"] for device in a_caller(name).get("/devices").get_json()] for name in names}

    assert listed == {"meldkamer": ["d1"], "regiomeldkamer": ["d1"], "buurmeldkamer": [], "beheer": ["d1"]}


def test_gp_never_sees_a_ride() -> None:
    """Neither in a list nor one by one, nor an advice or an ambulance that comes to somebody."""
    gp = a_caller("huisarts")

    assert gp.get("/rides").get_json() == []
    assert [gp.get(path).status_code for path in ("/rides/r1", "/advice/a1", "/control")] == [403, 403, 403]


def test_every_role_and_both_sides_of_every_border_are_among_the_callers() -> None:
    roles = {account.role for account in ACCOUNTS.values()}

    assert roles == set(Role) - {Role.FEED}
    assert {ACCOUNTS[name].hospital for name in ("veldstad", "oeverdam")} == {VELDSTAD, OEVERDAM}
    assert {ACCOUNTS[name].region for name in DISPATCHERS} == {"", REGION, "MKA Overkant"}
