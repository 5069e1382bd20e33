"""Take every safety control out, one at a time: `python -m tests.safety`; 1 when a test does not notice."""

import argparse
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from tests.safety.controls import TakingOut, read_takings_out
from tests.safety.workshop import Run, Workshop

console = Console(width=160)


def main() -> int:
    """Run all, or those that are named."""
    parser = argparse.ArgumentParser(prog="python -m tests.safety", description=__doc__)
    parser.add_argument("controls", nargs="*", help="only these, such as C01; all when none is named")
    options = parser.parse_args()
    chosen = [one for one in read_takings_out() if not options.controls or one.control in options.controls]
    with tempfile.TemporaryDirectory() as folder:
        workshop = Workshop(Path(folder))
        untouched = workshop.run(dict.fromkeys(one.test for one in chosen))
        found = [(one, _without(workshop, one)) for one in track(chosen, "Taking out", console=Console(stderr=True))]
    console.print(table(found))
    for message in (*untouched.failures, *untouched.errors):
        console.print("with every control in its place:", message, markup=False)
    noticed = sum(run.is_proof for _, run in found)
    console.print(f"{noticed} of {len(found)} noticed; {untouched.passed} tests pass with every control in its place")
    return 0 if untouched.is_sound and noticed == len(found) else 1


def table(found: list[tuple[TakingOut, Run]]) -> Table:
    """Put what was found in a table."""
    shown = Table("control", "taken out in", "test", "found", box=None)
    for one, run in found:
        said = next(iter((*run.errors, *run.failures)), "nothing").splitlines()[0]
        shown.add_row(one.control, one.file, one.test, "noticed" if run.is_proof else f"NOT noticed: {said}")
    return shown


def _without(workshop: Workshop, one: TakingOut) -> Run:
    with workshop.without(one):
        return workshop.run([one.test])


if __name__ == "__main__":
    sys.exit(main())
