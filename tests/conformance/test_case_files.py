"""The command that runs case files, and the case files of the folder that comes beside the project."""

import argparse
import json
import os
from pathlib import Path
from typing import Any

import pytest

from advisor.bootstrap.material import load_editions
from advisor.commands.conformance import run, run_file
from advisor.kernel import InvalidInput

SHARED = Path(os.environ.get("UITWIJK_SHARED", "../shared"))
FILES = ("protocol.json", "report.json")
DEPARTMENTS = ["SEH", "SR", "CTT", "EHLH", "CCU", "PCI"]


def classify(**changes: Any) -> dict[str, Any]:
    hospital = {"id": "H1", "roaz": "NH/FL", "mka": "M", "subregion": "S", "facilities": DEPARTMENTS, "dept": {}}
    return {
        "id": "X1",
        "reason": "an open hospital",
        "patient": {"origin": "112", "abcd": "stable", "condition": "general"},
        "hospital": hospital,
        "now": "2026-02-03T12:00:00",
        "eta_minutes": 10,
        "region": "none",
        "acceptable": ["welcome"],
        "recommended": "welcome",
    } | changes


def failures(document: dict[str, Any]) -> list[str]:
    return [outcome.failure for outcome in run_file(document, load_editions()) if outcome.failure]


def with_regions(**document: Any) -> dict[str, Any]:
    return {"regions": {"none": {"members": [], "complete": False}}} | document


@pytest.mark.parametrize("name", FILES)
def test_every_case_beside_the_project_passes(name: str) -> None:
    file = SHARED / "cases" / name
    if not file.exists():
        pytest.skip(f"{file} is not there; set UITWIJK_SHARED to the folder that holds it")

    outcomes = list(run_file(json.loads(file.read_text(encoding="utf-8")), load_editions()))

    assert outcomes
    assert [outcome for outcome in outcomes if outcome.failure] == []


def test_case_passes_when_its_class_is_acceptable() -> None:
    assert failures(with_regions(classify=[classify()])) == []


def test_case_fails_when_its_class_is_not_acceptable() -> None:
    [failure] = failures(with_regions(classify=[classify(acceptable=["divert"])]))

    assert "welcome (COL-1), not in ['divert']" in failure


def test_case_that_cannot_be_read_fails_and_the_others_run_on() -> None:
    broken = classify(patient={"condition": "hiccups"})

    outcomes = list(run_file(with_regions(classify=[broken, classify(id="X2")]), load_editions()))

    assert [bool(outcome.failure) for outcome in outcomes] == [True, False]


def test_case_may_carry_its_own_region() -> None:
    red = {"SEH": {"colour": "red", "declared_at": "2026-02-03T11:30:00", "expected_end": "2026-02-03T13:30:00"}}
    members = [{"id": name, "mka": "M", "subregion": "S", "dept": {"SEH": {"colour": "red"}}} for name in ("H2", "H3")]
    hospital = classify()["hospital"] | {"dept": red}
    region = {"members": members, "complete": True}

    assert failures(with_regions(classify=[classify(hospital=hospital, region=region)])) == []


def test_ranking_fails_on_a_pair_in_the_wrong_order() -> None:
    hospitals = [classify()["hospital"] | {"id": name, "eta": eta} for name, eta in (("A", 9), ("B", 4))]
    case = classify(hospitals=hospitals, before=[["A", "B"]], first=["A"], classes={})

    [failure] = failures(with_regions(ranking=[case]))

    assert "A must stand before B" in failure
    assert "first must be one of ['A']" in failure


def test_ranking_without_a_named_first_only_checks_the_pairs() -> None:
    hospitals = [classify()["hospital"] | {"id": name, "eta": eta} for name, eta in (("A", 9), ("B", 4))]

    assert failures(with_regions(ranking=[classify(hospitals=hospitals, before=[["B", "A"]], first=[])])) == []


@pytest.mark.parametrize(
    ("function", "args", "expected"),
    [
        ("norm_minutes", ["SR", "red"], 60),
        ("norm_minutes", ["SEH", "orange"], 60),
        ("norm_minutes", ["PCI", "red"], 120),
        ("norm_minutes", ["EHLH", "orange"], None),
        ("norm_minutes", ["SEH", "calamity"], None),
        ("norm_minutes", ["IC", "red"], None),
        ("colour_allowed", ["SEH", "calamity"], True),
        ("colour_allowed", ["SEH", "grey"], True),
        ("colour_allowed", ["SR", "green"], True),
        ("colour_allowed", ["SR", "orange"], False),
        ("colour_allowed", ["OK", "red"], False),
        ("reasons_for", ["PCI"], 6),
        ("reasons_for", ["SEH"], 5),
        ("reasons_for", ["IC"], 0),
        ("in_force", ["2026-01-05T07:59:59"], False),
        ("in_force", ["2026-01-05T08:00:00"], True),
        ("is_long", ["SEH", 240], True),
        ("is_long", ["SR", 119], False),
        ("is_long", ["SR", 120], True),
        ("is_long", ["PCI", 239], False),
        ("planned_notice", ["2026-03-01T12:00:00", "2026-03-02T12:00:00"], ["ok"]),
        ("planned_notice", ["2026-03-01T12:00:01", "2026-03-02T12:00:00"], ["late"]),
        ("planned_notice", ["2026-03-02T06:00:00", "2026-03-02T12:00:00"], ["late"]),
    ],
)
def test_timing_function_gives_the_figure_of_the_edition(function: str, args: list[Any], expected: Any) -> None:
    if function == "reasons_for":
        reasons = [
            "Piek in aanbod van patiënten (aantal)",
            "Piek in zorgzwaarte patiënten",
            "Onvoldoende behandelcapaciteit",
            "Stagnatie uitstroom van de afdeling",
            "Interne calamiteit/technisch probleem",
            "Rooster",
        ]
        expected = reasons[:expected]

    assert failures({"timing": [{"id": "T", "function": function, "args": args, "expected": expected}]}) == []


def span(start: str, end: str, extended: int, warning: str | None) -> dict[str, Any]:
    day = "2026-02-03T"
    shown = None if warning is None else day + warning
    return {"start": day + start, "end": day + end, "extended": extended, "warning": shown}


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ([["extend", "11:59:59", "13:00:00"]], [("10:00:00", "13:00:00", 1, "12:50:00")]),
        (
            [["extend", "12:00:00", "13:00:00"]],
            [("10:00:00", "12:00:00", 0, "11:50:00"), ("12:00:00", "13:00:00", 0, "12:50:00")],
        ),
        (
            [["extend", "11:30:00", "12:30:00"], ["extend", "12:15:00", "13:00:00"]],
            [("10:00:00", "13:00:00", 2, "12:50:00")],
        ),
        ([["end", "11:20:00"]], [("10:00:00", "11:20:00", 0, None)]),
        ([["end", "11:50:00"]], [("10:00:00", "11:50:00", 0, "11:50:00")]),
        ([["sign_off", "11:20:00"]], [("10:00:00", "11:20:00", 0, None)]),
        ([["end", "12:00:00"]], [("10:00:00", "12:00:00", 0, "11:50:00")]),
    ],
)
def test_timeline_gives_the_stops_that_result(actions: list[list[str]], expected: list[tuple[Any, ...]]) -> None:
    day = "2026-02-03T"
    acts = [[act, *(day + moment for moment in moments)] for act, *moments in actions]
    case = {
        "id": "T",
        "function": "timeline",
        "args": [f"{day}10:00:00", f"{day}12:00:00", acts],
        "expected": [span(*one) for one in expected],
    }

    assert failures({"timing": [case]}) == []


def test_unknown_timing_function_fails() -> None:
    case = {"id": "T", "function": "guess", "args": [], "expected": 1}

    assert failures({"timing": [case]}) == ["function 'guess' is not known"]


def test_report_passes_on_an_alternative_reading_too() -> None:
    event = {
        "roaz": "Oost",
        "hospital": "H1",
        "dept": "SEH",
        "colour": "red",
        "start": "2026-03-31T23:00:00+02:00",
        "end": "2026-04-01T01:00:00+02:00",
    }
    case = {
        "id": "Q",
        "quarter": "2026-Q1",
        "events": [event],
        "expected": [{"roaz": "Oost", "stops": 1, "minutes": 120}],
    }
    lenient = case | {"acceptable_alternatives": [[{"roaz": "Oost", "stops": 1, "minutes": 60}]]}

    assert len(failures({"cases": [case]})) == 1
    assert failures({"cases": [lenient]}) == []


def test_command_counts_and_says_which_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cases.json"
    cases = [classify(), classify(id="X2", acceptable=["closed"])]
    file.write_text(json.dumps(with_regions(classify=cases)), encoding="utf-8")

    status = run(argparse.Namespace(files=[file], remarks=False))

    printed = capsys.readouterr().out.splitlines()
    assert status == 1
    assert printed[0].startswith("FAIL X2: an open hospital")
    assert printed[-1] == "1 passed, 1 failed"


def test_command_is_content_when_all_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(with_regions(classify=[classify(recommended="consult")])), encoding="utf-8")

    status = run(argparse.Namespace(files=[file, file], remarks=True))

    printed = capsys.readouterr().out.splitlines()
    assert status == 0
    assert printed[0].startswith("note X1: welcome")
    assert printed[-1] == "2 passed, 0 failed"


@pytest.mark.parametrize("content", ["{", "[]", None])
def test_command_refuses_a_file_that_it_cannot_read(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "cases.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")

    with pytest.raises(InvalidInput, match=r"cases\.json"):
        run(argparse.Namespace(files=[file], remarks=False))
