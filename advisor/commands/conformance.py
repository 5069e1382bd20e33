"""`conformance FILE…`: run case files through the product's own rules, order and report."""

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from advisor.bootstrap.material import load_editions
from advisor.commands import case_wire as wire
from advisor.kernel import Department, HospitalId, InvalidInput, Problem, Status
from advisor.protocol.decide import judge
from advisor.protocol.edition import Edition, Editions
from advisor.protocol.model import Site
from advisor.protocol.rank import Option, rank
from advisor.protocol.situation import NO_RELATION
from advisor.protocol.stops import Act, is_long, planned_notice, timeline
from advisor.reports.lnaz import parse_quarter, quarter_table

Json = Any  # a parsed JSON value
ACTS = {"extend": Act.EXTEND, "end": Act.END, "sign_off": Act.END}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one case: why it failed ("" when it passed), and how it differs from the first choice."""

    case: str
    failure: str = ""
    remark: str = ""


def register(subparsers: Any) -> None:  # argparse does not name the type
    """Add the command to the command line."""
    parser = subparsers.add_parser("conformance", help="run case files through the rules, the order and the report")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--remarks", action="store_true", help="also list cases that differ from the first choice")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print a line per failing case and the count; return 1 when any case fails."""
    editions = load_editions()
    outcomes = [outcome for file in options.files for outcome in run_file(_load(file), editions)]
    for outcome in outcomes:
        if outcome.failure:
            print(f"FAIL {outcome.case}: {outcome.failure}")
        elif outcome.remark and options.remarks:
            print(f"note {outcome.case}: {outcome.remark}")
    failed = sum(1 for outcome in outcomes if outcome.failure)
    print(f"{len(outcomes) - failed} passed, {failed} failed")
    return 1 if failed else 0


def run_file(document: Json, editions: Editions) -> Iterator[Outcome]:
    """Run every case of a parsed file: `classify`, `ranking`, `timing`, and the `cases` of a report file."""
    regions = document.get("regions", {})
    for case in document.get("classify", []):
        yield _run(case, partial(_classify, case, regions, editions))
    for case in document.get("ranking", []):
        yield _run(case, partial(_ranking, case, regions, editions))
    for case in document.get("timing", []):
        yield _run(case, partial(_timing, case, editions))
    for case in document.get("cases", []):
        yield _run(case, partial(_report, case))


def _load(file: Path) -> Json:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InvalidInput([Problem(field=str(file), message=f"cannot be read: {error}")]) from error
    if not isinstance(document, dict):
        raise InvalidInput([Problem(field=str(file), message="must be a JSON object")])
    return document


def _run(case: Json, check: Callable[[], Outcome]) -> Outcome:
    """Run one case; a case that cannot be read fails and does not stop the others."""
    try:
        return check()
    except (InvalidInput, KeyError, TypeError, ValueError, AttributeError) as error:
        name = case.get("id", "?") if isinstance(case, dict) else "?"
        return Outcome(case=name, failure=f"cannot be read: {type(error).__name__}: {error}")


def _region(case: Json, regions: Json) -> Json:
    named = case.get("region", "none")
    return regions[named] if isinstance(named, str) else named


def _classify(case: Json, regions: Json, editions: Editions) -> Outcome:
    now = wire.moment(case["now"])
    hospital = case["hospital"]
    picture = wire.picture(hospital, _region(case, regions), now)
    arrival = wire.exact_arrival(now, case["eta_minutes"])
    verdict = judge(wire.patient(case["patient"]), wire.site(hospital), picture, arrival, now, editions)
    said = f"{verdict.outcome} ({', '.join(reason.rule for reason in verdict.reasons)})"
    if verdict.outcome not in case["acceptable"]:
        return Outcome(case=case["id"], failure=f"{case.get('reason', '')}: {said}, not in {case['acceptable']}")
    differs = case.get("recommended") not in (None, verdict.outcome)
    return Outcome(case=case["id"], remark=f"{said}; first choice {case.get('recommended')}" if differs else "")


def _ranking(case: Json, regions: Json, editions: Editions) -> Outcome:
    now = wire.moment(case["now"])
    patient = wire.patient(case["patient"])
    region = _region(case, regions)
    options = []
    for hospital in case["hospitals"]:
        site = wire.site(hospital)
        arrival = wire.exact_arrival(now, hospital["eta"])
        verdict = judge(patient, site, wire.picture(hospital, region, now), arrival, now, editions)
        options.append(
            Option(
                verdict=verdict,
                name=site.name,
                drive_time_s=hospital["eta"] * 60,
                relation=patient.relation.get(site.id, NO_RELATION),
            )
        )
    ranked = rank(options, patient)
    order = [str(option.verdict.hospital) for option in ranked]
    failures = [
        f"{first} must stand before {then}" for first, then in case["before"] if not _before(order, first, then)
    ]
    if case.get("first") and order[:1] != [] and order[0] not in case["first"]:
        failures.append(f"first must be one of {case['first']}")
    classes = {str(option.verdict.hospital): option.verdict.outcome.value for option in ranked}
    expected = case.get("classes", {})
    others = [
        f"{name} is {classes.get(name)}, first choice {value}"
        for name, value in expected.items()
        if classes.get(name) != value
    ]
    failure = f"{case.get('reason', '')}: {'; '.join(failures)}; order {order}, {classes}" if failures else ""
    return Outcome(case=case["id"], failure=failure, remark="; ".join(others))


def _before(order: list[str], first: str, then: str) -> bool:
    return order.index(first) < order.index(then)


def _timing(case: Json, editions: Editions) -> Outcome:
    function = _FUNCTIONS.get(case["function"])
    if function is None:
        return Outcome(case=case["id"], failure=f"function {case['function']!r} is not known")
    given = function(editions, *case["args"])
    expected = case["expected"]
    passed = given in expected if case["function"] == "planned_notice" else _agrees(given, expected)
    return Outcome(case=case["id"], failure="" if passed else f"{case.get('reason', '')}: {given!r}, not {expected!r}")


def _agrees(given: Json, expected: Json) -> bool:
    """Compare what the case names; spans may carry more than it names."""
    if isinstance(given, list) and isinstance(expected, list) and given and isinstance(given[0], dict):
        return len(given) == len(expected) and all(
            all(name in one and one[name] == value for name, value in other.items())
            for one, other in zip(given, expected, strict=True)
        )
    return bool(given == expected)


def _regional(editions: Editions) -> Edition:
    """Return the regional edition that the figures of these files are about: the latest."""
    return max(editions.regional, key=lambda edition: edition.valid.start if edition.valid else edition.id)


def _norm_minutes(editions: Editions, department: str, colour: str) -> int | None:
    if department not in tuple(Department):
        return None
    return _regional(editions).norm_min(wire.member(Department, department), wire.member(Status, colour))


def _colour_allowed(editions: Editions, department: str, colour: str) -> bool:
    if department not in tuple(Department):
        return False
    return colour in _regional(editions).shown_statuses(Department(department))


def _reasons_for(editions: Editions, department: str) -> list[str]:
    if department not in tuple(Department):
        return []
    return [reason.value for reason in _regional(editions).reasons_for(wire.member(Department, department))]


def _in_force(editions: Editions, moment: str) -> bool:
    site = Site(id=HospitalId("x"), name="x", protocol="nhfl", mka="", subregion="", facilities={})
    return editions.speaking_for(site, wire.moment(moment)) is _regional(editions)


def _is_long(editions: Editions, department: str, minutes: float) -> bool:
    return is_long(wire.member(Department, department), minutes, _regional(editions))


def _planned_notice(editions: Editions, announced: str, start: str) -> str:
    return planned_notice(wire.moment(announced), wire.moment(start), _regional(editions)).value


def _timeline(editions: Editions, declared: str, end: str, actions: Iterable[list[str]]) -> Json:
    acts = [(ACTS[name], wire.moment(at), wire.moment(rest[0]) if rest else None) for name, at, *rest in actions]
    spans = timeline(wire.moment(declared), wire.moment(end), acts, _regional(editions))
    return [
        {
            "start": wire.local(span.start),
            "end": wire.local(span.end),
            "extended": span.extended,
            "warning": wire.local(span.warning),
        }
        for span in spans
    ]


_FUNCTIONS: dict[str, Callable[..., Json]] = {
    "norm_minutes": _norm_minutes,
    "colour_allowed": _colour_allowed,
    "reasons_for": _reasons_for,
    "in_force": _in_force,
    "is_long": _is_long,
    "planned_notice": _planned_notice,
    "timeline": _timeline,
}


def _report(case: Json) -> Outcome:
    records = [wire.stop_record(event) for event in case["events"]]
    report_at = case.get("report_at")
    table = quarter_table(
        records,
        parse_quarter(case["quarter"]),
        regions=case.get("regions", sorted({record.roaz for record in records})),
        report_at=None if report_at is None else wire.moment(report_at),
    )
    rows = {row.roaz: (row.stops, row.minutes) for row in table}
    readings = [case["expected"], *case.get("acceptable_alternatives", [])]
    if any(_same_table(rows, reading) for reading in readings):
        return Outcome(case=case["id"])
    return Outcome(case=case["id"], failure=f"{case.get('reason', '')}: {rows}, not {case['expected']}")


def _same_table(rows: dict[str, tuple[int, int]], expected: Json) -> bool:
    """Tell whether the tables agree; a row of zeros that the case does not list may be there."""
    named = {row["roaz"]: (row["stops"], row["minutes"]) for row in expected}
    return all(rows.get(name) == row for name, row in named.items()) and all(
        row == (0, 0) for name, row in rows.items() if name not in named
    )
