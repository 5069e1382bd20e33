"""The safety controls: the tables of docs/SAFETY.md, and how each control is taken out (controls.toml)."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "SAFETY.md"
TABLE = Path(__file__).parent / "controls.toml"

HAZARD, CONTROL = re.compile(r"H\d{2}"), re.compile(r"C\d{2,3}")
_TEST = re.compile(r"`(tests/[^`]+::[^`]+)`")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingOut:
    """A change that takes a control out: `text` in `file` becomes `instead`, and `test` must then fail.

    `quick`: among the few that every test run repeats.
    """

    control: str
    file: str
    text: str
    instead: str
    test: str
    quick: bool = False

    @property
    def name(self) -> str:
        """Name it for people."""
        return f"{self.control} {self.test}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A control in the design, and the tests that prove it."""

    id: str
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """A hazard: the controls it names, and the risks (severity, likelihood) before and with them."""

    id: str
    controls: tuple[str, ...]
    initial: tuple[int, int]
    residual: tuple[int, int]


def read_takings_out() -> tuple[TakingOut, ...]:
    """Read how each control is taken out."""
    document = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return tuple(TakingOut(**entry) for entry in document["taking_out"])


def read_controls() -> tuple[Control, ...]:
    """Read the controls and their tests from the document."""
    return tuple(
        Control(id=cells[0], tests=tuple(_TEST.findall(cells[-1]))) for cells in _rows() if CONTROL.fullmatch(cells[0])
    )


def read_hazards() -> tuple[Hazard, ...]:
    """Read the hazards from the document: their last two cells are the risks, the cells before name controls."""
    return tuple(
        Hazard(
            id=cells[0],
            controls=tuple(CONTROL.findall(" ".join(cells[1:-2]))),
            initial=_risk(cells[-2]),
            residual=_risk(cells[-1]),
        )
        for cells in _rows()
        if HAZARD.fullmatch(cells[0])
    )


def _rows() -> Iterator[list[str]]:
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in line.strip().strip("|").split("|")]


def _risk(cell: str) -> tuple[int, int]:
    severity, likelihood = re.findall(r"\d", cell)[:2]
    return int(severity), int(likelihood)
