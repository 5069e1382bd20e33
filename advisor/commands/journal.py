"""What an operator does with the journal itself."""

import argparse
import os
import sys
from typing import Any


def register(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser("journal", help="after a backup was put back: a new epoch")
    acts = parser.add_subparsers(title="acts", required=True, metavar="ACT")
    renew = acts.add_parser(
        "renew-epoch",
        help="give a restored journal a new identity, before the server starts again",
        description="Facts written after the backup are gone and their numbers will be given to others. With a new"
        " epoch every page sees that and begins anew. Run this once, while no server is running.",
    )
    renew.add_argument("--yes", action="store_true", help="do not ask")
    renew.set_defaults(run=_renew)


def _renew(options: argparse.Namespace) -> int:
    from advisor.bootstrap.keeping import renew_journal  # noqa: PLC0415 - for a quick `--help`
    from advisor.settings import read_settings  # noqa: PLC0415

    settings = read_settings(os.environ)
    if not options.yes and not _agrees(settings.database_url):
        print("nothing was changed", file=sys.stderr)
        return 1
    before, after = renew_journal(settings)
    print(f"epoch {before} became {after}; the server may start")
    return 0


def _agrees(database_url: str) -> bool:
    from sqlalchemy import make_url  # noqa: PLC0415 - as above

    print(f"Give the journal in {make_url(database_url).render_as_string()} a new epoch?", end=" ", flush=True)
    print("Type yes:", end=" ", flush=True)
    return sys.stdin.readline().strip() == "yes"
