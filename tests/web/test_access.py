"""Who may do what: every route has a decision for every role, a new one without a decision fails."""

from typing import Any

import pytest

from tests.web.apps import ACCOUNTS, Caller, an_app, log_in
from tests.world import all_green, declared

PREFIX = "/api/v1"
EVERYBODY = set(ACCOUNTS)
ADVISED = EVERYBODY - {"huisarts"}
OWN_HOSPITAL = {"veldstad", "beheer"}

DECISIONS: dict[tuple[str, str], set[str]] = {
    ("POST", "/session"): EVERYBODY,
    ("DELETE", "/session"): EVERYBODY,
    ("GET", "/me"): EVERYBODY,
    ("GET", "/protocol"): EVERYBODY,
    ("GET", "/hospitals"): EVERYBODY,
    ("GET", "/board"): EVERYBODY,
    ("POST", "/stops"): OWN_HOSPITAL,
    ("POST", "/stops/<stop_id>/extend"): OWN_HOSPITAL,
    ("POST", "/stops/<stop_id>/end"): OWN_HOSPITAL,
    ("POST", "/plans"): OWN_HOSPITAL,
    ("DELETE", "/plans/<plan_id>"): EVERYBODY,  # none is there: what is not there is told to anybody
    ("POST", "/lapses"): {"buurmeldkamer", "meldkamer"},
    ("POST", "/advice"): ADVISED,
    ("GET", "/advice/<advice_id>"): ADVISED,
    ("GET", "/advice/<advice_id>/replay"): ADVISED,
    ("GET", "/network/map"): EVERYBODY,
    ("GET", "/network/tiles/<int:z>/<int:x>/<int:y>"): EVERYBODY,
    ("GET", "/network/route"): EVERYBODY,
    ("GET", "/places"): EVERYBODY,
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
    ("POST", "/advice"): {"position": {"lat": 52.1, "lon": 5.0}},
}  # fmt: skip


def a_caller(name: str) -> Caller:
    """Somebody in a region where a stop runs at the own hospital and everything across the river is closed."""
    app = an_app(*all_green(), declared("s1"), declared("s2", hospital="overkant"))
    return log_in(app, name)


def routes() -> set[tuple[str, str]]:
    """Every method and rule of the interface."""
    return {
        (method, rule.rule.removeprefix(PREFIX))
        for rule in an_app().url_map.iter_rules()
        if rule.rule.startswith(PREFIX)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_route_has_a_decision() -> None:
    assert routes() == set(DECISIONS)


@pytest.mark.parametrize("name", ACCOUNTS)
@pytest.mark.parametrize(("method", "rule"), DECISIONS, ids=lambda part: part)
def test_route_lets_in_whom_it_is_for_and_nobody_else(method: str, rule: str, name: str) -> None:
    path = rule.replace("<stop_id>", "s1").replace("<int:z>/<int:x>/<int:y>", "8/1/1").replace("<", "").replace(">", "")

    answer = a_caller(name).call(method, path, BODIES.get((method, rule)))

    assert (answer.status_code == 403) == (name not in DECISIONS[method, rule])
