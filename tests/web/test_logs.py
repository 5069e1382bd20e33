"""The log: lines of JSON, and nothing in them about where somebody is or what a patient has."""

import io
import logging
import sys
from collections.abc import Iterator

import orjson
import pytest

from advisor.web.logs import REQUESTS, JsonLines, Text, set_up_logging
from tests.web.apps import an_app, log_in
from tests.world import all_green

HERE = {"position": {"lat": 52.1234, "lon": 5.0432}, "suspicion": "stroke", "abcd": "unstable"}
PRIVATE = ("52.12", "5.04", "stroke", "unstable")


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged, as JSON."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel("DEBUG")
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def told(lines: io.StringIO) -> str:
    """What the lines tell, but for when it was and how long it took: any number may stand there by chance."""
    read = [orjson.loads(line) for line in lines.getvalue().splitlines()]
    return str([{name: said for name, said in line.items() if name not in ("time", "ms")} for line in read])


def a_failure(form: logging.Formatter) -> str:
    """An unforeseen error that quotes a position, as it is logged."""
    try:
        _fail(KeyError("lat 52.1234 lon 5.0432"))
    except KeyError:
        record = logging.LogRecord("advisor.x", logging.ERROR, __file__, 1, "unforeseen", (), sys.exc_info())
    return form.format(record)


def _fail(error: Exception) -> None:
    raise error


def test_request_is_one_line_with_its_route_status_and_duration(lines: io.StringIO) -> None:
    log_in(an_app(*all_green()), "verpleegkundige").get("/board")

    line = [line for line in map(orjson.loads, lines.getvalue().splitlines()) if line["logger"] == REQUESTS][-1]

    assert line.items() >= {"method": "GET", "route": "/api/v1/board", "status": 200, "role": "nurse"}.items()
    assert (line["level"], line["ms"] >= 0, line["time"][-6:]) == ("INFO", True, "+00:00")


def test_log_holds_no_position_and_no_patient_fact(lines: io.StringIO) -> None:
    caller = log_in(an_app(*all_green()), "verpleegkundige")
    caller.post("/advice", HERE)
    caller.post("/advice", {**HERE, "position": {"lat": 5.0432, "lon": 52.1234}})
    caller.get("/network/route?from=52.1234,5.0432&hospital=veldstad")
    caller.get("/places?q=52.1234,5.0432")
    caller.client.get("/geheim/52.1234,5.0432")

    assert lines.getvalue().count("\n") >= 6
    assert not [word for word in PRIVATE if word in told(lines)]


def test_bug_is_logged_without_what_was_sent(lines: io.StringIO) -> None:
    app = an_app(*all_green())

    @app.post("/trap")
    def trap() -> str:
        raise ValueError("cannot use 52.1234")

    app.test_client().post("/trap", json=HERE)

    assert "ValueError" in lines.getvalue()
    assert not [word for word in PRIVATE if word in told(lines)]


@pytest.mark.parametrize("form", [JsonLines(), Text("%(message)s")], ids=["json", "text"])
def test_unforeseen_error_is_told_by_kind_and_place_alone(form: logging.Formatter) -> None:
    logged = a_failure(form)

    assert "KeyError" in logged
    assert "test_logs.py" in logged
    assert "52.12" not in logged


def test_error_that_led_to_another_is_told_too() -> None:
    try:
        try:
            _fail(KeyError("first"))
        except KeyError as error:
            raise ValueError("second") from error
    except ValueError:
        record = logging.LogRecord("advisor.x", logging.ERROR, __file__, 1, "unforeseen", (), sys.exc_info())

    logged = Text("%(message)s").format(record)

    assert logged.index("KeyError") < logged.index("ValueError")


@pytest.mark.parametrize(("form", "shown"), [("json", True), ("text", False)])
def test_requests_are_logged_for_programs_alone(form: str, *, shown: bool) -> None:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    try:
        set_up_logging("INFO", form)
        assert logging.getLogger(REQUESTS).isEnabledFor(logging.INFO) is shown
    finally:
        root.handlers[:], _ = before
        root.setLevel(before[1])
        logging.getLogger(REQUESTS).setLevel("NOTSET")
