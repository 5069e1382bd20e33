"""The receipt of one advice: everything that is needed to work it out again and to see that it is the same.

The position stands apart, so that it can be coarsened and removed later: the digest does not cover it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from advisor.journal.board import States
from advisor.journal.structure import moment_text
from advisor.kernel import AdviceId, AdvisorError, Department, HospitalId, Position, Status
from advisor.protocol.model import DepartmentState, Lapse, StopReason

FORMAT = 1
Json = Any


class UnreadableReceipt(AdvisorError, ValueError):
    """A stored receipt that this version of the program cannot read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drive:
    """What the roads answered, per hospital in the order of `ids`; `None` for unreachable or unknown."""

    ids: Sequence[str]
    seconds: Sequence[float | None]
    low_s: Sequence[float | None]
    high_s: Sequence[float | None]
    distance_m: Sequence[float | None]
    geodesic: Sequence[bool]
    snap_m: float
    network: str
    schematic: bool
    stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One advice with all that it rests on.

    `request` holds the case but for the position, `states` and `lapses` the board as it was used, `feeds`
    when each source was last heard, `inbound` how many ambulances were on their way, `answer` the advice
    but for the position. `registry` and `editions` are the identities of the documents that were in use.
    """

    advice_id: AdviceId
    as_of: datetime
    seq: int
    epoch: str
    registry: str
    editions: str
    position: Position | None
    request: Mapping[str, Json]
    drive: Drive
    states: Mapping[HospitalId, Mapping[Department, DepartmentState]]
    lapses: tuple[Lapse, ...]
    feeds: Mapping[str, datetime]
    inbound: Mapping[HospitalId, int]
    answer: Mapping[str, Json] = field(default_factory=dict)


def receipt_document(receipt: Receipt, of_states: Callable[[States], Json] | None = None) -> dict[str, Json]:
    """Return a receipt in JSON terms, without its position; `of_states` may give a remembered `states_document`."""
    drive = receipt.drive
    of_states = of_states or states_document
    return {
        "format": FORMAT,
        "advice": receipt.advice_id,
        "as_of": moment_text(receipt.as_of),
        "seq": receipt.seq,
        "epoch": receipt.epoch,
        "registry": receipt.registry,
        "editions": receipt.editions,
        "request": receipt.request,
        "drive": {name: getattr(drive, name) for name in _DRIVE_FIELDS},
        "states": {hospital: of_states(states) for hospital, states in receipt.states.items()},
        "lapses": [[lapse.mka, lapse.department, moment_text(lapse.confirmed_at)] for lapse in receipt.lapses],
        "feeds": {source: moment_text(heard) for source, heard in receipt.feeds.items()},
        "inbound": receipt.inbound,
        "answer": receipt.answer,
    }


def states_document(states: States) -> dict[str, Json]:
    """Return the departments of one hospital in JSON terms."""
    return {department.value: _state_document(state) for department, state in states.items()}


def read_receipt(document: Mapping[str, Json], position: Position | None) -> Receipt:
    """Return the receipt that `receipt_document` wrote.

    Raises
    ------
    UnreadableReceipt
        When the format is unknown or something is missing.
    """
    if document.get("format") != FORMAT:
        raise UnreadableReceipt(f"receipt format {document.get('format')!r}; this program reads {FORMAT}")
    try:
        return Receipt(
            advice_id=AdviceId(document["advice"]),
            as_of=datetime.fromisoformat(document["as_of"]),
            seq=document["seq"],
            epoch=document["epoch"],
            registry=document["registry"],
            editions=document["editions"],
            position=position,
            request=document["request"],
            drive=Drive(**document["drive"]),
            states={
                HospitalId(hospital): {Department(name): _read_state(state) for name, state in states.items()}
                for hospital, states in document["states"].items()
            },
            lapses=tuple(
                Lapse(mka=mka, department=Department(name), confirmed_at=datetime.fromisoformat(moment))
                for mka, name, moment in document["lapses"]
            ),
            feeds={source: datetime.fromisoformat(moment) for source, moment in document["feeds"].items()},
            inbound={HospitalId(hospital): count for hospital, count in document["inbound"].items()},
            answer=document["answer"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableReceipt(f"receipt: {error!r}") from error


_DRIVE_FIELDS = (
    *("ids", "seconds", "low_s", "high_s", "distance_m", "geodesic"),
    *("snap_m", "network", "schematic", "stamp"),
)
_MOMENTS = ("since", "until", "planned_from", "planned_until", "reported_at")


def _state_document(state: DepartmentState) -> dict[str, Json]:
    document: dict[str, Json] = {"status": state.status.value}
    for name in _MOMENTS:
        moment = getattr(state, name)
        if moment is not None:
            document[name] = moment_text(moment)
    if state.reason is not None:
        document["reason"] = state.reason.value
    for name in ("note", "planned", "manual", "source", "stop_id"):
        value = getattr(state, name)
        if value:
            document[name] = value
    return document


def _read_state(document: Mapping[str, Json]) -> DepartmentState:
    values = dict(document)
    values["status"] = Status(values["status"])
    for name in _MOMENTS:
        if name in values:
            values[name] = datetime.fromisoformat(values[name])
    if "reason" in values:
        values["reason"] = StopReason(values["reason"])
    return DepartmentState(**values)
