"""What a dispatch centre needs of the advice that a ride began with, read from its receipt once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.kernel import AdviceId, Department, HospitalId, Position, Status
from advisor.protocol.model import Outcome
from advisor.services.advice_case import AdviceCase, read_case
from advisor.services.get_advice import DamagedReceipt, fetch_document
from advisor.services.refusals import NotFound
from advisor.services.world import World

Json = Any

MOST = 2_000  # advices that are remembered; about 2 kB each

_ANYWHERE = Position(lat=0.0, lon=0.0)  # stands in for a position that is no longer kept; nothing is asked of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """What an advice said about one hospital; seconds of drive with the ends of their band."""

    rank: int
    outcome: Outcome
    eta_s: float
    low_s: float
    high_s: float
    statuses: Mapping[Department, Status]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceRecord:
    """An advice in short. `position` is gone once it was forgotten; `first` is the hospital at the top."""

    case: AdviceCase
    position: Position | None
    first: HospitalId | None
    hospitals: Mapping[HospitalId, Advised]


class AdviceRecords:
    """Remembers advices that were read; they never change but for their position, which is forgotten in time."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: dict[AdviceId, AdviceRecord | None] = {}

    def find(self, advice_id: AdviceId) -> AdviceRecord | None:
        """Find an advice; `None` when its retention period is over or it cannot be read."""
        if advice_id not in self._known:
            while len(self._known) >= MOST:
                del self._known[next(iter(self._known))]
            self._known[advice_id] = self._read(advice_id)
        return self._known[advice_id]

    def _read(self, advice_id: AdviceId) -> AdviceRecord | None:
        try:
            return _record(*fetch_document(advice_id, self._world))
        except (NotFound, DamagedReceipt):
            return None


def _record(receipt: Mapping[str, Json], position: Position | None) -> AdviceRecord:
    options = receipt["answer"]["options"]
    return AdviceRecord(
        case=read_case(receipt["request"], position or _ANYWHERE),
        position=position,
        first=HospitalId(options[0]["hospital"]) if options else None,
        hospitals={
            HospitalId(option["hospital"]): Advised(
                rank=option["rank"],
                outcome=Outcome(option["class"]),
                eta_s=option["eta_s"],
                low_s=option["eta_low_s"],
                high_s=option["eta_high_s"],
                statuses={Department(name): Status(each["status"]) for name, each in option["departments"].items()},
            )
            for option in options
        },
    )
