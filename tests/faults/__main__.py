"""The fault test at full size: `python -m tests.faults` prints a table; 1 when anything is not as it must be."""

import argparse
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.faults.trial import Outcome, Plan, run_trial

console = Console()


def main() -> int:
    """Run the trial."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--keep", type=Path, help="folder for what the server prints")
    options = parser.parse_args()
    plan = Plan(pages=options.pages, redis_away_s=15, postgresql_away_s=15, calm_s=10, pause_s=4, settle_s=60)
    with tempfile.TemporaryDirectory() as temporary:
        outcome = run_trial(plan, options.keep or Path(temporary), console.log)
    console.print(table(plan, outcome))
    for failure in (*outcome.failures, *outcome.tally.wrong[:5], *map(str, outcome.stale[:5])):
        console.print(failure)
    return 0 if outcome.is_sound else 1


def table(plan: Plan, outcome: Outcome) -> Table:
    """Put what was found in a table."""
    found = Table("what", "found", title=f"{plan.pages} pages, 2 workers, PostgreSQL and Redis", box=None)
    tally = outcome.tally
    rows = {
        "acts acknowledged": len(tally.acknowledged),
        "acts refused (409, 503)": tally.refused,
        "acts without an answer": tally.unanswered,
        "slowest answer or time-out": f"{tally.slowest_s:.1f} s",
        "facts in the journal": outcome.facts,
        "acknowledged but not in the journal, or twice": len(outcome.lost),
        "numbers out of order": len(outcome.out_of_order),
        "pages with another board than the journal's": len(outcome.differing),
        "pages that said for a while that they were cut off": outcome.said_cut_off,
        "old boards shown as fresh": len(outcome.stale),
        "the program of the pages stood still (left out above)": f"{outcome.stood_s:.0f} s",
        **{f"{act} while Redis was away": f"{taken:.2f} s" for act, taken in outcome.without_redis.items()},
        **{f"all pages right: {what}": f"{taken:.1f} s" for what, taken in outcome.settled_s.items()},
    }
    for what, value in rows.items():
        found.add_row(what, str(value))
    return found


if __name__ == "__main__":
    sys.exit(main())
