"""The figures for Prometheus: readable, right, and without anything about a patient or a person."""

from dataclasses import replace

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from advisor.services.ports import JournalUnavailable
from advisor.web.context import EXTENSION, LINE
from tests.web.apps import an_app, log_in
from tests.world import a_world, all_green, at, declared

HERE = {"position": {"lat": 52.1234, "lon": 5.0432}, "suspicion": "stroke", "abcd": "unstable"}
SECRET = "t" * 40


class FakeLine:
    """A live line with three clients that is two facts behind."""

    def __init__(self, followed: int) -> None:
        self._followed = followed

    def figures(self) -> dict[str, int]:
        return {"sockets": 3, "watches": 2, "followed": self._followed}


class NoJournal:
    """A journal that is out of reach."""

    epoch = "e"

    def head(self) -> int:
        raise JournalUnavailable("the database does not answer")


def text_of(app: Flask) -> str:
    answer = app.test_client().get("/metrics")
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    return answer.get_data(as_text=True)


def figure(app: Flask, name: str, **labels: str) -> float | None:
    """One figure, None when there is none."""
    for family in text_string_to_metric_families(text_of(app)):
        for sample in family.samples:
            if sample.name == name and labels.items() <= sample.labels.items():
                return float(sample.value)
    return None


def test_given_advice_is_timed_and_its_classes_are_counted() -> None:
    app = an_app(*all_green(), declared())
    advice = log_in(app, "verpleegkundige").post("/advice", HERE).get_json()

    classes = [option["class"] for option in advice["options"]]

    assert figure(app, "uitwijk_advice_seconds_count", way="http") == 1
    assert {found: figure(app, "uitwijk_advice_options_total", **{"class": found}) for found in classes} == {
        found: classes.count(found) for found in classes
    }


def test_refused_question_is_no_advice() -> None:
    app = an_app(*all_green())
    log_in(app, "huisarts").post("/advice", HERE)

    assert figure(app, "uitwijk_advice_seconds_count", way="http") is None


def test_journal_and_live_line_are_told() -> None:
    app = an_app(*all_green(), declared())
    head = app.extensions[EXTENSION].world.journal.head()
    app.extensions[LINE] = FakeLine(head - 2)

    told = {name: figure(app, f"uitwijk_{name}") for name in ("journal_head", "journal_lag", "sockets", "watches")}

    assert told == {"journal_head": head, "journal_lag": 2, "sockets": 3, "watches": 2}


def test_age_of_each_feed_is_told() -> None:
    assert figure(an_app(*all_green(at(-3))), "uitwijk_feed_age_seconds", source="lpz") == 180


def test_departments_are_counted_by_what_holds_for_them() -> None:
    app = an_app(*all_green(), declared())

    assert figure(app, "uitwijk_departments", department="SEH", status="red") == 1


def test_requests_are_counted_by_their_route() -> None:
    app = an_app()
    caller = log_in(app, "mma")
    for _ in range(2):
        caller.get("/advice/none")
    caller.client.get("/geheim/52.1234,5.0432")

    route = "/api/v1/advice/<advice_id>"
    assert figure(app, "uitwijk_http_request_seconds_count", route=route, status="404") == 2
    assert figure(app, "uitwijk_http_request_seconds_count", route="(none)", status="404") == 1


def test_figures_hold_no_position_no_patient_fact_and_no_name() -> None:
    app = an_app(*all_green())
    log_in(app, "verpleegkundige").post("/advice", HERE)
    log_in(app, "verpleegkundige").get("/network/route?from=52.1234,5.0432&hospital=veldstad")

    assert not [word for word in ("52.12", "5.04", "stroke", "unstable", "verpleegkundige") if word in text_of(app)]


def test_without_a_journal_the_other_figures_are_told() -> None:
    world = replace(a_world(), journal=NoJournal())  # type: ignore[arg-type]
    app = an_app(world=world)
    app.extensions[LINE] = FakeLine(0)

    assert (figure(app, "uitwijk_journal_up"), figure(app, "uitwijk_sockets")) == (0, 3)


@pytest.mark.parametrize(("given", "status"), [("", 401), ("Bearer wrong", 401), (f"Bearer {SECRET}", 200)])
def test_operator_may_keep_the_figures_to_who_has_the_token(given: str, status: int) -> None:
    client = an_app(metrics_token=SECRET).test_client()

    assert client.get("/metrics", headers={"Authorization": given}).status_code == status
