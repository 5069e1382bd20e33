"""From ways with node numbers to roads between junctions."""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class Chains:
    """Pieces of ways strung together between junctions.

    A *piece* is a stretch of one way from point first[i] to point last[i] of the way points, both included. Chain c
    consists of pieces order[first_piece[c]] .. order[first_piece[c + 1]], those with `flipped` against their points.
    """

    first: Ints
    last: Ints
    way: Ints
    first_piece: Ints
    order: Ints
    flipped: Bools


def cut_into_pieces(point_node: Ints, first_ref: Ints, gap: Bools, kept: Bools) -> tuple[Ints, Ints, Ints]:
    """Cut ways at junctions: first point, last point and way of each piece.

    `point_node` numbers the node of each way point; `gap` marks points from which the way does not lead on to the next;
    `kept` marks nodes at which to cut in any case. A junction is a node where more than one stretch passes or ends.
    """
    count = int(point_node.max(initial=-1)) + 1
    step = np.zeros(len(point_node), np.bool_)
    step[:-1] = ~gap[:-1] & (point_node[:-1] != point_node[1:])
    step[first_ref[1:] - 1] = False
    starts = np.flatnonzero(step)
    passes = np.bincount(point_node[starts], minlength=count) + np.bincount(point_node[starts + 1], minlength=count)
    before = np.concatenate(([False], step[:-1]))
    cut = ~(step & before) | (passes[point_node] > 2) | kept[point_node]
    first = np.flatnonzero(step & cut).astype(np.int32)
    last = np.flatnonzero(before & cut).astype(np.int32)
    way = (np.searchsorted(first_ref, first, side="right") - 1).astype(np.int32)
    return first, last, way


def string_together(
    pieces: tuple[Ints, Ints, Ints], point_node: Ints, alike: Longs, oneway: Bools, kept: Bools
) -> Chains:
    """Join pieces at nodes where exactly two of the same kind meet and traffic can only pass through.

    `alike` and `oneway` are by piece: equal numbers mean the same kind; one-way pieces run along their points.
    """
    first, last, way = pieces
    ends = np.column_stack((point_node[first], point_node[last])).astype(np.int32)
    count = int(point_node.max(initial=-1)) + 1
    chain_start, order, flipped = _string(ends, count, alike, oneway, kept)
    return Chains(first=first, last=last, way=way, first_piece=chain_start, order=order, flipped=flipped)


def chain_points(chains: Chains) -> tuple[Ints, Ints]:
    """Way points of each chain, one after another: first_point int32[c + 1], and the numbers of the way points."""
    return _points(chains.first, chains.last, chains.first_piece, chains.order, chains.flipped)


@njit(cache=True, nogil=True)
def _string(ends: Ints, count: int, alike: Longs, oneway: Bools, kept: Bools) -> tuple[Ints, Ints, Bools]:
    partner = _partners(ends, count, alike, oneway, kept)
    pieces = len(ends)
    done = np.zeros(pieces, np.bool_)
    order, flipped = np.empty(pieces, np.int32), np.zeros(pieces, np.bool_)
    chain_start = np.empty(pieces + 1, np.int32)
    chains, used = 0, 0
    for closed in (False, True):
        # First the chains that have two ends, then what is left: rings.
        for piece in range(pieces):
            if done[piece] or not (closed or partner[piece, 0] < 0 or partner[piece, 1] < 0):
                continue
            backwards = not closed and partner[piece, 0] >= 0 and not oneway[piece]
            if not closed and partner[piece, 0] >= 0 and not backwards:
                continue
            chain_start[chains] = used
            chains += 1
            at, against = piece, backwards
            while at >= 0 and not done[at]:
                done[at] = True
                order[used], flipped[used] = at, against
                used += 1
                at, against = _follow(ends, partner, at, against)
    chain_start[chains] = used
    return chain_start[: chains + 1].copy(), order, flipped


@njit(cache=True, nogil=True)
def _partners(ends: Ints, count: int, alike: Longs, oneway: Bools, kept: Bools) -> Ints:
    """The piece to go on with at either end of each piece, -1 where the chain ends."""
    meeting = np.zeros(count, np.int32)
    visitor = np.full((count, 2), -1, np.int32)
    for piece in range(len(ends)):
        for end in range(2):
            node = ends[piece, end]
            if meeting[node] < 2:
                visitor[node, meeting[node]] = piece
            meeting[node] += 1
    partner = np.full((len(ends), 2), -1, np.int32)
    for node in range(count):
        one, other = visitor[node]
        if meeting[node] != 2 or kept[node] or one == other or alike[one] != alike[other]:
            continue
        one_end, other_end = int(ends[one, 1] == node), int(ends[other, 1] == node)
        if oneway[one] and one_end == other_end:
            continue
        partner[one, one_end], partner[other, other_end] = other, one
    return partner


@njit(cache=True, nogil=True)
def _follow(ends: Ints, partner: Ints, piece: int, against: bool) -> tuple[int, bool]:  # noqa: FBT001  (compiled code)
    """The next piece of a chain and whether it runs against its points; -1 at the end."""
    end = 0 if against else 1
    following = partner[piece, end]
    if following < 0:
        return -1, False
    return following, ends[following, 0] != ends[piece, end]


@njit(cache=True, nogil=True)
def _points(first: Ints, last: Ints, first_piece: Ints, order: Ints, flipped: Bools) -> tuple[Ints, Ints]:
    chains = len(first_piece) - 1
    first_point = np.zeros(chains + 1, np.int32)
    for chain in range(chains):
        total = 1
        for i in range(first_piece[chain], first_piece[chain + 1]):
            total += last[order[i]] - first[order[i]]
        first_point[chain + 1] = first_point[chain] + total
    points = np.empty(first_point[-1], np.int32)
    for chain in range(chains):
        used = first_point[chain]
        for i in range(first_piece[chain], first_piece[chain + 1]):
            piece = order[i]
            length = last[piece] - first[piece]
            for k in range(length + 1):
                # Pieces share their end points, so all but the first begin on the last point written.
                points[used + k] = last[piece] - k if flipped[i] else first[piece] + k
            used += length
    return first_point, points
