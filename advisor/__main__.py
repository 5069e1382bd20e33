"""The command line: `python -m advisor COMMAND`."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from advisor import __version__
from advisor.kernel import AdvisorError, InvalidInput

COMMANDS = (
    "network",
    "times",
    "calibrate",
    "advise",
    "conformance",
    "compare",
    "report",
    "user",
    "key",
    "feed",
    "journal",
    "package",
    "simulate",
)
"""Modules of `advisor.commands`, in the order of the help text; each has `register(subparsers)`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; a foreseen error is one clear message on standard error."""
    options = make_parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except InvalidInput as error:
        for problem in error.problems:
            print(f"error: {problem}", file=sys.stderr)
        return 2
    except AdvisorError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(prog="python -m advisor", description="Ambulance destination advisor.")
    parser.add_argument("--version", action="version", version=f"Uitwijk {__version__}")
    subparsers = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"advisor.commands.{name}").register(subparsers)
    return parser


if __name__ == "__main__":
    sys.exit(main())
