"""Coarsen and remove the positions of old rides and advice; the facts themselves stay."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson

from advisor.journal.events import AdviceGiven
from advisor.journal.ride_events import PositionReported
from advisor.services.ports import Archive, Enclosed

COARSE, GONE = 1, 2
COARSE_DECIMALS = 1  # of a degree: about ten kilometres
AT_ONCE = 500  # enclosures; the caller comes back for more

ADVICE, RIDE = AdviceGiven.__name__, PositionReported.__name__


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long positions are kept: to the metre, and coarsely."""

    exact: timedelta = timedelta(hours=24)
    coarse: timedelta = timedelta(days=30)


def forget_positions(archive: Archive, *, now: datetime, retention: Retention) -> int:
    """Coarsen what is older than a day and remove what is older still; returns how many it worked on.

    An advice keeps the rest of its receipt, so that it can still be worked out again.
    """
    gone = archive.list_enclosed((ADVICE, RIDE), now - retention.coarse, GONE, AT_ONCE)
    for enclosed in gone:
        archive.replace_enclosure(enclosed.seq, _without_position(enclosed), GONE)
    coarse = archive.list_enclosed((ADVICE, RIDE), now - retention.exact, COARSE, AT_ONCE)
    for enclosed in coarse:
        archive.replace_enclosure(enclosed.seq, _coarsened(enclosed), COARSE)
    return len(gone) + len(coarse)


def _without_position(enclosed: Enclosed) -> bytes | None:
    return _with_position(enclosed, lambda _: b"null") if enclosed.type == ADVICE else None


def _coarsened(enclosed: Enclosed) -> bytes:
    return _with_position(enclosed, _coarse)


def _with_position(enclosed: Enclosed, change: Callable[[bytes], bytes]) -> bytes:
    if enclosed.type == RIDE:
        return change(enclosed.content)
    position, rest = zlib.decompress(enclosed.content).split(b"\n", 1)
    return zlib.compress(change(position) + b"\n" + rest)


def _coarse(position: bytes) -> bytes:
    known: dict[str, float] | None = orjson.loads(position)
    return orjson.dumps(known and {name: round(value, COARSE_DECIMALS) for name, value in known.items()})
