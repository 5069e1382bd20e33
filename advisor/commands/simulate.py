"""The seeded simulation of the region, as a table or as JSON, with charts where they are asked for."""

import argparse
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.kernel import InvalidInput, Problem

if TYPE_CHECKING:
    from advisor.commands.progress import Progress
    from advisor.simulation.run import Region

FIRST_DAY = date(2026, 2, 2)
LONGEST_DAYS = 366
MOST_SEEDS = 100
WIDTH_WITHOUT_TERMINAL = 140


def register(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser("simulate", help="play the region, to compare policies")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same output (default 1)")
    parser.add_argument("--seeds", type=int, default=1, metavar="K", help="play K seeds, from --seed on, for intervals")
    parser.add_argument("--days", type=int, default=7, help="number of local days (default 7)")
    parser.add_argument("--start", type=date.fromisoformat, default=FIRST_DAY, help=f"first day (default {FIRST_DAY})")
    parser.add_argument("--protocol", choices=["off", "nhfl"], help="the simple policies alone, or the product's alone")
    parser.add_argument("--network", type=Path, metavar="FILE", help="a road network; default: UITWIJK_NETWORK")
    parser.add_argument("--json", action="store_true", help="everything that was measured, as JSON")
    parser.add_argument("--charts", type=Path, metavar="FOLDER", help="also draw charts there, as SVG")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    import orjson  # noqa: PLC0415 - for a quick `--help`

    from advisor.commands.progress import Progress  # noqa: PLC0415
    from advisor.simulation.measures import measure  # noqa: PLC0415
    from advisor.simulation.run import Period, play  # noqa: PLC0415
    from advisor.simulation.summary import summarise  # noqa: PLC0415

    _check(options)
    progress = Progress()
    try:
        region = _region(options.network, progress)
        runs = []
        for seed in range(options.seed, options.seed + options.seeds):
            period = Period(seed=seed, start=options.start, days=options.days, protocol=options.protocol)
            runs.append({"seed": seed, **measure(play(period, region, progress), region.registry)})
    finally:
        progress.close()
    document = {
        "start": options.start.isoformat(),
        "days": options.days,
        "protocol": options.protocol,
        "network": {"id": region.roads.network.identity, "schematic": region.roads.network.schematic},
        "registry": region.registry.identity,
        "stop_rates_of": region.rates.quarter,
        "runs": runs,
        "summary": summarise(runs),
    }
    if options.charts is not None:
        _draw(document["summary"], options.charts)
    if options.json:
        print(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())
    else:
        _print_table(document)
    return 0


def _check(options: argparse.Namespace) -> None:
    limits = (("--days", options.days, LONGEST_DAYS), ("--seeds", options.seeds, MOST_SEEDS))
    problems = [
        Problem(field=name, message=f"must be from 1 to {most}, not {value}")
        for name, value, most in limits
        if not 1 <= value <= most
    ]
    if problems:
        raise InvalidInput(problems)


def _region(network: Path | None, progress: "Progress") -> "Region":
    from advisor.bootstrap.simulation import open_region  # noqa: PLC0415 - as above
    from advisor.settings import read_settings  # noqa: PLC0415

    settings = read_settings(os.environ)
    return open_region(settings if network is None else replace(settings, network=network), progress)


def _draw(summary: Mapping[str, Any], folder: Path) -> None:
    from advisor.simulation.charts import draw_charts  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    for name, drawing in draw_charts(summary).items():
        (folder / name).write_text(drawing, encoding="utf-8")


def _print_table(document: Mapping[str, Any]) -> None:
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415

    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH_WITHOUT_TERMINAL)
    policies = document["summary"]["policies"]
    table = Table("measure", header_style="bold", box=None)
    for name in policies:
        table.add_column(name, justify="right")
    for measure in next(iter(policies.values())):
        table.add_row(measure, *(_cell(of_policy[measure]) for of_policy in policies.values()))
    console.print(table)
    world, network = document["runs"][0]["world"], document["network"]
    kind = "schematic network" if network["schematic"] else f"network {network['id'][:12]}"
    seeds = f"{len(document['runs'])} seeds" if len(document["runs"]) > 1 else f"seed {document['runs'][0]['seed']}"
    console.print(
        f"{document['days']} days from {document['start']}, {seeds}, {kind}; {world['calls']} calls in the first run",
        style="dim",
    )


def _cell(interval: Mapping[str, float]) -> str:
    if interval["low"] == interval["high"]:
        return f"{interval['mean']:.2f}"
    return f"{interval['mean']:.2f} ±{interval['high'] - interval['mean']:.2f}"
