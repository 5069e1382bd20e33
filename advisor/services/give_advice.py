"""Give an advice: which hospitals receive this patient when the ambulance gets there, and in what order."""

import hashlib
import math
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import orjson

from advisor.journal.board import Board, States
from advisor.journal.events import AdviceGiven
from advisor.journal.receipt import Drive, Receipt, receipt_document, states_document
from advisor.kernel import AdviceId, HospitalId, Position
from advisor.roads.model import DriveTimes, Profile
from advisor.services.access import Actor, Role, require_role
from advisor.services.advice_case import AdviceCase, case_document
from advisor.services.advice_document import advice_document
from advisor.services.documents import position_document
from advisor.services.identity_cache import IdentityCache
from advisor.services.ports import RoadNetwork
from advisor.services.work_out import Reference, work_out
from advisor.services.world import World

Json = Any

ADVISED = (Role.NURSE, Role.DISPATCHER, Role.MMA, Role.HOSPITAL, Role.ADMIN)
WORKED_MOST = timedelta(minutes=1)  # longer is no working time, but a question by another clock
COMPRESSION = 1  # a receipt shrinks to a tenth; more effort costs more time than it saves space


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """An advice. `document` is the whole of it in JSON terms; `first` the hospital at its top."""

    id: AdviceId
    as_of: datetime
    seq: int
    epoch: str
    first: HospitalId | None
    document: Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """An advice that was worked out and not yet given, with the receipt that goes with it."""

    advice: Advice
    receipt: Receipt


def give_advice(case: AdviceCase, *, actor: Actor, now: datetime, world: World) -> Advice:
    """Work out an advice and write it down with its receipt; it is durable when it is returned.

    Raises
    ------
    Forbidden
        When the role of the actor gets no advice.
    OffNetwork
        When the position is too far from every road.
    NoEditionForDate
        When no edition speaks about one of the hospitals at `now`.
    """
    considered = consider_advice(case, actor=actor, now=now, world=world)
    record_advice(considered, actor=actor, now=now, world=world)
    return considered.advice


def consider_advice(
    case: AdviceCase, *, actor: Actor, now: datetime, world: World, board: Board | None = None
) -> Considered:
    """Work out an advice without writing it down, as when a watched one may have changed; raises as `give_advice`.

    `board` is that of another moment than the present.
    """
    require_role(actor, "ask for advice", *ADVISED)
    profile = Profile.SIGNALS if case.signals else Profile.NO_SIGNALS
    times = world.roads.drive_times(
        case.position, profile=profile, at=now, heading_deg=case.heading_deg, accuracy_m=case.accuracy_m
    )
    board = board or world.journal.board()
    receipt = Receipt(
        advice_id=AdviceId(world.new_id()),
        as_of=now,
        seq=board.seq,
        epoch=world.journal.epoch,
        registry=world.registry.identity,
        editions=world.editions_identity,
        position=case.position,
        request=case_document(case),
        drive=_drive(times, world.roads.network),
        states=board.states(now),
        lapses=board.lapses,
        feeds=board.leading_feeds,
        inbound=_others_inbound(board, case, actor, now),
    )
    reference = Reference(registry=world.registry, sites=world.sites, editions=world.editions)
    worked_out = work_out(receipt, case, reference)
    answer = advice_document(receipt, worked_out, reference)
    first = worked_out.options[0].verdict.hospital if worked_out.options else None
    return Considered(
        advice=advice_of(replace(receipt, answer=answer), case.position, first),
        receipt=replace(receipt, answer=answer),
    )


def _others_inbound(board: Board, case: AdviceCase, actor: Actor, now: datetime) -> Mapping[HospitalId, int]:
    """Count who is on the way to each hospital; an ambulance that is under way itself does not stand in its own way."""
    own = Counter(
        ride.hospital
        for ride in board.rides.values()
        if ride.opened_by == actor.name and ride.hospital in case.patient.en_route and ride.is_inbound(now)
    )
    return {hospital: count - own[hospital] for hospital, count in board.inbound(now).items()}


def record_advice(considered: Considered, *, actor: Actor, now: datetime, world: World) -> None:
    """Write an advice down that was considered; `now` is when it was asked for."""
    worked = world.clock() - now
    packed, digest = pack(considered.receipt)
    event = AdviceGiven(
        at=now,
        by=actor.name,
        advice_id=considered.advice.id,
        digest=digest,
        first=considered.advice.first,
        worked_ms=worked // timedelta(milliseconds=1) if timedelta() <= worked <= WORKED_MOST else None,
        status_age_s=considered.advice.document["freshness"]["age_s"],
        receipt=packed,
    )
    world.journal.transact(lambda _: [event])


def advice_of(receipt: Receipt, position: Position | None, first: HospitalId | None) -> Advice:
    """Return the advice that a receipt holds, with the position as far as it is still kept."""
    return Advice(
        id=receipt.advice_id,
        as_of=receipt.as_of,
        seq=receipt.seq,
        epoch=receipt.epoch,
        first=first,
        document={**receipt.answer, "position": position_document(position)},
    )


def pack(receipt: Receipt) -> tuple[bytes, str]:
    """Return a receipt as it is stored, and the digest (SHA-256, hex) of all of it but the position."""
    document = canonical(receipt_document(receipt, _STATES))
    position = canonical(position_document(receipt.position))
    return zlib.compress(position + b"\n" + document, COMPRESSION), hashlib.sha256(document).hexdigest()


def canonical(document: Json) -> bytes:
    """Return the one way in which a document is written down, so that equal documents are equal bytes."""
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


# Most hospitals stand as they stood in the advice before this one.
_STATES: IdentityCache[States, orjson.Fragment] = IdentityCache(
    lambda states: orjson.Fragment(canonical(states_document(states))), most=1_000
)


def _drive(times: DriveTimes, network: RoadNetwork) -> Drive:
    return Drive(
        ids=times.ids,
        seconds=_finite(times.seconds.tolist()),
        low_s=_finite(times.low_s.tolist()),
        high_s=_finite(times.high_s.tolist()),
        distance_m=_finite(times.distance_m.tolist()),
        geodesic=times.geodesic.tolist(),
        snap_m=float(times.snap_m),
        network=network.identity,
        schematic=network.schematic,
        stamp=times.stamp,
    )


def _finite(values: list[float]) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in values]
