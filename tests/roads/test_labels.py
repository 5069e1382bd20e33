"""Names of towns for the map."""

from importlib.resources import files

from advisor.kernel import Position
from advisor.roads.labels import RANKS, label_places
from advisor.roads.schematic import places

COUNTRY = (3.0, 50.0, 8.0, 54.0)
DATA = files("advisor.roads.schematic") / "data"
KNOWN = places({entry.name: entry.read_text("utf-8") for entry in DATA.iterdir() if entry.name.endswith(".csv")})


def test_every_weighty_town_is_a_place_that_is_known() -> None:
    assert frozenset().union(*RANKS) <= {place.name for place in KNOWN}


def test_no_town_has_two_weights() -> None:
    assert sum(map(len, RANKS)) == len(frozenset().union(*RANKS))


def test_weighty_towns_come_first() -> None:
    here = Position(lat=52.0, lon=5.0)

    labels = label_places([("Nergenshuizen", here), ("Laren", here), ("Utrecht", here), ("Zeist", here)], COUNTRY)

    assert [(name, rank) for name, _, _, rank in labels] == [
        ("Utrecht", 0),
        ("Zeist", 1),
        ("Laren", 2),
        ("Nergenshuizen", 3),
    ]


def test_place_outside_the_network_is_left_out() -> None:
    far = ("Utrecht", Position(lat=52.09, lon=5.12))

    assert label_places([far], (4.0, 52.2, 6.0, 53.0)) == []


def test_words_in_brackets_stay_off_the_map() -> None:
    twin = ("Schalkwijk (Haarlem)", Position(lat=52.36, lon=4.65))

    assert label_places([twin], COUNTRY) == [("Schalkwijk", 52.36, 4.65, 3)]
