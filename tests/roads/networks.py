"""Small hand-made networks, and random ones for properties."""

from collections.abc import Sequence

from hypothesis import strategies as st

from advisor.kernel import Position
from advisor.roads.assemble import Segment, build_from_segments
from advisor.roads.model import RoadClass
from advisor.roads.network import Network

ATTRIBUTION = "drawn by hand"
STEP_LAT = 0.01
"""1,111.95 m to the north."""


def at(north: float, east: float) -> Position:
    """A point of the drawing: steps of 0.01 degree from (52, 5)."""
    return Position(lat=52 + north * STEP_LAT, lon=5 + east * STEP_LAT)


def road(
    from_node: str,
    to_node: str,
    road_class: RoadClass = RoadClass.PRIMARY,
    *,
    oneway: bool = False,
    name: str = "",
    via: Sequence[Position] = (),
) -> Segment:
    """A road between two named nodes, by default a primary road both ways."""
    return Segment(
        from_node=from_node, to_node=to_node, road_class=road_class, oneway=oneway, name=name, via=tuple(via)
    )


def draw(nodes: dict[str, Position], *segments: Segment, schematic: bool = False) -> Network:
    """A network of those segments."""
    return build_from_segments(nodes, segments, attribution=ATTRIBUTION, name="drawing", schematic=schematic)


def square() -> Network:
    """A square of primary roads with a one-way short cut; each side is one step.

    c --- d        c: (1, 0)   d: (1, 1)
    |   ^ |        a: (0, 0)   b: (0, 1)
    |  /  |
    a --- b        a → d one way, secondary
    """
    nodes = {"a": at(0, 0), "b": at(0, 1), "c": at(1, 0), "d": at(1, 1)}
    sides = [road("a", "b"), road("b", "d"), road("d", "c"), road("c", "a")]
    return draw(nodes, *sides, road("a", "d", RoadClass.SECONDARY, oneway=True))


def line() -> Network:
    """One straight two-way road of five steps to the east, in two parts with names.

    west ── A9, 2 steps ── middle ── N201, 3 steps ── east
    """
    nodes = {"west": at(0, 0), "middle": at(0, 2), "east": at(0, 5)}
    return draw(nodes, road("west", "middle", name="A9"), road("middle", "east", name="N201"))


@st.composite
def networks(draw_value: st.DrawFn, most: int = 12) -> Network:
    """Random connected networks: a ring with chords, some of them one way, of all classes."""
    count = draw_value(st.integers(4, most))
    spots = draw_value(
        st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=count, max_size=count, unique=True)
    )
    nodes = {str(i): at(north / 10, east / 10) for i, (north, east) in enumerate(spots)}
    classes = st.sampled_from(list(RoadClass)[:14])
    ring = [road(str(i), str((i + 1) % count), draw_value(classes)) for i in range(count)]
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda pair: pair[0] != pair[1])
    chords = [
        road(str(a), str(b), draw_value(classes), oneway=draw_value(st.booleans()))
        for a, b in draw_value(st.lists(pairs, max_size=2 * count))
    ]
    return draw(nodes, *ring, *chords)


def two_carriageways() -> Network:
    """A motorway of 6 km, eastward, and 22 m to the north of it its other carriageway; one turns at either end."""
    return draw(
        {"west": at(0, 0), "east": at(0, 9), "north west": at(0.02, 0), "north east": at(0.02, 9)},
        road("west", "east", RoadClass.MOTORWAY, oneway=True),
        road("north east", "north west", RoadClass.MOTORWAY, oneway=True),
        road("east", "north east", RoadClass.RESIDENTIAL),
        road("north west", "west", RoadClass.RESIDENTIAL),
    )
