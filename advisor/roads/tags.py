"""What the tags of an OpenStreetMap way, node or relation mean for an ambulance."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from advisor.roads.assemble import RoadFlag
from advisor.roads.model import RoadClass

Tags = Mapping[str, str]

HIGHWAYS = {
    "motorway": RoadClass.MOTORWAY,
    "motorway_link": RoadClass.MOTORWAY_LINK,
    "trunk": RoadClass.TRUNK,
    "trunk_link": RoadClass.TRUNK_LINK,
    "primary": RoadClass.PRIMARY,
    "primary_link": RoadClass.PRIMARY_LINK,
    "secondary": RoadClass.SECONDARY,
    "secondary_link": RoadClass.SECONDARY_LINK,
    "tertiary": RoadClass.TERTIARY,
    "tertiary_link": RoadClass.TERTIARY_LINK,
    "unclassified": RoadClass.UNCLASSIFIED,
    "road": RoadClass.UNCLASSIFIED,
    "residential": RoadClass.RESIDENTIAL,
    "living_street": RoadClass.LIVING_STREET,
    "service": RoadClass.SERVICE,
    "busway": RoadClass.BUSWAY,
}
"""Values of `highway` that an ambulance drives on."""
BY_PERMISSION = {
    "pedestrian": RoadClass.LIVING_STREET,
    "track": RoadClass.SERVICE,
    "cycleway": RoadClass.SERVICE,
    "path": RoadClass.SERVICE,
    "footway": RoadClass.SERVICE,
}
"""Values of `highway` that need an explicit permission for motor vehicles or emergency services."""
USE_KEYS = (
    "highway",
    "oneway",
    "junction",
    "maxspeed",
    "access",
    "vehicle",
    "motor_vehicle",
    "motorcar",
    "emergency",
    "psv",
    "bus",
    "oneway:motor_vehicle",
    "oneway:emergency",
    "area",
    "bridge",
    "tunnel",
    "route",
)
"""Keys of ways that say how they may be driven."""
NAME_KEYS = ("ref", "name")
NODE_KEYS = ("barrier", "access", "vehicle", "motor_vehicle", "motorcar", "emergency", "psv", "bus", "bollard")
"""Keys of nodes that are looked at."""
ACCESS_KEYS = ("emergency", "motorcar", "motor_vehicle", "vehicle", "access")
"""From the most special to the most general; the first that is present decides."""
REFUSED = frozenset({"no", "agricultural", "forestry", "military", "dismount"})
RESTRICTED = frozenset(
    {"private", "permit", "customers", "delivery", "residents", "psv", "bus", "emergency", "official"}
)
CLOSED_BARRIERS = frozenset(
    {
        "bollard",
        "block",
        "jersey_barrier",
        "log",
        "debris",
        "bus_trap",
        "sump_buster",
        "stile",
        "cycle_barrier",
        "chain",
    }
    | {"motorcycle_barrier", "kissing_gate", "turnstile", "full-height_turnstile", "planter", "wall", "fence", "hedge"}
)
"""Barriers on a road that stop an ambulance unless a tag lets it through; gates and the like open."""
MOVABLE_BOLLARDS = frozenset({"removable", "rising", "foldable", "retractable"})
LIMITS_KPH = {"urban": 50, "rural": 80, "trunk": 100, "motorway": 100, "living_street": 15, "walk": 6, "zone30": 30}
"""Dutch limits by name (motorways: 100 km/h by day since March 2020); `walk` is walking pace."""
KPH_PER_MPH = 1.609344
_LIMIT = re.compile(r"^(\d+(?:\.\d+)?)\s*(mph|km/h|kmh|kph|knots)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class WayUse:
    """How an ambulance may use a way."""

    road_class: RoadClass
    forward: bool
    backward: bool
    limit_kph: int
    flags: RoadFlag


def use_of_way(tags: Tags, *, ferries: bool = False) -> WayUse | None:
    """Say how a way may be driven, or None when it may not.

    An ambulance passes private roads, bus lanes and emergency entrances; it does not pass what is closed to all
    vehicles unless `emergency` says so. Motorways and roundabouts run one way unless tagged otherwise.
    """
    road_class = _class_of(tags, ferries=ferries)
    allowed = _access(tags)
    if road_class is None or allowed is None or tags.get("area") == "yes":
        return None
    forward, backward = _directions(tags, road_class)
    if not (forward or backward):
        return None
    flags = RoadFlag(0)
    flags |= RoadFlag.AMBULANCE_ONLY if allowed == "restricted" else flags
    flags |= RoadFlag.ROUNDABOUT if tags.get("junction") in {"roundabout", "circular"} else flags
    flags |= RoadFlag.BRIDGE if tags.get("bridge", "no") != "no" else flags
    flags |= RoadFlag.TUNNEL if tags.get("tunnel", "no") != "no" else flags
    return WayUse(
        road_class=road_class,
        forward=forward,
        backward=backward,
        limit_kph=parse_limit_kph(tags.get("maxspeed", "")),
        flags=flags,
    )


def name_of_way(tags: Tags) -> str:
    """The number of a road where it has one (A9, N201), else its name, else nothing."""
    return (tags.get("ref") or tags.get("name") or "").split(";")[0].strip()


def parse_limit_kph(text: str) -> int:
    """Read a `maxspeed` in km/h, at most 255; 0 when it is absent, variable, unlimited or not understood.

    Of several values the lowest counts.
    """
    limits = [limit for part in text.split(";") if (limit := _one_limit_kph(part.strip().lower()))]
    return min(limits, default=0)


def is_closed_barrier(tags: Tags) -> bool:
    """Say whether a node stops an ambulance."""
    barrier = tags.get("barrier", "")
    if not barrier:
        return False
    if tags.get("emergency", "no") != "no":
        return False
    if barrier in CLOSED_BARRIERS:
        passable = {tags.get(key) for key in ("motor_vehicle", "motorcar", "vehicle", "psv", "bus")}
        return (
            not (passable & {"yes", "designated", "permissive", "private"})
            and tags.get("bollard") not in MOVABLE_BOLLARDS
        )
    return _access(tags) is None


def is_for_ambulances(tags: Tags) -> bool:
    """Say whether a turn restriction also binds ambulances: not when it excepts emergency services."""
    excepted = {vehicle.strip() for vehicle in tags.get("except", "").split(";")}
    return "restriction" in tags and "emergency" not in excepted


def _class_of(tags: Tags, *, ferries: bool) -> RoadClass | None:
    highway = tags.get("highway", "")
    if not highway and tags.get("route") == "ferry":
        return RoadClass.FERRY if ferries else None
    if highway in BY_PERMISSION:
        permitted = {tags.get("emergency"), tags.get("motor_vehicle"), tags.get("motorcar")}
        return BY_PERMISSION[highway] if permitted & {"yes", "designated", "official", "permissive"} else None
    return HIGHWAYS.get(highway)


def _access(tags: Tags) -> str | None:
    """Say "open", "restricted" (but not for an ambulance), or None when closed."""
    value = next((tags[key] for key in ACCESS_KEYS if key in tags), "yes")
    if tags.get("emergency", "no") not in {"no", "yes", "designated", "official", "permissive", "destination"}:
        value = next((tags[key] for key in ACCESS_KEYS[1:] if key in tags), "yes")
    if value in REFUSED and tags.get("emergency") != "no":
        buses = {tags.get("psv"), tags.get("bus")}
        return "restricted" if buses & {"yes", "designated"} else None
    if value in REFUSED:
        return None
    return "restricted" if value in RESTRICTED else "open"


def _directions(tags: Tags, road_class: RoadClass) -> tuple[bool, bool]:
    implied = road_class is RoadClass.MOTORWAY or tags.get("junction") in {"roundabout", "circular"}
    keys = ("oneway:emergency", "oneway:motor_vehicle", "oneway")
    value = next((tags[key] for key in keys if key in tags), "yes" if implied else "no")
    if value in {"yes", "true", "1"}:
        return True, False
    if value in {"-1", "reverse"}:
        return False, True
    # Reversible roads run now one way, now the other: nothing that one can rely on.
    return (False, False) if value == "reversible" else (True, True)


def _one_limit_kph(text: str) -> int:
    match = _LIMIT.match(text)
    if match:
        factor = {"mph": KPH_PER_MPH, "knots": 1.852}.get(match[2] or "", 1.0)
        return min(round(float(match[1]) * factor), 255)
    country, _, zone = text.partition(":")
    if not zone:
        return LIMITS_KPH.get(country, 0)
    zone = zone.removeprefix("zone:").removeprefix("zone")
    return min(int(zone), 255) if zone.isdigit() else LIMITS_KPH.get(zone, 0)
