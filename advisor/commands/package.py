"""`package build`: work out what devices keep for a time without a connection."""

import argparse
import os
from typing import Any

from advisor.commands.progress import Progress


def register(subparsers: Any) -> None:  # argparse does not name the type
    """Add the command to the command line."""
    parser = subparsers.add_parser("package", help="what devices keep for a time without a connection")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    build = actions.add_parser("build", help="work it out, unless it is there, and tell its size")
    build.set_defaults(run=run_build)


def run_build(_options: argparse.Namespace) -> int:
    """Work the package out with the settings of the server and print the size of its parts."""
    from advisor.bootstrap.keeping import open_nothing  # noqa: PLC0415 - slow to import, and other commands need none
    from advisor.bootstrap.material import load_registry, open_atlas  # noqa: PLC0415
    from advisor.bootstrap.offline import build_package  # noqa: PLC0415
    from advisor.bootstrap.world import make_world  # noqa: PLC0415
    from advisor.settings import read_settings  # noqa: PLC0415

    settings = read_settings(os.environ)
    progress = Progress()
    try:
        registry = load_registry(settings.registry)
        atlas = open_atlas(settings, registry, progress)
        world = make_world(settings, open_nothing(), roads=atlas, registry=registry)
        package = build_package(world, atlas, settings.cache, progress)
    finally:
        progress.close()
    for name, part in package.parts.items():
        print(f"{name:<10} {len(part.packed):>9,} bytes  {part.identity}")
    print(f"{'together':<10} {sum(len(part.packed) for part in package.parts.values()):>9,} bytes")
    return 0
