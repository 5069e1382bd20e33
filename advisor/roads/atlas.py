"""The atlas: drive times, routes and roads for one network and one set of destinations."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from advisor.kernel import Position
from advisor.roads.band import band
from advisor.roads.closure import Closure, active_closures
from advisor.roads.closures import Ints, NoSuchRoad, stamp_of
from advisor.roads.drawing import draw_roads
from advisor.roads.fields import Fields, Report, Times, Work, edge_costs, fields_key, make_fields, read_fields
from advisor.roads.geo import ground_distances_m
from advisor.roads.hierarchy import COST_SHIFT, UNREACHABLE
from advisor.roads.join import Joins, join_destinations, start_costs
from advisor.roads.lookup import FieldTuple, field_tuple, join_rows, look_up
from advisor.roads.model import Destination, DriveTimes, Floats, Lines, Profile, Route
from advisor.roads.nearest import SearchArrays
from advisor.roads.network import Network
from advisor.roads.reach import ReachArea, reach_area
from advisor.roads.refresher import Refresher
from advisor.roads.route import find_route
from advisor.roads.shelf import Allocate, Arrays, in_memory, load_arrays, store_arrays
from advisor.roads.snap import Reach, RoadGrid, lay_grid, off_network, read_grid, search_arrays, snap
from advisor.roads.speeds import SpeedTable, speed_table, time_factor
from advisor.roads.straight import DETOUR, places_of, straight_route, straight_seconds


@dataclass(frozen=True, kw_only=True, eq=False)
class Snapshot:
    """The travel times that hold at a moment, all profiles together; replaced whole."""

    times: dict[Profile, Times]
    fields: dict[Profile, FieldTuple]
    search: SearchArrays
    stamp: str

    @classmethod
    def of(cls, grid: RoadGrid, times: dict[Profile, Times], closed: Ints | None, stamp: str) -> "Snapshot":
        """Gather what a question needs."""
        fields = {profile: field_tuple(grid.network, each) for profile, each in times.items()}
        return cls(times=times, fields=fields, search=search_arrays(grid, closed), stamp=stamp)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """The stamp of the travel times that answer now, and the ids of closures that lie on no road."""

    stamp: str
    unmatched: tuple[str, ...]


class Atlas:
    """Answers how long it takes to drive somewhere; safe to use from several threads."""

    def __init__(
        self,
        grid: RoadGrid,
        destinations: Sequence[Destination],
        joins: Joins,
        snapshot: Snapshot,
        fields: Fields,
        limit_m: float | None = None,
    ) -> None:
        self.network = grid.network
        self.destinations = tuple(destinations)
        self.ids = tuple(d.id for d in destinations)
        self._column = {name: column for column, name in enumerate(self.ids)}
        self.grid = grid
        self.joins = joins
        self._open_snapshot = self._snapshot = snapshot
        self._refresher = Refresher(grid, joins, fields, snapshot.times)
        self._refreshing = Lock()
        self._reach = Reach.of(grid.network, limit_m)
        self._limits = self._reach.limits
        self._join_rows = join_rows(joins)
        off = [place for place, is_off in zip(self.destinations, joins.off.tolist(), strict=True) if is_off]
        self._off_places = places_of(off)

    @classmethod
    def open(
        cls,
        network: Network,
        destinations: Sequence[Destination],
        cache_dir: Path | None = None,
        report: Report | None = None,
        tables: Mapping[Profile, SpeedTable] | None = None,
        limit_m: float | None = None,
    ) -> "Atlas":
        """Open the atlas, computing and storing travel times in `cache_dir` unless they are there already.

        Without a `cache_dir` nothing is stored. `report` hears of the progress. Only the profiles in `tables` can be
        asked for later: by default both, at the speeds that come with the program. Positions farther than `limit_m`
        from every road are refused; how far destinations may lie is not its matter.
        """
        tables = tables or {profile: speed_table(profile) for profile in Profile}
        costs = {profile: edge_costs(network, table) for profile, table in tables.items()}
        key = fields_key(network, destinations, tables)

        def fill(allocate: Allocate) -> tuple[RoadGrid, Fields]:
            grid = lay_grid(network, allocate)
            work = Work(report=report) if report else Work()
            return grid, make_fields(network, join_destinations(grid, destinations), costs, allocate, work)

        def read(arrays: Arrays) -> tuple[RoadGrid, Fields]:
            shape = (network.node_count, len(destinations))
            return read_grid(network, arrays), read_fields(arrays, shape, tuple(tables))

        if cache_dir is None:
            grid, fields = fill(in_memory)
        else:
            grid, fields = load_arrays(cache_dir / key, read) or store_arrays(cache_dir / key, fill, read)
        joins = join_destinations(grid, destinations)
        times = {p: Times.on_open_roads(tables[p], costs[p], fields.stored[p]) for p in tables}
        return cls(grid, destinations, joins, Snapshot.of(grid, times, None, key), fields, limit_m)

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """Return the profiles that can be asked for."""
        return tuple(self._open_snapshot.times)

    @property
    def tables(self) -> dict[Profile, SpeedTable]:
        """Return the speeds in force."""
        return {profile: times.table for profile, times in self._open_snapshot.times.items()}

    @property
    def stamp(self) -> str:
        """Name of the travel times that answer now."""
        return self._snapshot.stamp

    def drive_times(
        self,
        position: Position,
        *,
        profile: Profile,
        at: datetime | None = None,
        heading_deg: float | None = None,
        accuracy_m: float | None = None,
    ) -> DriveTimes:
        """Drive times from `position` to every destination, in the order of `ids`.

        `at` is the moment of departure (an aware time), for rush hours. `heading_deg` (clockwise from north) tells
        near-parallel roads apart; `accuracy_m` widens the band.

        Raises
        ------
        OffNetwork
            When the nearest road is too far away to answer.
        """
        snapshot = self._snapshot
        spot = (position.lat, position.lon, math.nan if heading_deg is None else heading_deg)
        found = np.empty((2, len(self.ids)))
        snap_m = look_up(spot, self._limits, snapshot.search, snapshot.fields[profile], self._join_rows, found)
        if snap_m < 0:
            raise off_network(self.grid, position, self._reach)
        seconds, distance_m = found
        seconds *= time_factor(profile, at)
        table = snapshot.times[profile].table
        seconds += table.start_s
        if self._off_places.size:
            self._estimate_off(position, profile, seconds, distance_m)
        low_s, high_s = band(seconds, self.joins.off, table.ends, accuracy_m)
        return DriveTimes(
            ids=self.ids,
            seconds=seconds,
            low_s=low_s,
            high_s=high_s,
            distance_m=distance_m,
            snap_m=snap_m,
            geodesic=self.joins.off,
            stamp=snapshot.stamp,
        )

    def route(
        self, position: Position, destination_id: str, *, profile: Profile, heading_deg: float | None = None
    ) -> Route:
        """Find the fastest way to one destination, with its points.

        To a destination off the network it is the straight line.

        Raises
        ------
        KeyError
            When there is no such destination.
        OffNetwork, NoRoute
            When the position is too far from a road, or no way leads there.
        """
        column = self._column[destination_id]
        destination = self.destinations[column]
        if self.joins.off[column]:
            return straight_route(position, destination, profile)
        snapshot = self._snapshot
        found = snap(self.grid, position, self._reach, heading_deg, snapshot.search)
        times = snapshot.times[profile]
        return find_route(self.network, times, self.joins, found, position, (column, destination))

    def close_roads(self, closures: Sequence[Closure], at: datetime) -> Refreshed:
        """Take the closures that hold at a moment into account from now on, and no others.

        What differs is computed anew beside the times that answer meanwhile, then put in their place at once. It can
        take seconds on a country: run it outside an event loop. It keeps one core busy. Closures that lie on no road
        are named in the answer.
        """
        with self._refreshing:
            affected, lost = self._refresher.match(active_closures(closures, at))
            stamp = stamp_of(self._open_snapshot.stamp, affected)
            if stamp == self._open_snapshot.stamp:
                self._snapshot = self._open_snapshot
            elif stamp != self._snapshot.stamp:
                self._snapshot = self._snapshot_under(affected, stamp)
            return Refreshed(stamp=stamp, unmatched=lost)

    def prepare(self) -> None:
        """Get ready for the first closure, which then takes no longer than others."""
        self._refresher.prepare()

    def check_closure(self, closure: Closure) -> None:
        """Let pass a closure that lies on a road.

        Raises
        ------
        NoSuchRoad
            When it lies on none.
        """
        if not len(self._refresher.edges_of(closure)):
            raise NoSuchRoad(f"closure {closure.id} lies on no road of this network")

    def lines_of(self, closures: Iterable[Closure]) -> list[Lines]:
        """Roads that each closure touches, for a map: from junction to junction, the main ones of very many."""
        return [draw_roads(self.network, self._refresher.edges_of(closure)) for closure in closures]

    def reach(self, destination_ids: Iterable[str], minutes: float, *, profile: Profile) -> ReachArea:
        """Draw the area from which any of the destinations is reached within some minutes.

        Raises
        ------
        KeyError
            When there is no such destination.
        """
        columns = [self._column[name] for name in destination_ids]
        return reach_area(self.network, self._snapshot.times[profile], columns, minutes * 60.0)

    def field(self, profile: Profile) -> NDArray[np.uint16]:
        """Times of a profile, uint16[node, destination] in 0.25 s; 65535 = unreachable; no start constant."""
        return self._snapshot.times[profile].seconds_to(range(len(self.ids)))

    def look_up_arrays(self, profile: Profile) -> FieldTuple:
        """Arrays that answer now, as `look_up` takes them; to measure it."""
        return self._snapshot.fields[profile]

    def entries(self, destination_id: str, profile: Profile) -> list[tuple[int, float]]:
        """Nodes from which one road leads to a destination, with the seconds from the node; to check fields against."""
        column, cost = self._column[destination_id], self._snapshot.times[profile].edge_cost
        starts = start_costs(self.network, self.joins, cost, range(column, column + 1))
        return [(int(node), (int(rest) >> COST_SHIFT) / 1000) for _, node, rest in starts]

    def _snapshot_under(self, affected: Sequence[tuple[Ints, float]], stamp: str) -> Snapshot:
        times = self._refresher.times_under(affected)
        closed = np.flatnonzero(next(iter(times.values())).edge_cost >= UNREACHABLE).astype(np.int32)
        return Snapshot.of(self.grid, times, closed, stamp)

    def _estimate_off(self, position: Position, profile: Profile, seconds: Floats, distance_m: Floats) -> None:
        """Fill in the destinations that the network does not reach."""
        straight_m = ground_distances_m(position.lat, position.lon, *self._off_places)
        seconds[self.joins.off] = straight_seconds(straight_m, profile)
        distance_m[self.joins.off] = straight_m * DETOUR
