"""What several documents for the wire have in common: moments, positions, departments, freshness."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from advisor.kernel import Position, Status
from advisor.protocol.model import DepartmentState
from advisor.services.identity_cache import IdentityCache

Json = Any


def position_document(position: Position | None) -> dict[str, float] | None:
    """Return a position in JSON terms."""
    return None if position is None else {"lat": position.lat, "lon": position.lon}


def moment(at: datetime | None) -> str | None:
    """Return a moment for the wire: RFC 3339 in UTC with `Z`, to the millisecond."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def freshness_document(feeds: Mapping[str, datetime], now: datetime, limit_s: int) -> dict[str, Json]:
    """Return the age of the feed that was silent for longest; without any feed nothing is fresh."""
    if not feeds:
        return {"age_s": None, "stale": True, "source": ""}
    source = min(feeds, key=lambda name: (feeds[name], name))
    # Not by the whole seconds: within the first one the statuses are unknown already.
    stale = now - feeds[source] > timedelta(seconds=limit_s)
    return {"age_s": age_of(feeds[source], now), "stale": stale, "source": source}


def age_of(at: datetime, now: datetime) -> int:
    """Return whole seconds since a moment; 0 when a clock elsewhere is ahead."""
    return max(0, int((now - at).total_seconds()))


def department_document(state: DepartmentState | None, status: Status, now: datetime) -> dict[str, Json]:
    """Return one department: its status now and what it rests on. A running console stop has no age."""
    if state is None:
        return {"status": status, "age_s": None, **_NOTHING_SAID}
    age_s = None if state.reported_at is None else age_of(state.reported_at, now)
    return {"status": status, "age_s": 0 if state.manual else age_s, **_LASTING(state)}


def _lasting(state: DepartmentState) -> dict[str, Json]:
    return {
        "since": moment(state.since),
        "until": moment(state.until),
        "reason": state.reason,
        "source": state.source,
    }


_NOTHING_SAID = {"since": None, "until": None, "reason": None, "source": ""}
_LASTING: IdentityCache[DepartmentState, dict[str, Json]] = IdentityCache(_lasting, most=5_000)
