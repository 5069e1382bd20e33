"""Where a ride could go from where it is now: the hospitals of its advice, ranked by the rules at this moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from advisor.journal.rides import Ride
from advisor.kernel import HospitalId, Position
from advisor.protocol.decide import judge_all
from advisor.protocol.explain import Language, headline
from advisor.protocol.model import Arrival, Outcome, TreatmentRelation
from advisor.protocol.rank import Option, rank
from advisor.roads.model import Profile
from advisor.services.advice_record import AdviceRecord
from advisor.services.documents import moment
from advisor.services.ride_moment import Moment, patient_of
from advisor.services.world import World

Json = Any

_NO_RELATION = TreatmentRelation()


@dataclass(frozen=True, slots=True, kw_only=True)
class RideOption:
    """One hospital for a ride at its place among all; `inbound` are the other ambulances on their way there."""

    rank: int
    option: Option
    arrival: Arrival

    @property
    def hospital(self) -> HospitalId:
        """Which hospital it is."""
        return self.option.verdict.hospital

    @property
    def outcome(self) -> Outcome:
        """What the rules say of it."""
        return self.option.verdict.outcome


def ride_options(
    ride: Ride, record: AdviceRecord, position: Position, at: Moment, *, world: World
) -> tuple[RideOption, ...]:
    """Rank the hospitals of a ride's advice that a road leads to from a position.

    Raises
    ------
    OffNetwork
        When the position is too far from every road.
    """
    arrivals = _arrivals(record, position, at, world)
    patient = patient_of(ride, record)
    verdicts = judge_all(patient, at.picture, arrivals, at.now, world.editions)
    options = [
        Option(
            verdict=verdict,
            name=at.picture.sites[hospital].name,
            drive_time_s=(arrivals[hospital].expected - at.now).total_seconds(),
            inbound=_others(ride, hospital, at),
            relation=patient.relation.get(hospital, _NO_RELATION),
        )
        for hospital, verdict in verdicts.items()
    ]
    return tuple(
        RideOption(rank=place, option=option, arrival=arrivals[option.verdict.hospital])
        for place, option in enumerate(rank(options, patient), start=1)
    )


def option_document(option: RideOption) -> dict[str, Json]:
    """Return an option in JSON terms."""
    return {
        "rank": option.rank,
        "hospital": option.hospital,
        "name": option.option.name,
        "class": option.outcome,
        "headline": headline(option.option.verdict, Language.NL),
        "headline_en": headline(option.option.verdict, Language.EN),
        "eta_s": round(option.option.drive_time_s),
        "arrival": moment(option.arrival.expected),
        "inbound": option.option.inbound,
    }


def _arrivals(record: AdviceRecord, position: Position, at: Moment, world: World) -> Mapping[HospitalId, Arrival]:
    profile = Profile.SIGNALS if record.case.signals else Profile.NO_SIGNALS
    times = world.roads.drive_times(position, profile=profile, at=at.now)
    rows = zip(times.ids, times.seconds.tolist(), times.low_s.tolist(), times.high_s.tolist(), strict=True)
    return {
        HospitalId(name): Arrival(
            early=at.now + timedelta(seconds=low_s),
            expected=at.now + timedelta(seconds=seconds),
            late=at.now + timedelta(seconds=high_s),
        )
        for name, seconds, low_s, high_s in rows
        if seconds != float("inf") and name in record.hospitals
    }


def _others(ride: Ride, hospital: HospitalId, at: Moment) -> int:
    own = ride.hospital == hospital and ride.is_inbound(at.now)
    return at.inbound.get(hospital, 0) - own
