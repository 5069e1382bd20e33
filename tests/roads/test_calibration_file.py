"""The file of a calibration: what is written is read, and all that is wrong is told."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from advisor.bootstrap.material import load_speeds
from advisor.kernel import InvalidInput
from advisor.roads.atlas import Atlas
from advisor.roads.band import Ends
from advisor.roads.calibration import Calibration, parse_calibration, write_calibration
from advisor.roads.grid import lay_grid_of_times, pack_grid
from advisor.roads.model import Destination, Profile
from advisor.roads.speeds import speed_table
from tests.roads.networks import at, line

SHIPPED = {profile: speed_table(profile) for profile in Profile}

TABLE = replace(
    speed_table(Profile.SIGNALS), start_s=51.0, ends=Ends(low_s=40.0, low_share=0.1, high_s=60.0, high_share=0.25)
)
KNOWN = Calibration(
    made_at=datetime(2026, 5, 1, 12, tzinfo=UTC), tables={Profile.SIGNALS: TABLE}, rides={Profile.SIGNALS: 812}
)


def changed(**parts: Any) -> str:
    document = json.loads(write_calibration(KNOWN))
    document["profiles"]["signals"].update(parts)
    return json.dumps(document)


def problems(text: str) -> list[str]:
    with pytest.raises(InvalidInput) as raised:
        parse_calibration(text)
    return [problem.field for problem in raised.value.problems]


def test_what_is_written_is_read() -> None:
    assert parse_calibration(write_calibration(KNOWN)) == KNOWN


def test_profile_that_was_not_calibrated_is_absent() -> None:
    assert set(parse_calibration(write_calibration(KNOWN)).tables) == {Profile.SIGNALS}


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"start_s": -1}, "profiles.signals.start_s"),
        ({"start_s": True}, "profiles.signals.start_s"),
        ({"band": {}}, "profiles.signals.band.low_s"),
        ({"open_kph": {"motorway": 108}}, "profiles.signals.open_kph.trunk"),
        ({"open_kph": None}, "profiles.signals.open_kph"),
        ({"colour": "red"}, "profiles.signals.colour"),
        ({"rides": "many"}, "profiles.signals.rides"),
    ],
)
def test_what_is_wrong_is_named(parts: dict[str, Any], field: str) -> None:
    assert field in problems(changed(**parts))


def test_speed_beyond_what_can_be_driven_is_refused() -> None:
    speeds = json.loads(write_calibration(KNOWN))["profiles"]["signals"]["open_kph"]

    assert problems(changed(open_kph={**speeds, "motorway": 400})) == ["profiles.signals.open_kph.motorway"]


def test_all_problems_are_told_at_once() -> None:
    assert len(problems(changed(start_s="x", rides=-3, colour="red"))) == 3


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"uitwijk_calibration": 2}'])
def test_other_file_is_refused(text: str) -> None:
    assert problems(text) == ["calibration"]


@pytest.mark.parametrize("moment", ["2026-05-01", "soon", None])
def test_moment_without_its_offset_is_refused(moment: str | None) -> None:
    document = {**json.loads(write_calibration(KNOWN)), "made_at": moment}

    assert problems(json.dumps(document)) == ["made_at"]


def test_identity_of_a_table_changes_with_all_that_it_answers_with() -> None:
    tables = [
        TABLE,
        replace(TABLE, start_s=52.0),
        replace(TABLE, ends=TABLE.ends._replace(high_s=61.0)),
        replace(TABLE, open_kph=(99.0, *TABLE.open_kph[1:])),
    ]

    assert len({table.identity for table in tables}) == len(tables)


def test_device_without_a_connection_gets_the_same_constant_and_interval() -> None:
    atlas = Atlas.open(line(), [Destination(id="goal", position=at(0, 5))], tables={**SHIPPED, Profile.SIGNALS: TABLE})

    packed = pack_grid(lay_grid_of_times(atlas))

    head = json.loads(packed[4 : 4 + int.from_bytes(packed[:4], "little")])
    signals = next(each for each in head["profiles"] if each["name"] == Profile.SIGNALS)
    assert (signals["start_s"], signals["low"], signals["high"]) == (51.0, [40.0, 0.1], [60.0, 0.25])


def test_settings_put_a_calibration_in_force(tmp_path: Path) -> None:
    (tmp_path / "own.json").write_text(write_calibration(KNOWN), encoding="utf-8")

    assert load_speeds(tmp_path / "own.json") == {**SHIPPED, Profile.SIGNALS: TABLE}


def test_calibration_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "own.json").write_bytes(b"\xff\xfe")

    with pytest.raises(InvalidInput, match="cannot be read"):
        load_speeds(tmp_path / "own.json")
