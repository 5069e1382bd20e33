"""A calibration: speeds, a constant and an interval of one's own, by profile, as an operator's file holds them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from advisor.kernel import InvalidInput, Problem
from advisor.roads.band import Ends
from advisor.roads.model import Profile, RoadClass
from advisor.roads.speeds import LIMIT_ALLOWANCE_KPH, SpeedTable

FORMAT = 1
SLOWEST_KPH, FASTEST_KPH = 3.0, 180.0
LONGEST_START_S = 600.0
LONGEST_END_S = 3_600.0
COLUMNS = ("open_kph", "built_up_kph")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The tables of the profiles that were calibrated, when that was, and on how many rides each rests."""

    made_at: datetime
    tables: Mapping[Profile, SpeedTable]
    rides: Mapping[Profile, int] = field(default_factory=dict)


def write_calibration(calibration: Calibration) -> str:
    """Return the text of a calibration file."""
    document = {
        "uitwijk_calibration": FORMAT,
        "made_at": calibration.made_at.isoformat(timespec="seconds"),
        "profiles": {
            profile.value: {
                "rides": calibration.rides.get(profile, 0),
                **{name: _by_class(getattr(table, name)) for name in COLUMNS},
                "start_s": round(table.start_s, 1),
                "band": {
                    name: round(value, 4) for name, value in zip(Ends._fields, map(float, table.ends), strict=True)
                },
            }
            for profile, table in calibration.tables.items()
        },
    }
    return json.dumps(document, indent=2) + "\n"


def parse_calibration(text: str) -> Calibration:
    """Read a calibration file.

    Raises
    ------
    InvalidInput
        With every problem of it.
    """
    reader = _Reader()
    try:
        document = json.loads(text)
    except ValueError as error:
        raise InvalidInput([Problem(field="calibration", message=f"is not JSON: {error}")]) from error
    if not isinstance(document, dict) or document.get("uitwijk_calibration") != FORMAT:
        message = f"must be a calibration file, with uitwijk_calibration: {FORMAT}"
        raise InvalidInput([Problem(field="calibration", message=message)])
    profiles = reader.part(document, "profiles")
    reader.only(profiles, "profiles", tuple(Profile))
    made_at = reader.moment(document.get("made_at"))
    tables = {profile: reader.table(profile, profiles) for profile in Profile if profile in profiles}
    rides = {profile: reader.rides(profile, profiles) for profile in tables}
    reader.finish()
    return Calibration(made_at=made_at, tables=tables, rides=rides)


def _by_class(kph: tuple[float, ...]) -> dict[str, float]:
    return {road_class.name.lower(): round(kph[road_class], 1) for road_class in RoadClass}


class _Reader:
    """Reads part after part and remembers what is wrong, so that all of it can be told at once."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def finish(self) -> None:
        if self._problems:
            raise InvalidInput(self._problems)

    def complain(self, name: str, message: str) -> None:
        self._problems.append(Problem(field=name, message=message))

    def part(self, whole: Mapping[str, Any], name: str, path: str = "") -> Mapping[str, Any]:
        found = whole.get(name)
        if not isinstance(found, dict):
            self.complain(path + name, "must be an object")
            return {}
        return found

    def only(self, part: Mapping[str, Any], path: str, names: tuple[str, ...]) -> None:
        for name in sorted(part.keys() - set(names)):
            self.complain(f"{path}.{name}", f"is not known; known are {', '.join(names)}")

    def moment(self, text: object) -> datetime:
        try:
            moment = datetime.fromisoformat(str(text))
        except ValueError:
            moment = datetime.min  # noqa: DTZ901  (told below, like a time without its offset)
        if moment.tzinfo is None:
            self.complain("made_at", "must be a time with its offset")
        return moment

    def number(self, part: Mapping[str, Any], name: str, path: str, within: tuple[float, float]) -> float:
        found = part.get(name)
        low, high = within
        if isinstance(found, bool) or not isinstance(found, int | float) or not low <= found <= high:
            self.complain(f"{path}.{name}", f"must be a number from {low:g} to {high:g}")
            return low
        return float(found)

    def table(self, profile: Profile, profiles: Mapping[str, Any]) -> SpeedTable:
        path = f"profiles.{profile.value}"
        part = self.part(profiles, profile.value, "profiles.")
        self.only(part, path, (*COLUMNS, "start_s", "band", "rides"))
        classes = tuple(road_class.name.lower() for road_class in RoadClass)
        columns = []
        for column in COLUMNS:
            speeds = self.part(part, column, f"{path}.")
            self.only(speeds, f"{path}.{column}", classes)
            within = (SLOWEST_KPH, FASTEST_KPH)
            columns.append(tuple(self.number(speeds, name, f"{path}.{column}", within) for name in classes))
        band = self.part(part, "band", f"{path}.")
        self.only(band, f"{path}.band", Ends._fields)
        return SpeedTable(
            profile=profile,
            open_kph=columns[0],
            built_up_kph=columns[1],
            start_s=self.number(part, "start_s", path, (0.0, LONGEST_START_S)),
            limit_allowance_kph=LIMIT_ALLOWANCE_KPH[profile],
            ends=Ends(
                low_s=self.number(band, "low_s", f"{path}.band", (-LONGEST_END_S, LONGEST_END_S)),
                low_share=self.number(band, "low_share", f"{path}.band", (-1.0, 1.0)),
                high_s=self.number(band, "high_s", f"{path}.band", (-LONGEST_END_S, LONGEST_END_S)),
                high_share=self.number(band, "high_share", f"{path}.band", (-1.0, 3.0)),
            ),
        )

    def rides(self, profile: Profile, profiles: Mapping[str, Any]) -> int:
        part = profiles[profile.value]
        return int(self.number(part, "rides", f"profiles.{profile.value}", (0, 1e9))) if isinstance(part, dict) else 0
