"""The published tables: the form in which they are given out, and who sees single hospitals."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from advisor.bootstrap.material import load_registry
from advisor.journal.events import FeedHeard, ReportedState
from advisor.kernel import Department, InvalidInput, Status
from advisor.reports.lnaz import ROAZ_REGIONS
from advisor.services.access import Forbidden
from advisor.services.reporting import quarter_document
from advisor.services.sheets import Sheet
from tests.reports.desk import LATER, quarter
from tests.world import (
    ADMIN,
    COORDINATOR,
    DISPATCHER,
    FEED,
    GP,
    MMA,
    NOW,
    NURSE,
    OVERKANT,
    VELDSTAD,
    a_world,
    all_green,
    at,
    declared,
    ended,
    heard,
    reported,
)

A_YEAR_AGO = heard(when=NOW - timedelta(days=400))
"""A first fact from before all quarters that are shown."""


def row_of(sheet: Sheet, region: str) -> list[object]:
    [row] = [row for row in sheet.rows if row[0] == region]
    return list(row[1:])


def test_red_stops_of_the_seh_are_counted_per_region() -> None:
    facts = (A_YEAR_AGO, declared("s1"), declared("s2", hospital=OVERKANT), declared("s3", department=Department.PCI))

    first, counts, lasted = quarter(a_world(*facts)).tables

    assert row_of(first, "Verzinregio") == [3, 1, 120]
    assert row_of(first, "Overkant") == [1, 1, 120]
    assert row_of(counts, "Verzinregio") == [0, 0, 0, 1]
    assert row_of(lasted, "Verzinregio") == [0, 0, 0, 120]


def test_regions_stand_in_the_published_order_also_without_stops() -> None:
    tables = quarter(a_world(A_YEAR_AGO)).tables

    assert [row[0] for row in tables[1].rows] == list(ROAZ_REGIONS)
    assert [row[1:] for row in tables[1].rows] == [(0, 0, 0, 0)] * 10


def test_history_goes_back_over_a_year_of_quarters() -> None:
    last = NOW - timedelta(days=90)

    counts = quarter(a_world(A_YEAR_AGO, declared(when=last))).tables[1]

    assert [column.nl for column in counts.columns] == ["ROAZ-regio", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"]
    assert row_of(counts, "Verzinregio") == [0, 0, 1, 0]


def test_stop_that_a_source_told_of_counts_too() -> None:
    red = replace(reported(), departments={Department.SEH: ReportedState(status=Status.RED, until=at(45))})

    assert row_of(quarter(a_world(A_YEAR_AGO, red)).tables[0], "Verzinregio") == [3, 1, 45]


def test_running_stop_counts_until_now() -> None:
    report = quarter(a_world(A_YEAR_AGO, declared()), now=at(30))

    assert row_of(report.tables[0], "Verzinregio") == [3, 1, 30]
    assert not report.complete


def test_quarter_is_complete_once_it_is_over() -> None:
    report = quarter(a_world(A_YEAR_AGO, declared()), now=datetime(2026, 4, 1, tzinfo=UTC))

    assert report.complete


def test_stop_ended_after_the_quarter_is_split_between_two() -> None:
    evening = datetime(2026, 3, 31, 21, 30, tzinfo=UTC)  # half an hour before local midnight
    world = a_world(A_YEAR_AGO, declared(when=evening), ended(when=evening + timedelta(hours=1)))
    afterwards = evening + timedelta(days=30)

    assert row_of(quarter(world, now=afterwards).tables[0], "Verzinregio") == [3, 1, 30]
    assert row_of(quarter(world, "2026-Q2", now=afterwards).tables[0], "Verzinregio") == [3, 0, 30]


def test_what_was_before_the_first_fact_is_unknown_and_not_none() -> None:
    report = quarter(a_world(declared()))

    assert row_of(report.tables[1], "Verzinregio") == [None, None, None, 1]
    assert "beginnen op 10 maart 2026" in report.caveat.nl
    assert "begin on 10 March 2026" in report.caveat.en


def test_journal_without_facts_gives_no_counts() -> None:
    report = quarter(a_world())

    assert {cell for row in report.tables[1].rows for cell in row[1:]} == {None}
    assert "nog geen feiten" in report.caveat.nl


def test_caveat_of_known_quarters_says_nothing_of_a_beginning() -> None:
    assert "beginnen" not in quarter(a_world(A_YEAR_AGO)).caveat.nl


@pytest.mark.parametrize("actor", [MMA, ADMIN])
def test_hospitals_are_told_to_who_talks_with_them(actor: Any) -> None:
    report = quarter(a_world(A_YEAR_AGO, declared()), actor=actor)

    assert report.hospitals is not None
    assert report.hospitals.rows == (("Veldstad", "Verzinregio", 1, 120),)


def test_dispatcher_sees_regions_and_no_hospital() -> None:
    document = quarter_document(quarter(a_world(A_YEAR_AGO, declared()), actor=DISPATCHER))

    assert document["hospitals"] is None
    assert "eldstad" not in json.dumps(document)


@pytest.mark.parametrize("actor", [NURSE, COORDINATOR, GP, FEED], ids=lambda actor: actor.role)
def test_others_see_nothing(actor: Any) -> None:
    with pytest.raises(Forbidden):
        quarter(a_world(), actor=actor)


@pytest.mark.parametrize("name", ["2026-Q5", "0000-Q1", "1999-Q4", "vorig"])
def test_quarter_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="quarter"):
        quarter(a_world(), name)


def test_quarter_that_has_not_begun_is_refused() -> None:
    with pytest.raises(InvalidInput, match="has not begun"):
        quarter(a_world(), "2026-Q2")


def test_tables_have_the_published_titles_heads_and_regions() -> None:
    """Compared with a published report where that is at hand; the counts of sites are those of our own registry."""
    published = published_tables()
    world = replace(
        a_world(FeedHeard(at=datetime(2024, 1, 1, tzinfo=UTC), by="x", source="x")), registry=load_registry(None)
    )
    tables = quarter(world, "2025-Q2", now=LATER).tables

    for sheet, name in zip(tables, ("tabel_1", "tabel_2", "tabel_3"), strict=True):
        assert sheet.title.nl == published[name]["titel"]
        assert [row[0] for row in sheet.rows] == [row[0] for row in published[name]["rijen"]]
        heads = [column.nl for column in sheet.columns]
        assert [head.split(" (peildatum")[0] for head in heads] == [
            head.split(" (peildatum")[0] for head in published[name]["kolommen"]
        ]


def test_stop_of_every_region_of_the_registry_falls_in_a_published_region() -> None:
    registry = load_registry(None)
    sites = {hospital.roaz: hospital.id for hospital in registry}
    stops = [declared(f"s{number}", hospital=site) for number, site in enumerate(sites.values())]

    first = quarter(replace(a_world(A_YEAR_AGO, *stops), registry=registry)).tables[0]

    assert [row[2] for row in first.rows] == [1] * 10
    assert sum(row[1] for row in first.rows if isinstance(row[1], int)) == len(registry)


def published_tables() -> dict[str, Any]:
    shared = Path(os.environ.get("UITWIJK_SHARED", "../shared"))
    file = shared / "cases" / "report.json"
    if not file.exists():
        pytest.skip(f"no published tables at {file}; set UITWIJK_SHARED")
    tables: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["lnaz_tables"]
    return tables


def test_english_and_dutch_are_both_complete() -> None:
    report = quarter(a_world(A_YEAR_AGO, *all_green(), declared(hospital=VELDSTAD)))
    texts = [report.caveat, *(text for sheet in report.tables for text in (sheet.title, *sheet.columns))]

    assert all(text.nl.strip() and text.en.strip() for text in texts)
