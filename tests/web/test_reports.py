"""Reports over HTTP: what is asked, who gets it, and the same as CSV."""

import csv
import io
from typing import Any

import pytest
from flask import Flask

from tests.web.apps import Caller, an_app, log_in, moved
from tests.world import a_world, all_green, at, declared, extended

HERE = {"position": {"lat": 52.1, "lon": 5.0}}
DAY = "from=2026-03-10&to=2026-03-10"

APP = an_app()
"""One application for all: to make its table of routes takes longer than a test."""


@pytest.fixture
def app() -> Flask:
    return moved(APP, a_world(*all_green(), declared(), extended(when=at(100), until=at(150))))


@pytest.fixture
def mma(app: Flask) -> Caller:
    return log_in(app, "mma")


def lines(caller: Caller, path: str) -> list[list[str]]:
    """A table in CSV; the file that it is offered as has to be named."""
    answer = caller.get(path)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.reader(io.StringIO(answer.get_data(as_text=True))))


def deviate(app: Flask, reason: str) -> str:
    """Go to the second of the advice, and return the ride."""
    crew = log_in(app, "verpleegkundige")
    ride = crew.post("/rides", {"advice": crew.post("/advice", HERE).get_json()["id"]}).get_json()["id"]
    assert crew.post(f"/rides/{ride}/choose", {"hospital": "hogeberg", "reason": reason}).status_code == 200
    return str(ride)


def test_quarter_has_its_three_tables_and_the_caveat(mma: Caller) -> None:
    document = mma.get("/reports/quarter/2026-Q1").get_json()

    assert [(table["number"], table["id"]) for table in document["tables"]] == [(1, "1"), (2, "2"), (3, "3")]
    assert set(document["caveat"]) == {"nl", "en"}
    assert document["complete"] is False


def test_figures_per_hospital_are_for_mma_and_admin(app: Flask) -> None:
    told = {
        name: log_in(app, name).get("/reports/quarter/2026-Q1").get_json()["hospitals"] is not None
        for name in ("mma", "beheer", "meldkamer", "regiomeldkamer")
    }

    assert told == {"mma": True, "beheer": True, "meldkamer": False, "regiomeldkamer": False}


def test_dispatcher_gets_no_table_per_hospital_as_csv_either(app: Flask) -> None:
    dispatcher = log_in(app, "meldkamer")

    assert dispatcher.get("/reports/quarter/2026-Q1.csv?table=hospitals").status_code == 403
    assert "eldstad" not in dispatcher.get("/reports/quarter/2026-Q1.csv").get_data(as_text=True)


def test_tables_stand_one_under_the_other_as_csv(mma: Caller) -> None:
    table = lines(mma, "/reports/quarter/2026-Q1.csv")

    titles = [line[0] for line in table if len(line) == 1]
    assert [title.split(".")[0] for title in titles] == ["Tabel 1", "Tabel 2", "Tabel 3"]
    assert ["Verzinregio", "3", "1", "0"] in table


@pytest.mark.parametrize(("table", "head"), [("1", "ROAZ region"), ("hospitals", "Hospital")])
def test_one_table_comes_alone_in_the_language_that_is_asked_for(mma: Caller, table: str, head: str) -> None:
    assert lines(mma, f"/reports/quarter/2026-Q1.csv?table={table}&lang=en")[0][0] == head


def test_indicators_come_with_their_definitions(mma: Caller) -> None:
    document = mma.get(f"/reports/indicators?{DAY}").get_json()

    assert (document["from"], document["to"], document["region"]) == ("2026-03-10", "2026-03-10", None)
    assert len(document["indicators"]) == 10
    assert all(each["definition"]["nl"] and each["definition"]["en"] for each in document["indicators"])


def test_table_of_an_indicator_is_the_same_as_csv(mma: Caller) -> None:
    document = mma.get(f"/reports/indicators?{DAY}").get_json()
    [found] = [each for each in document["indicators"] if each["id"] == "minutes-per-region"]

    table = lines(mma, f"/reports/indicators/minutes-per-region.csv?{DAY}")

    assert table[0] == [column["nl"] for column in found["table"]["columns"]]
    assert table[1:] == [[str(cell) for cell in row] for row in found["table"]["rows"]]


def test_indicator_that_is_none_is_not_found(mma: Caller) -> None:
    assert mma.get("/reports/indicators/geluk.csv").status_code == 404


def test_list_is_the_same_as_csv(app: Flask, mma: Caller) -> None:
    ride = deviate(app, "familie")

    listed = mma.get(f"/reports/events?kind=deviations&{DAY}").get_json()
    table = lines(mma, f"/reports/events.csv?kind=deviations&{DAY}")

    assert [row[1] for row in listed["rows"]] == [ride]
    assert table[1][1:4] == [ride, "Oeverdam", "Hogeberg UMC"]


def test_text_of_a_crew_never_becomes_a_formula(app: Flask, mma: Caller) -> None:
    deviate(app, "=1+1")

    assert "'=1+1" in lines(mma, f"/reports/events.csv?kind=deviations&{DAY}")[1]


def test_crew_sees_who_read_of_its_ride(app: Flask, mma: Caller) -> None:
    ride = deviate(app, "familie")
    mma.get(f"/reports/events?kind=deviations&{DAY}")

    seen: list[dict[str, Any]] = log_in(app, "verpleegkundige").get("/me/access").get_json()["lines"]

    assert [(line["user"], line["object"]) for line in seen if line["event"] == "reportedEvents"] == [("mma", ride)]


def test_reading_of_a_report_is_written_down(app: Flask, mma: Caller) -> None:
    mma.get("/reports/quarter/2026-Q1")

    logged: list[dict[str, Any]] = mma.get("/me/access").get_json()["lines"]

    assert [line["object"] for line in logged if line["event"] == "quarter"] == ["2026-Q1"]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/reports/quarter/2026-Q7", "quarter"),
        ("/reports/quarter/2026-Q2", "quarter"),
        ("/reports/quarter/2026-Q1.csv?table=4", "table"),
        ("/reports/quarter/2026-Q1.csv?lang=fy", "lang"),
        ("/reports/indicators?from=2026-03-11&to=2026-03-10", "from"),
        ("/reports/indicators?from=2025-01-01&to=2026-03-10", "from"),
        ("/reports/indicators?from=2026-02-30", "from"),
        ("/reports/indicators?from=gisteren", "from"),
        ("/reports/indicators?to=3026-02-03", "to"),
        ("/reports/indicators?region=Nergens", "region"),
        ("/reports/indicators?hospital=nergens", "hospital"),
        ("/reports/indicators?jaar=2026", "jaar"),
        ("/reports/events", "kind"),
        ("/reports/events?kind=alles", "kind"),
    ],
)
def test_mistakes_are_told_in_dutch(mma: Caller, path: str, field: str) -> None:
    answer = mma.get(path)

    assert answer.status_code == 422
    [error] = answer.get_json()["errors"]
    assert error["field"] == field
    assert error["message"] != error["message_en"]
