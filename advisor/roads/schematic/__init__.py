"""The built-in schematic road network: authored places and main roads, so that nothing has to be downloaded."""

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.kernel import Position
from advisor.roads.assemble import build_from_segments
from advisor.roads.network import Network
from advisor.roads.schematic.authored import NAMED_KINDS, parse_authored

NAME = "schematisch wegennet"
ATTRIBUTION = "Schematisch wegennet van Uitwijk — niet voor inzet"


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
    return build_from_segments(nodes, authored.segments, attribution=ATTRIBUTION, name=NAME, schematic=True)


def places(documents: Mapping[str, str]) -> tuple[Place, ...]:
    """List the towns and districts of the same files, by name.

    Raises
    ------
    InvalidInput
        With every mistake in every file.
    """
    named = (node for node in parse_authored(documents).nodes if node.kind in NAMED_KINDS)
    return tuple(sorted((Place(name=n.name, position=n.position) for n in named), key=lambda place: place.name))
