"""Several processes on one database: each tells its own clients what happened in the others."""

import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from advisor.__main__ import main
from tests.postgresql import running_postgresql
from tests.web.line import HERE, class_of, connected, declare, seh
from tests.web.server import PASSWORD, Server, free_port

pytestmark = pytest.mark.slow

TOLD_BY_HINT_S = 1.0
TOLD_BY_POLLING_S = 2.0


@dataclass
class Pair:
    """Two processes on one database, and the Redis between them, if there is one."""

    one: Server
    other: Server
    redis: "subprocess.Popen[bytes] | None" = None


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Two processes on one SQLite file, without Redis."""
    folder = tmp_path_factory.mktemp("server")
    with Server(folder) as one, Server(folder) as other:
        yield Pair(one, other)


@pytest.fixture(scope="module")
def networked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Two processes on one PostgreSQL, with Redis between them."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed; `make test` installs it")
    port = free_port()
    redis = subprocess.Popen(
        ["redis-server", "--port", str(port), "--save", "", "--bind", "127.0.0.1"], stdout=subprocess.DEVNULL
    )
    try:
        with running_postgresql() as postgresql:
            settings = {
                "UITWIJK_DATABASE_URL": postgresql.new_database("uitwijk"),
                "UITWIJK_REDIS_URL": f"redis://127.0.0.1:{port}/0",
            }
            here, there = tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("there")
            with Server(here, **settings) as one, Server(there, **settings) as other:
                yield Pair(one, other, redis)
    finally:
        redis.kill()
        redis.wait()


@pytest.fixture(params=["embedded", "networked"])
def pair(request: pytest.FixtureRequest) -> Pair:
    """Two processes on one database of either kind."""
    found: Pair = request.getfixturevalue(request.param)
    return found


def tell_of_a_stop(pair: Pair, within_s: float) -> None:
    """Declare a stop in one process, see to it that the other tells its page in time, and end it again."""
    coordinator = pair.one.log_in("olvg-oost")
    with connected(pair.other, "nurse") as nurse:
        nurse.next("board")
        nurse.ask("advice:watch", HERE)
        stop = declare(pair.one, coordinator)
        try:
            delta = nurse.next_where("board:delta", seh, within_s)
            advice = nurse.next_where("advice", lambda advice: class_of(advice) == "divert", within_s)
        finally:
            pair.one.call("POST", f"/stops/{stop['id']}/end", coordinator)

    assert seh(delta)["stop_id"] == stop["id"]
    assert advice["seq"] >= delta["seq"]


def test_stop_that_is_declared_in_another_process_is_told_soon(pair: Pair) -> None:
    tell_of_a_stop(pair, TOLD_BY_HINT_S if pair.redis else TOLD_BY_POLLING_S)


def test_session_that_is_ended_in_another_process_closes_its_line_within_two_seconds(pair: Pair) -> None:
    token = pair.one.log_in("nurse")
    with connected(pair.other, "nurse", token) as nurse:
        nurse.next("board")
        pair.one.call("DELETE", "/session", token)

        nurse.next("disconnect", 2)


def test_stop_that_two_processes_declare_at_once_is_declared_once(pair: Pair) -> None:
    coordinator = pair.one.log_in("olvg-oost")
    until = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    reason = "Piek in aanbod van patiënten (aantal)"
    stop = {"hospital": "olvg-oost", "department": "CCU", "status": "red", "reason": reason, "until": until}

    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(
            lambda which: (pair.one, pair.other)[which % 2].call("POST", "/stops", coordinator, stop), range(8)
        )
        statuses = sorted(answer.status_code for answer in answers)

    assert statuses == [201] + [409] * 7


def test_demonstration_in_two_processes_declares_each_stop_once(pair: Pair) -> None:
    token = pair.one.log_in("nurse")
    boards = [server.call("GET", "/board", token).json()["hospitals"] for server in (pair.one, pair.other)]

    running = [
        {state["stop_id"] for shown in board for state in shown["departments"].values() if state["stop_id"]}
        for board in boards
    ]
    assert running[0] == running[1]


def paired_device(pair: Pair, crew: str) -> tuple[str, str]:
    """Pair a device of a crew in one process; returns its token and its id."""
    dispatcher = pair.one.log_in("dispatcher")
    issued = pair.one.call("POST", "/devices", dispatcher, {"crew": crew, "device": "iPad"}).json()
    opened = pair.other.call("POST", "/session/pair", "", {"code": issued["code"]})
    return opened.json()["token"], issued["id"]


def test_device_that_is_ended_in_another_process_closes_its_line_within_two_seconds(pair: Pair) -> None:
    token, device = paired_device(pair, "amb-12-101")
    with connected(pair.other, "nurse", token) as crew:
        crew.next("board")
        pair.one.call("DELETE", f"/devices/{device}", pair.one.log_in("dispatcher"))

        crew.next("disconnect", 2)


def test_account_that_is_disabled_on_the_command_line_loses_its_lines_within_two_seconds(embedded: Pair) -> None:
    token, _ = paired_device(embedded, "amb-12-102")
    with connected(embedded.one, "nurse", token) as here, connected(embedded.other, "nurse", token) as there:
        for line in (here, there):
            line.next("board")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("UITWIJK_DEMO", "1")
            patch.setenv("UITWIJK_VAR", str(embedded.one.folder))
            assert main(["user", "disable", "amb-12-102"]) == 0

        for line in (here, there):
            line.next("disconnect", 2)


def test_code_of_a_device_is_good_once_also_when_two_processes_get_it_at_once(pair: Pair) -> None:
    dispatcher = pair.one.log_in("dispatcher")
    code = pair.one.call("POST", "/devices", dispatcher, {"crew": "amb-12-103", "device": "iPad"}).json()["code"]

    with ThreadPoolExecutor(6) as pool:
        answers = pool.map(
            lambda which: (pair.one, pair.other)[which % 2].call("POST", "/session/pair", "", {"code": code}), range(6)
        )
        statuses = sorted(answer.status_code for answer in answers)

    assert statuses == [200] + [401] * 5


def test_who_guesses_in_two_processes_is_stopped_in_both(networked: Pair) -> None:
    wrong = {"username": "gp", "password": "geraden"}
    for number in range(8):
        (networked.one, networked.other)[number % 2].call("POST", "/session", "", wrong)

    right = {"username": "gp", "password": PASSWORD}
    statuses = [server.call("POST", "/session", "", right).status_code for server in (networked.one, networked.other)]

    assert statuses == [429, 429]


def test_without_redis_the_processes_still_agree_and_everything_works(networked: Pair) -> None:
    assert networked.redis is not None
    networked.redis.kill()

    tell_of_a_stop(networked, TOLD_BY_POLLING_S)


def test_log_in_and_advice_do_without_redis(networked: Pair) -> None:
    assert networked.redis is not None
    networked.redis.kill()
    networked.redis.wait()

    token = networked.other.log_in("nurse")

    assert networked.other.call("POST", "/advice", token, HERE).status_code == 200
