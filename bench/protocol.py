"""What one classification and one advice cost the rules: processor time, beside a plain Python yardstick."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from statistics import median
from time import process_time

from rich.console import Console
from rich.table import Table

from advisor.bootstrap.material import load_editions
from advisor.kernel import Capability, Department, Facility, HospitalId, Known, Status
from advisor.protocol.decide import judge, judge_all
from advisor.protocol.edition import Editions
from advisor.protocol.model import Arrival, DepartmentState, Patient, Picture, Site, Stability, Suspicion
from advisor.protocol.notices import notices
from advisor.protocol.rank import Option, rank

HOSPITALS = 80
REGIONS = 6
CLASSIFICATION_LIMIT_US = 50.0
ADVICE_LIMIT_MS = 4.0
RUNS = 5
REPETITIONS = 16
NOW = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
EVERYTHING: dict[Facility, Known] = dict.fromkeys((*Department, *Capability), Known.YES)
PATIENTS = {
    "stable, general": Patient(abcd=Stability.STABLE),
    "ABCD unknown, general": Patient(),
    "stable, STEMI": Patient(abcd=Stability.STABLE, suspicion=Suspicion.STEMI),
    "unstable, STEMI": Patient(abcd=Stability.UNSTABLE, suspicion=Suspicion.STEMI),
}
BOARDS = {
    "quiet": (Status.GREEN,) * 10,
    "usual": (Status.RED, Status.ORANGE, *(Status.GREEN,) * 8),
    "all SEHs stopped or orange": (Status.RED, Status.ORANGE) * 5,
}
"""SEH statuses that repeat over the hospitals: an ordinary hour has one or two stops in ten."""

Work = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one patient on one board costs.

    `classification_us`: one hospital among the eighty of a question, as the program asks. `alone_us`: one hospital
    in a question of its own. `advice_ms`: eighty hospitals with their order and the notices.
    """

    patient: str
    board: str
    classification_us: float
    alone_us: float
    advice_ms: float

    @property
    def is_over(self) -> bool:
        """Tell whether a limit is missed; there is none for a hospital in a question of its own."""
        return self.classification_us > CLASSIFICATION_LIMIT_US or self.advice_ms > ADVICE_LIMIT_MS


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and return 1 when a patient on any board is over a limit."""
    parser = argparse.ArgumentParser(prog="python -m bench.protocol", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    yardstick_ms, costs = measure()
    if options.json:
        rows = [{name: getattr(cost, name) for name in Cost.__slots__} for cost in costs]
        limits = {"classification_us": CLASSIFICATION_LIMIT_US, "advice_ms": ADVICE_LIMIT_MS}
        print(json.dumps({"yardstick_ms": yardstick_ms, "limits": limits, "costs": rows}))
    else:
        Console().print(_table(costs, yardstick_ms))
    return 1 if any(cost.is_over for cost in costs) else 0


def measure(runs: int = RUNS) -> tuple[float, list[Cost]]:
    """Measure the yardstick in milliseconds and every patient on every board.

    Each figure is the median of some runs over everything; a run takes the best of some repetitions, since others
    use the machine too.
    """
    editions = load_editions()
    cases = list(product(BOARDS, PATIENTS))
    works = [_works(board, name, editions) for board, name in cases]
    passes = [(_best(_yardstick), [[_best(work) for work in each] for each in works]) for _ in range(runs)]
    costs = []
    for place, (board, name) in enumerate(cases):
        together_s, alone_s, advice_s = (
            median(times) for times in zip(*(run[place] for _, run in passes), strict=True)
        )
        costs.append(
            Cost(
                patient=name,
                board=board,
                classification_us=together_s / HOSPITALS * 1e6,
                alone_us=alone_s / HOSPITALS * 1e6,
                advice_ms=advice_s * 1e3,
            )
        )
    return median(yardstick for yardstick, _ in passes) * 1e3, costs


def _works(board: str, name: str, editions: Editions) -> tuple[Work, Work, Work]:
    """Return what is measured: eighty hospitals together, each in a question of its own, and a whole advice."""
    patient, picture = PATIENTS[name], _picture(BOARDS[board])
    arrivals = {hospital: _arrival(place) for place, hospital in enumerate(picture.sites)}

    def together() -> None:
        judge_all(patient, picture, arrivals, NOW, editions)

    def alone() -> None:
        for hospital, site in picture.sites.items():
            judge(patient, site, picture, arrivals[hospital], NOW, editions)

    def advice() -> None:
        verdicts = judge_all(patient, picture, arrivals, NOW, editions)
        rank([Option(verdict=one, name=one.hospital, drive_time_s=60.0) for one in verdicts.values()], patient)
        notices(patient, picture, verdicts, NOW, editions)

    return together, alone, advice


def _picture(statuses: tuple[Status, ...]) -> Picture:
    """Return eighty hospitals in six meldkamer regions; one department in twenty has a stop of its own."""
    sites, states = {}, {}
    for place in range(HOSPITALS):
        hospital = HospitalId(f"hospital-{place:02}")
        sites[hospital] = Site(
            id=hospital,
            name=hospital,
            protocol="nhfl" if place % REGIONS < 3 else "",
            mka=f"MKA {place % REGIONS}",
            subregion=f"{place % REGIONS}-{place % 2}",
            facilities=EVERYTHING,
        )
        states[hospital] = {
            department: _state(statuses[place % len(statuses)])
            if department is Department.SEH
            else _state(Status.RED if (place * 6 + order) % 20 == 0 else Status.GREEN)
            for order, department in enumerate(Department)
        }
    complete = frozenset(f"MKA {region}" for region in range(REGIONS))
    return Picture(sites=sites, states=states, complete=complete)


def _state(status: Status) -> DepartmentState:
    if status is Status.GREEN:
        return DepartmentState(status=status, reported_at=NOW)
    since, until = NOW - timedelta(minutes=30), NOW + timedelta(minutes=90)
    return DepartmentState(status=status, since=since, until=until, reported_at=NOW)


def _arrival(place: int) -> Arrival:
    expected = NOW + timedelta(minutes=5 + place)
    return Arrival(early=expected - timedelta(minutes=1), expected=expected, late=expected + timedelta(minutes=1))


def _best(work: Work) -> float:
    best = float("inf")
    for _ in range(REPETITIONS):
        start = process_time()
        work()
        best = min(best, process_time() - start)
    return best


def _yardstick() -> int:
    """Add a hundred thousand small numbers: what this machine does in plain Python at this moment."""
    total = 0
    for number in range(100_000):
        total += number & 7
    return total


def _table(costs: list[Cost], yardstick_ms: float) -> Table:
    limits = f"limits: classification {CLASSIFICATION_LIMIT_US:.0f} µs, advice {ADVICE_LIMIT_MS:.0f} ms"
    table = Table(title=f"The rules, {HOSPITALS} hospitals; yardstick {yardstick_ms:.2f} ms", caption=limits)
    for head in ("board", "patient", "classification, µs", "alone, µs", "advice, ms", "advice / yardstick"):
        table.add_column(head, justify="left" if head in ("board", "patient") else "right")
    for cost in costs:
        table.add_row(
            cost.board,
            cost.patient,
            f"{cost.classification_us:.1f}",
            f"{cost.alone_us:.1f}",
            f"{cost.advice_ms:.2f}",
            f"{cost.advice_ms / yardstick_ms:.2f}",
            style="bold red" if cost.is_over else None,
        )
    return table


if __name__ == "__main__":
    sys.exit(main())
