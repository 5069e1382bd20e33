"""Sources of a server that really runs: asked beside the requests, and pushed to with a key."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
import requests

from advisor.__main__ import main
from tests.feeds.lpz_files import FILE
from tests.feeds.stand_in import StandIn, a_stand_in
from tests.web.server import Server

LPZ = FILE.replace('"veldstad"', '"olvg-oost"').replace('"oeverdam"', '"olvg-west"').replace('"hogeberg"', '"bovenij"')


@pytest.fixture(scope="module")
def source() -> Iterator[StandIn]:
    with a_stand_in() as stand_in:
        departments = [{"afdeling": "SEH", "status": "Gesloten wegens calamiteit"}]
        stand_in.body = orjson.dumps([{"oid": "1.1", "beschikbaarheid": departments}])
        yield stand_in


@pytest.fixture(scope="module")
def server(source: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("sources")
    feeds = folder / "feeds.toml"
    address = "https://lpz.example/api/external/organization/status"
    feeds.write_text(LPZ.replace(address, source.address), encoding="utf-8")
    with Server(folder, UITWIJK_FEEDS=str(feeds), UITWIJK_LPZ_TOKEN="rav:0123456789") as running:
        yield running


def eventually(look: Callable[[], Any]) -> Any:
    """Return what `look` sees as soon as that is something."""
    deadline = time.monotonic() + 20
    while not (seen := look()):
        if time.monotonic() > deadline:
            raise AssertionError("it did not come")
        time.sleep(0.1)
    return seen


def seh(server: Server, token: str, hospital: str) -> dict[str, Any]:
    [found] = [
        each["departments"]["SEH"]
        for each in server.call("GET", "/board", token).json()["hospitals"]
        if each["id"] == hospital
    ]
    return dict(found)


def test_status_of_lpz_comes_onto_the_board(server: Server, source: StandIn) -> None:
    token = server.log_in("dispatcher")

    shown = eventually(lambda: (each := seh(server, token, "olvg-oost"))["source"] == "lpz" and each)

    assert (shown["status"], source.asked[0]["x-auth-token"]) == ("calamity", "rav:0123456789")


def test_hospital_that_lpz_leaves_out_is_an_alarm_on_the_board(server: Server) -> None:
    token = server.log_in("dispatcher")

    def alarms() -> list[str]:
        notices = server.call("GET", "/board", token).json()["notices"]
        return [each["text"] for each in notices if each["code"] == "feed_missing_location"]

    assert "olvg-west" in eventually(alarms)[0]


def test_key_of_the_command_line_opens_the_running_server(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("UITWIJK_VAR", str(server.folder))
    monkeypatch.setenv("UITWIJK_DEMO", "1")
    main(["key", "add", "epd", "--scope", "stops"])
    key = capsys.readouterr().out.splitlines()[-1]
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    body = {"statuses": [{"hospital": "rkz", "said_at": now, "departments": {"CCU": {"status": "red"}}}]}

    answer = requests.post(f"{server.address}/api/v1/feeds/stops", json=body, headers={"X-API-Key": key}, timeout=10)

    assert (answer.status_code, answer.json()["changed"]) == (200, 1)
