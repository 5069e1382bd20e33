"""The ambulances that are on their way to a hospital, and those that were and come no more."""

from datetime import datetime, timedelta
from typing import Any

from advisor.journal.board import Board
from advisor.journal.rides import UNDER_WAY, Ride, Step
from advisor.kernel import HospitalId
from advisor.protocol.model import Outcome
from advisor.services.access import Actor
from advisor.services.advice_record import AdviceRecords
from advisor.services.documents import moment
from advisor.services.oversee_rides import patient_document
from advisor.services.see_rides import ride_document

Json = Any

CANCELLED_SHOWN = timedelta(minutes=10)
"""How long an ambulance that comes no more is still shown, struck through."""


def inbound_document(
    hospital: HospitalId, *, actor: Actor, board: Board, now: datetime, records: AdviceRecords
) -> dict[str, Json]:
    """Return what a hospital sees of the ambulances that were announced to it; never where another one goes."""
    rides = [ride for ride in board.rides.values() if _was_told(ride, hospital)]
    coming = [ride for ride in rides if ride.step in UNDER_WAY]
    gone = [(ride, *ended) for ride in board.rides.values() if (ended := _ended(ride, hospital, now)) is not None]
    return {
        "hospital": hospital,
        "inbound": board.inbound(now).get(hospital, 0),
        "rides": [
            {
                **ride_document(ride, actor),
                **_patient(ride, records),
                "class": _outcome(ride),
            }
            for ride in coming
        ],
        "cancelled": [
            {
                "id": ride.id,
                "by": ride.opened_by,
                "expected_at": moment(expected_at),
                "cancelled_at": moment(at),
                **_patient(ride, records),
            }
            for ride, expected_at, at in gone
        ],
    }


def _was_told(ride: Ride, hospital: HospitalId) -> bool:
    return ride.hospital == hospital and ride.announced_at is not None


def _ended(ride: Ride, hospital: HospitalId, now: datetime) -> tuple[datetime | None, datetime] | None:
    """Return when it was expected and when it was called off, if that is a short while ago."""
    found: tuple[datetime | None, datetime] | None = None
    if _was_told(ride, hospital):
        if ride.step is Step.CANCELLED and ride.closed_at is not None and ride.arrived_at is None:
            found = ride.expected_at, ride.closed_at
    else:
        left = [each for each in ride.withdrawn if each.hospital == hospital]
        found = (left[-1].expected_at, left[-1].at) if left else None
    return found if found is not None and now - found[1] < CANCELLED_SHOWN else None


def _outcome(ride: Ride) -> Outcome | None:
    """Return as what it comes: by the check at the departure to here, else by the advice that was followed."""
    checked = ride.departed_at is not None and ride.chosen_at is not None and ride.departed_at >= ride.chosen_at
    return ride.outcome_at_departure if checked else ride.outcome


def _patient(ride: Ride, records: AdviceRecords) -> dict[str, Json]:
    return {"patient": patient_document(records.find(ride.advice_id))}
