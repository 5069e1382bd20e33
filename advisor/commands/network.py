"""Road networks on the command line: build, fetch, info."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.kernel import InvalidInput, Problem

if TYPE_CHECKING:
    from advisor.roads.fields import Report
    from advisor.roads.network import Network
    from advisor.roads.ways import Inside


def register(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser("network", help="build and inspect road networks")
    acts = parser.add_subparsers(title="acts", required=True, metavar="ACT")
    build = acts.add_parser("build", help="build a network from an OpenStreetMap extract (.osm.pbf)")
    build.add_argument(
        "--osm", required=True, type=Path, metavar="FILE", nargs="+", action="extend", help="several are merged"
    )
    build.add_argument("--out", required=True, type=Path, metavar="FILE")
    build.add_argument("--bbox", type=parse_box, metavar="W,S,E,N", help="only what lies in this box, in degrees")
    build.add_argument("--polygon", type=Path, metavar="FILE", help="only what lies in the polygons of this GeoJSON")
    build.add_argument("--ferries", action="store_true", help="count ferries as roads")
    build.add_argument("--ignore-restrictions", action="store_true", help="allow turns that signs forbid")
    build.set_defaults(run=_build)
    fetch = acts.add_parser("fetch", help="download the roads of places through osmnx, and build a network")
    fetch.add_argument("place", nargs="+", help='for example "Haarlem, Netherlands"')
    fetch.add_argument("--out", required=True, type=Path, metavar="FILE")
    fetch.set_defaults(run=_fetch)
    info = acts.add_parser("info", help="say what is in a network file")
    info.add_argument("file", type=Path)
    info.set_defaults(run=_info)


def parse_box(text: str) -> tuple[float, float, float, float]:
    """Read west, south, east, north in degrees.

    Raises
    ------
    argparse.ArgumentTypeError
        When it is no box on earth.
    """
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not four numbers W,S,E,N") from error
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise argparse.ArgumentTypeError(f"{text!r} is no box: it must be west,south,east,north in degrees")
    return west, south, east, north


def fetch_network(
    places: Sequence[str], out: Path, fetch: "Callable[[Sequence[str]], Network] | None" = None
) -> "Network":
    """Download a network and save it; `fetch` does the downloading, by default through osmnx."""
    from advisor.roads import build  # noqa: PLC0415 - slow to import
    from advisor.roads.network import save_network  # noqa: PLC0415 - as above

    network = (fetch or build.fetch_places)(places)
    save_network(network, out)
    return network


def _build(options: argparse.Namespace) -> int:
    from advisor.roads import build  # noqa: PLC0415 - slow to import
    from advisor.roads.network import save_network  # noqa: PLC0415 - as above

    _check_folder(options.out)
    wanted = build.BuildOptions(
        inside=_area(options),
        ferries=options.ferries,
        obey_restrictions=not options.ignore_restrictions,
    )
    with progress() as report:
        network = build.build_from_osm(options.osm, wanted, report)
        report("writing", 0, 1)
        save_network(network, options.out)
        report("writing", 1, 1)
    _print_lines(_facts(network, options.out))
    return 0


def _area(options: argparse.Namespace) -> "Inside | None":
    from advisor.roads.build import within_box, within_polygon  # noqa: PLC0415 - slow to import

    box = within_box(*options.bbox) if options.bbox else None
    if options.polygon is None:
        return box
    try:
        text = options.polygon.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(
            [Problem(field="--polygon", message=f"{options.polygon} cannot be read: {error}")]
        ) from error
    polygon = within_polygon(text)
    return polygon if box is None else lambda lat, lon: box(lat, lon) & polygon(lat, lon)


def _fetch(options: argparse.Namespace) -> int:
    _check_folder(options.out)
    with progress() as report:
        report("downloading", 0, 0)
        network = fetch_network(options.place, options.out)
    _print_lines(_facts(network, options.out))
    return 0


def _info(options: argparse.Namespace) -> int:
    from advisor.bootstrap.material import list_destinations, load_registry  # noqa: PLC0415 - slow to import
    from advisor.roads.join import join_destinations  # noqa: PLC0415 - as above
    from advisor.roads.network import load_network  # noqa: PLC0415 - as above
    from advisor.roads.snap import lay_grid  # noqa: PLC0415 - as above

    network = load_network(options.file)
    sites = tuple(load_registry())
    joins = join_destinations(lay_grid(network), list_destinations(sites))
    named = sorted((is_off, site.name) for site, is_off in zip(sites, joins.off.tolist(), strict=True))
    reached = [name for is_off, name in named if not is_off]
    _print_lines(_facts(network, options.file))
    _print_lines(_contents(network))
    print(f"reaches      {len(reached)} of {len(sites)} emergency departments")
    for name in reached:
        print(f"             {name}")
    print(f"estimates    {len(sites) - len(reached)} along the straight line, being off this network")
    for is_off, name in named:
        if is_off:
            print(f"             {name}")
    return 0


def _check_folder(path: Path) -> None:
    if path.is_dir():
        raise InvalidInput([Problem(field="--out", message=f"{path} is a folder; name a file")])


@contextmanager
def progress() -> "Iterator[Report]":
    """Show progress bars on standard error, one for each thing that is done."""
    from rich.console import Console  # noqa: PLC0415 - slow to import
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description:<18}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def report(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = bars.add_task(label, total=total or None)
            bars.update(tasks[label], completed=done, total=total or None)

        yield report


def _facts(network: "Network", path: Path) -> Iterator[tuple[str, str]]:
    west, south, east, north = network.bounds
    length_km = float(network.road_length_m.sum(dtype=float)) / 1000
    yield "file", f"{path} ({path.stat().st_size / 1e6:.1f} MB)"
    yield "name", network.name
    yield "identity", network.identity
    yield "nodes", f"{network.node_count:,}"
    yield "roads", f"{network.road_count:,} ({length_km:,.0f} km), {network.edge_count:,} directed edges"
    yield "area", f"W {west:.4f} S {south:.4f} E {east:.4f} N {north:.4f}"
    yield (
        "dropped",
        f"{network.dropped_nodes:,} nodes, {network.dropped_length_m / 1000:,.0f} km: not connected both ways",
    )
    yield "source date", network.source_date or "not in the source"
    yield "schematic", "yes" if network.schematic else "no"
    yield "attribution", network.attribution
    for note in network.notes:
        yield "note", note


def _contents(network: "Network") -> Iterator[tuple[str, str]]:
    """What is known of the roads, in kilometres by class and in shares of the length."""
    import numpy as np  # noqa: PLC0415 - as above

    from advisor.roads.assemble import RoadFlag  # noqa: PLC0415 - as above
    from advisor.roads.model import RoadClass  # noqa: PLC0415 - as above

    length_km = network.road_length_m.astype(float) / 1000
    total_km = max(float(length_km.sum()), 1e-9)
    for road_class, km in enumerate(np.bincount(network.road_class, length_km, len(RoadClass)).tolist()):
        if km:
            yield "class", f"{RoadClass(road_class).name.lower().replace('_', ' '):<16} {km:>10,.0f} km"
    shares = {
        "signed limit": network.road_limit_kph > 0,
        "with a name": network.road_name >= 0,
        "one way": (network.road_edges < 0).any(axis=1),
        "bridge": network.road_flags & RoadFlag.BRIDGE > 0,
        "tunnel": network.road_flags & RoadFlag.TUNNEL > 0,
        "ambulance": network.road_flags & RoadFlag.AMBULANCE_ONLY > 0,
    }
    for label, chosen in shares.items():
        yield label, f"{float(length_km[chosen].sum()) / total_km:.1%} of the length"


def _print_lines(lines: Iterator[tuple[str, str]]) -> None:
    for label, text in lines:
        print(f"{label:<12} {text}")
