"""Who asks too often has to wait, is told how long, and holds up nobody else."""

from flask import Flask
from werkzeug.test import TestResponse

from advisor.store.counts import MemoryCounts
from advisor.web.limits import RateLimit
from advisor.web.throttle import Throttle, make_throttle
from tests.web.apps import PASSWORD, Caller, an_app, log_in
from tests.world import all_green

HERE = {"position": {"lat": 52.1, "lon": 5.0}}
WRONG = {"username": "verpleegkundige", "password": "geraden"}
RIGHT = {"username": "verpleegkundige", "password": PASSWORD}
HOME, ELSEWHERE = "192.0.2.1", "198.51.100.7"


def a_strict_app(most: int = 2) -> Flask:
    """An application in which so many advices a minute are enough."""
    return an_app(*all_green(), throttle=make_throttle(most, MemoryCounts()))


def asked(caller: Caller, times: int) -> TestResponse:
    """Ask for advice several times and return the last answer."""
    for _ in range(times - 1):
        caller.post("/advice", HERE)
    return caller.post("/advice", HERE)


def try_to_log_in(app: Flask, who: dict[str, str], times: int = 1, address: str = HOME) -> TestResponse:
    """Try to log in several times from an address and return the last answer."""
    client = app.test_client(use_cookies=False)
    for _ in range(times - 1):
        client.post("/api/v1/session", json=who, environ_base={"REMOTE_ADDR": address})
    return client.post("/api/v1/session", json=who, environ_base={"REMOTE_ADDR": address})


def test_account_that_asks_too_often_is_told_how_long_to_wait() -> None:
    answer = asked(log_in(a_strict_app(), "verpleegkundige"), 3)

    assert (answer.status_code, answer.get_json()["type"]) == (429, "urn:uitwijk:problem:too-many-requests")
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_refused_question_leaves_no_trace() -> None:
    app = a_strict_app()
    caller = log_in(app, "verpleegkundige")
    asked(caller, 2)
    world = app.extensions["uitwijk"].world
    before = world.journal.head()

    asked(caller, 1)

    assert world.journal.head() == before


def test_other_accounts_ask_on() -> None:
    app = a_strict_app()
    asked(log_in(app, "verpleegkundige"), 3)

    assert asked(log_in(app, "collega"), 1).status_code == 200


def test_working_an_advice_out_again_counts_too() -> None:
    caller = log_in(a_strict_app(), "mma")
    advice = asked(caller, 2).get_json()["id"]

    assert caller.get(f"/advice/{advice}/replay").status_code == 429
    assert caller.get(f"/advice/{advice}").status_code == 200


def test_limit_can_be_taken_away() -> None:
    assert make_throttle(0, MemoryCounts()).advice is None


def test_flood_of_log_ins_waits_some_seconds_and_only_where_it_comes_from() -> None:
    app = an_app(throttle=Throttle(log_ins=RateLimit(most=3, window_s=10)))

    flooding = try_to_log_in(app, RIGHT, times=4)

    assert (flooding.status_code, int(flooding.headers["Retry-After"]) <= 10) == (429, True)
    assert try_to_log_in(app, RIGHT, address=ELSEWHERE).status_code == 200


def test_guessing_elsewhere_does_not_lock_the_owner_out() -> None:
    app = an_app()

    assert try_to_log_in(app, WRONG, times=30, address=ELSEWHERE).status_code == 429
    assert try_to_log_in(app, RIGHT).status_code == 200


def test_guessing_at_one_name_does_not_lock_a_colleague_at_the_same_address_out() -> None:
    app = an_app()
    try_to_log_in(app, WRONG, times=30)

    assert try_to_log_in(app, {**RIGHT, "username": "collega"}).status_code == 200


def test_address_that_a_client_makes_up_does_not_help_it() -> None:
    app = an_app()
    client = app.test_client(use_cookies=False)
    answers = [
        client.post("/api/v1/session", json=WRONG, headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code
        for number in range(10)
    ]

    assert answers[-1] == 429
