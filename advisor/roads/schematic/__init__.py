"""The built-in schematic road network: authored places and main roads, so that nothing has to be downloaded."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from advisor.kernel import Position
from advisor.roads.assemble import Segment, build_from_segments
from advisor.roads.model import RoadClass
from advisor.roads.network import Network
from advisor.roads.schematic.authored import NAMED_KINDS, parse_authored

NAME = "schematisch wegennet"
ATTRIBUTION = "Schematisch wegennet van Uitwijk — niet voor inzet"
STRAIGHT_LINE_FACTOR: dict[RoadClass, float] = {
    RoadClass.MOTORWAY: 0.91,
    RoadClass.TRUNK: 0.95,
    RoadClass.PRIMARY: 0.97,
    RoadClass.SECONDARY: 0.90,
    RoadClass.TERTIARY: 0.86,
}
"""Share of its class's speed that is left along a straight line, by class (others: 1).

Makes up for what a schematic road leaves out: bends, slip roads and interchanges, turns into side streets. Chosen so
that drive times with and without signals, taken together, are neither short nor long on the whole against real roads
with the same speeds (`python -m bench.schematic`); to be chosen again when the speed table changes much.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A town or city district by its Dutch name, at its middle."""

    name: str
    position: Position


def build_schematic(documents: Mapping[str, str]) -> Network:
    """Build the network from the texts of its data files, by file name (`nodes_….csv` and `roads_….csv`).

    Raises
    ------
    InvalidInput
        With every mistake in every file.
    """
    authored = parse_authored(documents)
    nodes = {node.id: node.position for node in authored.nodes}
    segments = [_slowed(segment) for segment in authored.segments]
    return build_from_segments(nodes, segments, attribution=ATTRIBUTION, name=NAME, schematic=True)


def places(documents: Mapping[str, str]) -> tuple[Place, ...]:
    """List the towns and districts of the same files, by name.

    Raises
    ------
    InvalidInput
        With every mistake in every file.
    """
    named = (node for node in parse_authored(documents).nodes if node.kind in NAMED_KINDS)
    return tuple(sorted((Place(name=n.name, position=n.position) for n in named), key=lambda place: place.name))


def _slowed(segment: Segment) -> Segment:
    share = STRAIGHT_LINE_FACTOR.get(segment.road_class, 1.0)
    return replace(segment, speed_factor=segment.speed_factor * share)
