"""The built-in schematic network as it is delivered."""

from collections.abc import Mapping
from importlib.resources import files

import numpy as np
import pytest

from advisor.kernel import Position
from advisor.roads.atlas import Atlas
from advisor.roads.model import Destination, Profile
from advisor.roads.schematic import build_schematic, places

PLACES = {
    "alkmaar": Position(lat=52.632, lon=4.750),
    "almere": Position(lat=52.370, lon=5.215),
    "amsterdam-noord": Position(lat=52.400, lon=4.936),
    "amsterdam-oost": Position(lat=52.358, lon=4.914),
    "den-oever": Position(lat=52.934, lon=5.029),
    "enkhuizen": Position(lat=52.704, lon=5.288),
    "huizen": Position(lat=52.299, lon=5.241),
    "ijmuiden": Position(lat=52.458, lon=4.612),
    "lelystad": Position(lat=52.508, lon=5.475),
    "beverwijk": Position(lat=52.483, lon=4.657),
    "muiderberg": Position(lat=52.327, lon=5.119),
    "sneek": Position(lat=53.033, lon=5.660),
    "utrecht": Position(lat=52.091, lon=5.118),
    "zaandam": Position(lat=52.439, lon=4.825),
}


@pytest.fixture(scope="module")
def documents() -> Mapping[str, str]:
    folder = files("advisor.roads.schematic") / "data"
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".csv")}


@pytest.fixture(scope="module")
def atlas(documents: Mapping[str, str]) -> Atlas:
    destinations = [Destination(id=name, position=position) for name, position in PLACES.items()]
    return Atlas.open(build_schematic(documents), destinations)


def minutes(atlas: Atlas, start: str, goal: str) -> float:
    times = atlas.drive_times(PLACES[start], profile=Profile.NO_SIGNALS)
    return float(times.seconds[times.ids.index(goal)]) / 60


def kilometres(atlas: Atlas, start: str, goal: str) -> float:
    return atlas.route(PLACES[start], goal, profile=Profile.NO_SIGNALS).distance_m / 1000


def test_network_says_that_it_is_schematic(documents: Mapping[str, str]):
    network = build_schematic(documents)

    assert network.schematic
    assert "niet voor inzet" in network.attribution


def test_nothing_is_cut_off(documents: Mapping[str, str]):
    network = build_schematic(documents)

    assert network.dropped_nodes == 0


def test_same_documents_give_the_same_network(documents: Mapping[str, str]):
    backwards = dict(reversed(documents.items()))

    assert build_schematic(documents).identity == build_schematic(backwards).identity


def test_every_place_reaches_every_other(atlas: Atlas):
    times = [atlas.drive_times(position, profile=Profile.SIGNALS).seconds for position in PLACES.values()]

    assert np.isfinite(times).all()


@pytest.mark.parametrize(
    ("start", "goal", "least_km", "most_km"),
    [
        ("amsterdam-noord", "amsterdam-oost", 5, 9),  # IJtunnel or Zeeburgertunnel
        ("zaandam", "utrecht", 45, 58),  # Coentunnel
        ("ijmuiden", "beverwijk", 5, 11),  # Velsertunnel
        ("enkhuizen", "lelystad", 27, 36),  # Houtribdijk
        ("den-oever", "sneek", 48, 62),  # Afsluitdijk
        ("muiderberg", "almere", 7, 14),  # Hollandse Brug
        ("huizen", "almere", 13, 24),  # Stichtse Brug
        ("alkmaar", "lelystad", 70, 100),  # over the dike, not around by Amsterdam
    ],
)
def test_water_is_crossed_where_there_is_a_bridge_or_a_tunnel(
    atlas: Atlas, start: str, goal: str, least_km: float, most_km: float
):
    assert least_km < kilometres(atlas, start, goal) < most_km


def test_drive_between_two_cities_takes_as_long_as_people_know(atlas: Atlas):
    assert 27 < minutes(atlas, "amsterdam-oost", "utrecht") < 48


def test_towns_and_districts_are_found_by_name(documents: Mapping[str, str]):
    names = {place.name for place in places(documents)}

    assert {"Amsterdam", "Bijlmermeer", "Den Helder", "Lelystad", "Utrecht", "Volendam"} <= names


def test_streets_and_junctions_are_no_places(documents: Mapping[str, str]):
    names = {place.name for place in places(documents)}

    assert not {"Knooppunt Zaandam", "Wibautstraat"} & names


def test_no_name_stands_for_two_places(documents: Mapping[str, str]):
    names = [place.name for place in places(documents)]

    assert len(names) == len(set(names))


def test_places_are_in_order_of_name(documents: Mapping[str, str]):
    names = [place.name for place in places(documents)]

    assert names == sorted(names)
