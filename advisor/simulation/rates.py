"""How often and for how long departments declare stops, per region: published figures and marked assumptions."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from advisor.kernel import Department


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRate:
    """Red SEH stops of one ROAZ region: how many a day, and their mean length in minutes."""

    per_day: float
    mean_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """The rates that a simulation plays; `hours` weighs the 24 hours of a local day.

    `orange_*` and `other_*` are assumptions: nothing is published about code orange or other departments.
    """

    quarter: str
    regions: Mapping[str, RegionRate]
    orange_regions: frozenset[str]
    orange_per_red: float
    orange_mean_min: float
    other_per_red: float
    other_mean_min: float
    other_departments: tuple[Department, ...]
    hours: tuple[float, ...]


def parse_rates(text: str) -> Rates:
    """Read the rates of the quarter that the document names; `text` is TOML."""
    document = tomllib.loads(text)
    quarter, assumed = document["quarter"], document["assumed"]
    days = document["days"][quarter]
    return Rates(
        quarter=quarter,
        regions={name: _region(figures[quarter], days) for name, figures in document["region"].items()},
        orange_regions=frozenset(assumed["orange_regions"]),
        orange_per_red=assumed["orange_per_red"],
        orange_mean_min=assumed["orange_mean_min"],
        other_per_red=assumed["other_per_red"],
        other_mean_min=assumed["other_mean_min"],
        other_departments=tuple(map(Department, assumed["other_departments"])),
        hours=tuple(assumed["hours"]),
    )


def _region(figures: Mapping[str, int], days: int) -> RegionRate:
    stops = figures["stops"]
    return RegionRate(per_day=stops / days, mean_min=figures["minutes"] / stops if stops else 0.0)
