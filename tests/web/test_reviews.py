"""The queue of reviews and its table over HTTP."""

import csv
import io
from typing import Any

import pytest
from flask import Flask

from tests.web.apps import Caller, an_app, log_in
from tests.web.test_rides import errors
from tests.world import all_green

HERE = {"position": {"lat": 52.1, "lon": 5.0}}


@pytest.fixture
def app() -> Flask:
    return an_app(*all_green())


def deviate(app: Flask, reason: str = "familie") -> str:
    """Go to the second of the advice, and return the ride."""
    crew = log_in(app, "verpleegkundige")
    ride = crew.post("/rides", {"advice": crew.post("/advice", HERE).get_json()["id"]}).get_json()["id"]
    assert crew.post(f"/rides/{ride}/choose", {"hospital": "oeverdam", "reason": reason}).status_code == 200
    return str(ride)


def queue(caller: Caller, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = caller.get(f"/reviews?until=2026-03-10T15:00:00Z{query}").get_json()["items"]
    return found


def test_deviation_stands_in_the_queue_until_it_is_reviewed(app: Flask) -> None:
    ride, mma = deviate(app), log_in(app, "mma")
    before = queue(mma, "&state=open")

    mma.post("/reviews", {"ride": ride, "verdict": "discuss", "note": "waarom?"})

    assert [(each["id"], each["kinds"], each["first"]) for each in before] == [(ride, ["deviation"], "veldstad")]
    assert queue(mma, "&state=open") == []
    assert [each["reviews"][0]["note"] for each in queue(mma, "&state=discuss")] == ["waarom?"]


def test_table_has_a_row_for_each_with_names(app: Flask) -> None:
    deviate(app)

    answer = log_in(app, "mma").get("/reviews.csv?until=2026-03-10T15:00:00Z")

    [row] = csv.DictReader(io.StringIO(answer.get_data(as_text=True)))
    assert (row["rank"], row["reason"], row["state"], row["crew"]) == ("2", "familie", "open", "verpleegkundige")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_text_of_a_crew_never_becomes_a_formula(app: Flask) -> None:
    deviate(app, "=1+1")

    [row] = csv.DictReader(io.StringIO(log_in(app, "mma").get("/reviews.csv?until=2026-03-10T15:00:00Z").text))

    assert row["reason"] == "'=1+1"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=gisteren", "from"),
        ("from=2026-03-10T15:00:00Z&until=2026-03-10T15:00:00Z", "from"),
        ("from=2025-03-10T15:00:00Z&until=2026-03-10T15:00:00Z", "from"),
        ("kind=best", "kind"),
        ("state=done", "state"),
        ("crew=x", "crew"),
    ],
)
def test_question_that_makes_no_sense_is_told(app: Flask, query: str, field: str) -> None:
    assert errors(log_in(app, "mma").get(f"/reviews?{query}")) == [field]
