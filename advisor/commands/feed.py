"""Sources on the command line: check the operator's file, ask a source once, list and retire them."""

import argparse
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from advisor.commands.operating import OPERATOR, log_act, operator_world
from advisor.services.security import Action

if TYPE_CHECKING:
    from advisor.feeds.config import FeedsConfig
    from advisor.settings import Settings


def register(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser("feed", help="sources of statuses and roads: check, list")
    acts = parser.add_subparsers(title="acts", required=True, metavar="ACT")
    check = acts.add_parser("check", help="check the file of UITWIJK_FEEDS and tell every problem of it")
    check.add_argument("--ask", choices=["lpz", "ndw"], help="also ask this source once; nothing is written down")
    check.set_defaults(run=_check)
    acts.add_parser("list", help="list the sources that the board knows").set_defaults(run=_list)
    retire = acts.add_parser("retire", help="let a source count no longer that was switched off for good")
    retire.add_argument("source")
    retire.set_defaults(run=_retire)


def _check(options: argparse.Namespace) -> int:
    from advisor.bootstrap.feeds import load_feeds  # noqa: PLC0415 - for a quick `--help`
    from advisor.bootstrap.material import load_registry  # noqa: PLC0415
    from advisor.settings import read_settings  # noqa: PLC0415

    settings = read_settings(os.environ)
    config = load_feeds(settings, load_registry(settings.registry).hospitals)
    for polled in (config.lpz, config.ndw):
        if polled is not None:
            print(f"{polled.source}: {polled.address}, every {polled.every_s} s")
    if config.lpz_mapping is not None:
        known = sum(hospital is not None for hospital in config.lpz_mapping.locations.values())
        print(f"lpz: {known} hospitals, {len(config.lpz_mapping.statuses)} codes of statuses")
    print("the file is in order" if settings.feeds else "UITWIJK_FEEDS is not set: no source is asked")
    return _ask(options.ask, settings, config) if options.ask else 0


def _ask(source: str, settings: "Settings", config: "FeedsConfig") -> int:
    from advisor.bootstrap.feeds import ask_once  # noqa: PLC0415 - as above

    for line in ask_once(source, settings, config):
        print(line)
    return 0


def _list(_options: argparse.Namespace) -> int:
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415

    from advisor.services.retire_feed import known_sources  # noqa: PLC0415

    world = operator_world()
    board = world.journal.board()
    table = Table("source", "kind", "heard", "trouble", box=None, header_style="bold")
    for source in sorted(known_sources(board)):
        feed, of_roads, trouble = board.feeds.get(source), board.road_feeds.get(source), board.troubles.get(source)
        kind = "roads" if of_roads else "snapshots" if feed else "news"
        heard = of_roads or (feed.heard_at if feed else None)
        told = ", ".join(f"{each.code} {each.detail}".strip() for each in trouble.problems) if trouble else ""
        table.add_row(source, kind, _moment(heard), told)
    Console().print(table)
    return 0


def _retire(options: argparse.Namespace) -> int:
    from advisor.services.retire_feed import retire_feed  # noqa: PLC0415 - as above

    world = operator_world()
    retire_feed(options.source, actor=OPERATOR, now=world.clock(), world=world)
    log_act("retireFeed", Action.DELETE, "source", options.source, world)
    print(f"retired {options.source}: what it said counts no longer")
    return 0


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
