"""What a document says of departments, and when its sender said so, as reports."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from advisor.journal.events import ReportedState
from advisor.kernel import Department, HospitalId
from advisor.services.hear_feed import FeedReport


@dataclass(frozen=True, slots=True)
class Said:
    """How a department stands, and when that was said (aware)."""

    said_at: datetime
    state: ReportedState


def reports_of(hospital: HospitalId, said: Mapping[Department, Said]) -> Iterator[FeedReport]:
    """Give a report for each moment at which something was said, the earliest first."""
    by_moment: dict[datetime, dict[Department, ReportedState]] = {}
    for department, each in said.items():
        by_moment.setdefault(each.said_at, {})[department] = each.state
    for said_at, states in sorted(by_moment.items()):
        yield FeedReport(hospital=hospital, said_at=said_at, departments=states)
