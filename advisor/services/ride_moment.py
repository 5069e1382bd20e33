"""A board at one moment as all rides share it, and the patient of a ride as the rules see him then."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from advisor.journal.board import Board
from advisor.journal.rides import Ride
from advisor.kernel import HospitalId
from advisor.protocol.model import EnRoute, Patient, Picture
from advisor.services.advice_record import AdviceRecord
from advisor.services.picture import Statuses, picture_of, statuses_now
from advisor.services.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One board at one moment; `inbound` counts the ambulances of the next half hour."""

    board: Board
    now: datetime
    picture: Picture
    statuses: Statuses
    inbound: Mapping[HospitalId, int]


def moment_of(board: Board, now: datetime, world: World) -> Moment:
    """Return a board at a moment as the rules see it."""
    picture = picture_of(world.sites, world.registry.mka_complete, board.states(now), board.lapses)
    return Moment(
        board=board,
        now=now,
        picture=picture,
        statuses=statuses_now(picture, now, world.editions),
        inbound=board.inbound(now),
    )


def patient_of(ride: Ride, record: AdviceRecord) -> Patient:
    """Return the patient of a ride: as asked about, and with what was phoned, announced and departed since."""
    patient = record.case.patient
    consult = {**patient.consult, **ride.consults}
    if ride.hospital is None or not (ride.departed_at or ride.announced_at):
        return replace(patient, consult=consult)
    under_way = {ride.hospital: EnRoute(departed_at=ride.departed_at, announced_at=ride.announced_at)}
    return replace(patient, consult=consult, en_route={**patient.en_route, **under_way})
