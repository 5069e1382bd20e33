"""What each OpenStreetMap tag means for an ambulance."""

import pytest

from advisor.roads.assemble import RoadFlag
from advisor.roads.model import RoadClass
from advisor.roads.tags import (
    HIGHWAYS,
    is_closed_barrier,
    is_for_ambulances,
    name_of_way,
    parse_limit_kph,
    use_of_way,
)

STREET = {"highway": "residential"}


@pytest.mark.parametrize(("highway", "road_class"), sorted(HIGHWAYS.items()))
def test_every_class_of_road_and_its_links_are_driven_on(highway: str, road_class: RoadClass):
    use = use_of_way({"highway": highway})

    assert use is not None
    assert use.road_class == road_class


@pytest.mark.parametrize("highway", ["footway", "cycleway", "path", "steps", "proposed", "construction", "raceway", ""])
def test_other_ways_are_not(highway: str):
    assert use_of_way({"highway": highway}) is None


@pytest.mark.parametrize("key", ["emergency", "motor_vehicle", "motorcar"])
def test_pedestrian_street_is_open_with_permission(key: str):
    assert use_of_way({"highway": "pedestrian"}) is None
    assert use_of_way({"highway": "pedestrian", key: "yes"}) is not None


@pytest.mark.parametrize(
    ("tags", "directions"),
    [
        ({}, (True, True)),
        ({"oneway": "yes"}, (True, False)),
        ({"oneway": "true"}, (True, False)),
        ({"oneway": "1"}, (True, False)),
        ({"oneway": "-1"}, (False, True)),
        ({"oneway": "reverse"}, (False, True)),
        ({"oneway": "no"}, (True, True)),
        ({"oneway": "alternating"}, (True, True)),
        ({"junction": "roundabout"}, (True, False)),
        ({"junction": "circular"}, (True, False)),
        ({"junction": "roundabout", "oneway": "no"}, (True, True)),
        ({"highway": "motorway"}, (True, False)),
        ({"highway": "motorway", "oneway": "no"}, (True, True)),
        ({"highway": "motorway_link"}, (True, True)),
        ({"oneway": "yes", "oneway:emergency": "no"}, (True, True)),
        ({"oneway": "no", "oneway:motor_vehicle": "yes"}, (True, False)),
    ],
)
def test_direction(tags: dict[str, str], directions: tuple[bool, bool]):
    use = use_of_way({**STREET, **tags})

    assert use is not None
    assert (use.forward, use.backward) == directions


def test_reversible_road_is_left_out():
    assert use_of_way({**STREET, "oneway": "reversible"}) is None


@pytest.mark.parametrize(
    "tags",
    [
        {"access": "no"},
        {"motor_vehicle": "no"},
        {"vehicle": "no"},
        {"motorcar": "no", "motor_vehicle": "yes"},
        {"access": "military"},
        {"access": "no", "emergency": "no", "psv": "yes"},
    ],
)
def test_closed_road_is_not_driven_on(tags: dict[str, str]):
    assert use_of_way({**STREET, **tags}) is None


@pytest.mark.parametrize(
    "tags",
    [
        {"access": "private"},
        {"access": "permit"},
        {"motor_vehicle": "private"},
        {"access": "no", "psv": "yes"},
        {"motor_vehicle": "no", "bus": "designated"},
    ],
)
def test_ambulance_passes_where_others_may_not(tags: dict[str, str]):
    use = use_of_way({**STREET, **tags})

    assert use is not None
    assert use.flags & RoadFlag.AMBULANCE_ONLY


@pytest.mark.parametrize("value", ["yes", "designated", "official"])
def test_emergency_access_overrules_a_closed_road(value: str):
    assert use_of_way({**STREET, "access": "no", "motor_vehicle": "no", "emergency": value}) is not None


@pytest.mark.parametrize("access", ["yes", "destination", "permissive", "discouraged"])
def test_open_road_is_open_to_everybody(access: str):
    use = use_of_way({**STREET, "access": access})

    assert use is not None
    assert not use.flags & RoadFlag.AMBULANCE_ONLY


def test_emergency_used_for_something_else_does_not_count():
    assert use_of_way({**STREET, "emergency": "fire_hydrant", "access": "no"}) is None


@pytest.mark.parametrize(
    ("text", "kph"),
    [
        ("50", 50),
        ("50 km/h", 50),
        ("30 mph", 48),
        ("50;30", 30),
        ("walk", 6),
        ("NL:urban", 50),
        ("NL:rural", 80),
        ("NL:motorway", 100),
        ("NL:zone30", 30),
        ("NL:zone:30", 30),
        ("NL:living_street", 15),
        ("none", 0),
        ("signals", 0),
        ("variable", 0),
        ("", 0),
        ("fast", 0),
        ("1000", 255),
    ],
)
def test_speed_limit(text: str, kph: int):
    assert parse_limit_kph(text) == kph


@pytest.mark.parametrize(
    ("tags", "flag"),
    [
        ({"junction": "roundabout"}, RoadFlag.ROUNDABOUT),
        ({"bridge": "movable"}, RoadFlag.BRIDGE),
        ({"tunnel": "yes"}, RoadFlag.TUNNEL),
    ],
)
def test_what_is_further_known_is_kept(tags: dict[str, str], flag: RoadFlag):
    use = use_of_way({**STREET, **tags})

    assert use is not None
    assert use.flags == flag


def test_bridge_no_is_no_bridge():
    use = use_of_way({**STREET, "bridge": "no", "tunnel": "no"})

    assert use is not None
    assert use.flags == RoadFlag(0)


def test_square_for_cars_is_no_road():
    assert use_of_way({"highway": "service", "area": "yes"}) is None


def test_ferry_is_a_road_only_when_asked_for():
    assert use_of_way({"route": "ferry"}) is None
    ferry = use_of_way({"route": "ferry"}, ferries=True)
    assert ferry is not None
    assert ferry.road_class == RoadClass.FERRY


def test_number_of_a_road_comes_before_its_name():
    assert name_of_way({"ref": "A9;E19", "name": "Rijksweg"}) == "A9"
    assert name_of_way({"name": "Dorpsstraat"}) == "Dorpsstraat"
    assert name_of_way({}) == ""


@pytest.mark.parametrize(
    "tags",
    [{"barrier": "bollard"}, {"barrier": "block"}, {"barrier": "gate", "access": "no"}],
)
def test_barrier_stops_an_ambulance(tags: dict[str, str]):
    assert is_closed_barrier(tags)


@pytest.mark.parametrize(
    "tags",
    [
        {},
        {"barrier": "gate"},
        {"barrier": "lift_gate", "access": "private"},
        {"barrier": "cattle_grid"},
        {"barrier": "bollard", "emergency": "yes"},
        {"barrier": "bollard", "motor_vehicle": "yes"},
        {"barrier": "bollard", "bollard": "rising"},
        {"barrier": "gate", "access": "no", "emergency": "designated"},
    ],
)
def test_barrier_lets_an_ambulance_through(tags: dict[str, str]):
    assert not is_closed_barrier(tags)


def test_turn_restriction_binds_unless_emergency_services_are_excepted():
    assert is_for_ambulances({"restriction": "no_left_turn"})
    assert is_for_ambulances({"restriction": "no_left_turn", "except": "psv;bicycle"})
    assert not is_for_ambulances({"restriction": "no_left_turn", "except": "psv;emergency"})
    assert not is_for_ambulances({"restriction:hgv": "no_left_turn"})
