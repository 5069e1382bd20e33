"""Recalibration on drives whose truth is known."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from advisor.kernel import Position
from advisor.roads.atlas import Atlas
from advisor.roads.drives import GROUPS, Drive, follow, put_on_roads
from advisor.roads.fitting import covered, fit_ends, quantile_line, scaled
from advisor.roads.model import Destination, Profile, RoadClass
from advisor.roads.network import Network
from advisor.roads.recalibration import (
    Foretold,
    Recalibrated,
    drives_that_count,
    recalibrate_by_routes,
    recalibrate_by_times,
)
from advisor.roads.speeds import SpeedTable, speed_table
from tests.roads.networks import at, draw, road

SIDE = 6
SIGNALS = speed_table(Profile.SIGNALS)
SLOWER = {"primary, open": 1.3, "residential, open": 0.8}
"""How much longer the roads of a group take in truth than the program thinks."""
TRUE_START_S = 60.0


def town() -> Network:
    """A lattice of six by six: primary roads from west to east, residential streets from south to north."""
    nodes = {f"{row}-{column}": at(row, 1.5 * column) for row in range(SIDE) for column in range(SIDE)}
    across = [road(f"{r}-{c}", f"{r}-{c + 1}") for r in range(SIDE) for c in range(SIDE - 1)]
    up = [road(f"{r}-{c}", f"{r + 1}-{c}", RoadClass.RESIDENTIAL) for r in range(SIDE - 1) for c in range(SIDE)]
    return draw(nodes, *across, *up)


def truth() -> SpeedTable:
    return scaled(SIGNALS, np.array([SLOWER.get(name, 1.0) for name, *_ in GROUPS]), TRUE_START_S)


def drives(count: int, noise: float = 0.05) -> list[Drive]:
    """Drives from anywhere in the town to its corners, at the true speeds give or take some noise."""
    random, goals = Random(7), [at(0, 0), at(SIDE - 1, 0), at(0, 1.5 * (SIDE - 1)), at(SIDE - 1, 1.5 * (SIDE - 1))]
    destinations = [Destination(id=str(i), position=goal) for i, goal in enumerate(goals)]
    atlas = Atlas.open(town(), destinations, tables={Profile.SIGNALS: truth()})
    made = []
    for _ in range(count):
        start = at(random.uniform(0, SIDE - 1), random.randint(0, SIDE - 1) * 1.5)
        goal = random.randrange(len(goals))
        seconds = float(atlas.drive_times(start, profile=Profile.SIGNALS).seconds[goal])
        made.append(Drive(start=start, end=goals[goal], seconds=seconds * random.uniform(1 - noise, 1 + noise)))
    return made


@pytest.fixture(scope="module")
def found() -> Recalibrated:
    """What is found on three hundred noisy drives."""
    joined, _, _ = put_on_roads(town(), drives(300))
    return recalibrate_by_routes(joined, SIGNALS, (), lambda: None)


def test_speeds_of_roads_that_were_driven_are_found(found: Recalibrated):
    for road_class in (RoadClass.PRIMARY, RoadClass.RESIDENTIAL):
        assert found.table.open_kph[road_class] == pytest.approx(truth().open_kph[road_class], rel=0.04)


def test_roads_that_were_not_driven_keep_their_speeds(found: Recalibrated):
    assert found.table.open_kph[RoadClass.MOTORWAY] == SIGNALS.open_kph[RoadClass.MOTORWAY]


def test_constant_is_found(found: Recalibrated):
    assert found.table.start_s == pytest.approx(TRUE_START_S, abs=7)


def test_drives_that_were_left_out_are_foretold_better_than_before(found: Recalibrated):
    before, now = (np.abs(each - found.judged.actual).mean() for each in (found.judged.before, found.judged.now))

    assert now < before / 2


def test_interval_holds_four_fifths_of_the_drives_that_were_left_out(found: Recalibrated):
    assert 0.7 < found.judged.inside_now.mean() < 0.9


def test_interval_becomes_as_narrow_as_the_drives_allow(found: Recalibrated):
    low_s, low_share, high_s, high_share = found.table.ends

    assert low_s + high_s + (low_share + high_share) * 400 < 60


def test_atlas_answers_with_the_table_that_was_found(found: Recalibrated):
    drive = drives(1, noise=0.0)[0]
    goal = [Destination(id="goal", position=drive.end)]

    atlas = Atlas.open(town(), goal, tables={Profile.SIGNALS: found.table})
    times = atlas.drive_times(drive.start, profile=Profile.SIGNALS)

    assert times.seconds[0] == pytest.approx(drive.seconds, rel=0.04)
    assert times.high_s[0] - times.seconds[0] == pytest.approx(
        found.table.ends.high_s + found.table.ends.high_share * times.seconds[0]
    )


def test_following_a_drive_takes_as_long_as_the_atlas_says():
    drive = drives(1, noise=0.0)[0]
    joined, _, _ = put_on_roads(town(), [drive])

    followed = follow(joined, truth(), SIGNALS)

    assert followed.predicted[0] == pytest.approx(drive.seconds, abs=0.3)
    assert followed.legs_s[0] == pytest.approx(0.0, abs=0.5)


def test_time_of_day_counts_in_what_is_foretold():
    drive = drives(1, noise=0.0)[0]
    joined, _, _ = put_on_roads(town(), [drive, replace(drive, factor=1.2)])

    usual, rush = follow(joined, SIGNALS, SIGNALS).predicted - SIGNALS.start_s

    assert rush == pytest.approx(1.2 * usual)


def test_drive_off_the_roads_is_told_and_the_others_are_kept():
    far = Position(lat=53.5, lon=5.0)
    drive = drives(1)[0]

    joined, kept, lost = put_on_roads(town(), [replace(drive, start=far), drive, replace(drive, end=far)])

    assert (len(joined), kept, [place for place, _ in lost]) == (1, [1], [0, 2])


def test_drive_that_took_many_times_as_long_does_not_count():
    drive = drives(1)[0]
    joined, _, _ = put_on_roads(town(), [drive, replace(drive, seconds=drive.seconds * 9)])

    counted, chosen, _ = drives_that_count(joined, SIGNALS)

    assert (len(counted), chosen.tolist()) == (1, [True, False])


def test_factor_and_constant_are_found_from_times_alone():
    random, base = Random(3), SIGNALS
    roads_s = np.array([random.uniform(200, 1500) for _ in range(400)])
    actual = np.array([each * 1.15 * random.uniform(0.9, 1.1) + 80 for each in roads_s])
    known = Foretold(
        foretold=roads_s + base.start_s,
        actual=actual,
        inside=np.zeros(400, np.bool_),
        distance_m=roads_s * 15,
        day=tuple(str(i % 40) for i in range(400)),
        parts=("night",) * 400,
    )

    found = recalibrate_by_times(known, base)

    assert found.table.open_kph[RoadClass.TRUNK] == pytest.approx(base.open_kph[RoadClass.TRUNK] / 1.15, rel=0.03)
    assert found.table.start_s == pytest.approx(80, abs=20)
    assert np.abs(found.judged.now - actual).mean() < np.abs(known.foretold - actual).mean() / 2


def test_interval_holds_four_fifths_of_what_it_was_fitted_on():
    random = np.random.default_rng(1)
    foretold = random.uniform(300, 2000, 1000)
    actual = foretold + random.normal(0, 60, 1000)

    assert covered(foretold, actual, fit_ends(foretold, actual)).mean() == pytest.approx(0.8, abs=0.01)


def test_quantile_line_leaves_its_share_below():
    random = np.random.default_rng(2)
    foretold = random.uniform(300, 2000, 500)
    actual = foretold * random.uniform(0.8, 1.3, 500)

    constant, slope = quantile_line(foretold, actual, 0.1)

    assert (actual - foretold < constant + slope * foretold).mean() == pytest.approx(0.1, abs=0.01)
