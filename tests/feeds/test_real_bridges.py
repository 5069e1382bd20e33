"""The bridges of the real feed on the real roads of Amsterdam, when both are there."""

import gzip
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from advisor.feeds.datex import parse_datex
from advisor.kernel import Position
from advisor.roads.atlas import Atlas
from advisor.roads.build import build_from_osm
from advisor.roads.closure import active_closures
from advisor.roads.model import Destination, Profile
from advisor.services.hear_roads import RoadNews, hear_roads
from advisor.services.world import World
from tests.world import FEED, a_world

SHARED = Path(os.environ.get("UITWIJK_SHARED", Path(__file__).parents[3] / "shared"))
EXTRACT = SHARED / "data" / "amsterdam.osm.pbf"
FEED_FILE = SHARED / "samples" / "ndw-datex2" / "brugdata-20260402140310.xml.gz"
THEN = datetime(2026, 4, 2, 12, 5, tzinfo=UTC)

pytestmark = pytest.mark.skipif(
    not (EXTRACT.exists() and FEED_FILE.exists()), reason=f"no extract or feed under {SHARED}; set UITWIJK_SHARED"
)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas.open(build_from_osm(EXTRACT), [Destination(id="oost", position=Position(lat=52.3579, lon=4.9169))])


@pytest.fixture(scope="module")
def news() -> RoadNews:
    return parse_datex(gzip.decompress(FEED_FILE.read_bytes()))


@pytest.fixture
def world(atlas: Atlas) -> Iterator[World]:
    yield replace(a_world(), roads=atlas)
    atlas.close_roads((), THEN)


def test_nearly_all_bridges_of_the_city_lie_on_its_roads(world: World, atlas: Atlas, news: RoadNews) -> None:
    west, south, east, north = atlas.network.bounds
    inside = tuple(
        report for report in news.reports if south < report.points[0].lat < north and west < report.points[0].lon < east
    )

    taken = hear_roads("ndw", replace(news, reports=inside), actor=FEED, now=THEN, world=world)

    assert taken.closed > 50
    assert taken.elsewhere < 0.1 * taken.closed


def test_bridges_that_are_open_now_make_some_drives_longer_and_none_shorter(
    world: World, atlas: Atlas, news: RoadNews
) -> None:
    before = atlas.field(Profile.SIGNALS).astype(np.int64)
    hear_roads("ndw", news, actor=FEED, now=THEN, world=world)
    closures = active_closures((work.closure for work in world.journal.board().roadworks.values()), THEN)

    refreshed = atlas.close_roads(closures, THEN)

    after = atlas.field(Profile.SIGNALS).astype(np.int64)
    assert (len(closures) > 0, refreshed.unmatched) == (True, ())
    assert (after >= before).all()
    assert (after > before).any()


def test_same_feed_a_minute_later_is_only_heard(world: World, news: RoadNews) -> None:
    hear_roads("ndw", news, actor=FEED, now=THEN, world=world)
    facts = world.journal.head()

    hear_roads("ndw", news, actor=FEED, now=THEN, world=world)

    assert world.journal.head() == facts
