"""The drives of rides that arrived: how long they were foretold to take at departure, and how long they took."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from advisor.journal.ride_events import Arrived, Departed, DestinationChosen, Refused, RideOpened
from advisor.kernel import AdviceId, HospitalId, Interval, RideId
from advisor.roads.model import Profile
from advisor.services.get_advice import fetch_receipt
from advisor.services.refusals import NotFound
from advisor.services.world import World

PAGE = 2_000
KINDS = (RideOpened, DestinationChosen, Departed, Arrived, Refused)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrivenRide:
    """A drive from the departure with the patient to the arrival at the hospital that was chosen then.

    `low_s` and `high_s` are how far the interval reached below and above what was foretold, seconds.
    `distance_m` is the length of the route.
    """

    ride_id: RideId
    hospital: HospitalId
    profile: Profile
    departed_at: datetime
    foretold_s: float
    low_s: float
    high_s: float
    took_s: float
    distance_m: float


@dataclass(slots=True, kw_only=True)
class _Under:
    """What is known of a ride so far."""

    advice_id: AdviceId
    hospital: HospitalId | None = None
    departed: Departed | None = None


def read_driven_rides(period: Interval, *, world: World) -> Iterator[DrivenRide]:
    """Yield the drives that arrived in a period, in the order of their arrival.

    A ride whose destination changed on the way is left out, and so is one to a hospital off the network, and one
    whose advice is no longer kept. A ride that was opened before the period is not known.
    """
    under_way: dict[RideId, _Under] = {}
    for event in _events(period, world):
        if isinstance(event, RideOpened):
            under_way[event.ride_id] = _Under(advice_id=event.advice_id)
            continue
        ride = under_way.get(event.ride_id)
        if ride is None:
            continue
        match event:
            case DestinationChosen():
                ride.hospital, ride.departed = event.hospital, None
            case Departed():
                ride.departed = event
            case Refused():
                ride.departed = None
            case Arrived():
                driven = _driven(ride, event, world)
                ride.departed = None
                if driven is not None:
                    yield driven


def _events(period: Interval, world: World) -> Iterator[RideOpened | DestinationChosen | Departed | Arrived | Refused]:
    after_seq = 0
    while page := world.journal.read_types(KINDS, period, after_seq, PAGE):
        yield from (recorded.event for recorded in page if isinstance(recorded.event, KINDS))
        after_seq = page[-1].seq


def _driven(ride: _Under, arrived: Arrived, world: World) -> DrivenRide | None:
    if ride.departed is None or ride.hospital is None:
        return None
    try:
        receipt = fetch_receipt(ride.advice_id, world)
    except NotFound:
        return None
    drive = receipt.drive
    place = drive.ids.index(ride.hospital) if ride.hospital in drive.ids else None
    if place is None or drive.geodesic[place]:
        return None
    seconds, low_s, high_s = drive.seconds[place], drive.low_s[place], drive.high_s[place]
    distance_m = drive.distance_m[place]
    if seconds is None or low_s is None or high_s is None or distance_m is None:
        return None
    return DrivenRide(
        ride_id=arrived.ride_id,
        hospital=ride.hospital,
        profile=Profile.SIGNALS if receipt.request["signals"] else Profile.NO_SIGNALS,
        departed_at=ride.departed.when,
        foretold_s=(ride.departed.expected_at - ride.departed.when).total_seconds(),
        low_s=seconds - low_s,
        high_s=high_s - seconds,
        took_s=(arrived.when - ride.departed.when).total_seconds(),
        distance_m=distance_m,
    )
