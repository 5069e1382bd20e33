"""What the receipt of an advice tells of a ride: the predicted band, and what stops cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from advisor.journal.events import AdviceGiven
from advisor.journal.receipt import UnreadableReceipt, read_receipt
from advisor.kernel import AdviceId, HospitalId, Position, Status
from advisor.protocol.decide import judge_all
from advisor.protocol.model import Arrival, Outcome
from advisor.reports.told import STOPPED
from advisor.services.advice_case import read_case
from advisor.services.get_advice import DamagedReceipt, unpack_document
from advisor.services.picture import picture_of
from advisor.services.reference import ReferenceMissing, find_reference
from advisor.services.world import World

Json = Any

MOST = 50_000  # rides whose figures are remembered; they never change

_RECEIVED = frozenset({Outcome.WELCOME, Outcome.WELCOME_EXCEPTION})
_ANYWHERE = Position(lat=0.0, lon=0.0)  # the drive times of the receipt stand in for the position, which may be gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A hospital that a patient was driven past because of a stop, and the seconds of drive that this cost."""

    hospital: HospitalId
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RideFigures:
    """What an advice said about the hospital that was driven to; the ends of the band as shares of the drive time.

    `passed` is `None` where no stop made the drive longer.
    """

    low_share: float
    high_share: float
    passed: Passed | None


class Receipts:
    """Works figures out of receipts, and remembers them."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, AdviceId, HospitalId], RideFigures | None] = {}

    def find(self, given: AdviceGiven, hospital: HospitalId, world: World) -> RideFigures | None:
        """Find the figures of a drive; `None` where the advice is no longer kept or does not have the hospital."""
        key = (world.journal.epoch, given.advice_id, hospital)
        if key not in self._known:
            while len(self._known) >= MOST:
                del self._known[next(iter(self._known))]
            self._known[key] = _work_out(given, hospital, world)
        return self._known[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The advices of a period, of which some are still kept with their receipts."""

    receipts: Receipts
    advices: Mapping[AdviceId, AdviceGiven]

    def find(self, advice_id: AdviceId, hospital: HospitalId, world: World) -> RideFigures | None:
        """Find the figures of a drive that began from an advice; `None` where nothing is known of it."""
        given = self.advices.get(advice_id)
        return None if given is None else self.receipts.find(given, hospital, world)


def _work_out(given: AdviceGiven, hospital: HospitalId, world: World) -> RideFigures | None:
    packed = world.journal.enclosure(given.advice_id)
    if packed is None:
        return None
    try:
        receipt, _ = unpack_document(packed, given.digest)
        options = receipt["answer"]["options"]
        mine = next((option for option in options if option["hospital"] == hospital), None)
        if mine is None or mine["eta_s"] <= 0:
            return None
        return RideFigures(
            low_share=mine["eta_low_s"] / mine["eta_s"],
            high_share=mine["eta_high_s"] / mine["eta_s"],
            passed=_passed(receipt, options, mine, world),
        )
    except (DamagedReceipt, UnreadableReceipt, ReferenceMissing):
        return None


def _passed(
    receipt: Mapping[str, Json], options: list[dict[str, Json]], mine: Mapping[str, Json], world: World
) -> Passed | None:
    """Find the nearest hospital that would have received the patient without stops, where one was driven past.

    What the crew drove past of its own accord is no cost of stops: the drive counts up to the nearest hospital that
    did receive patients then.
    """
    received = [option["eta_s"] for option in options if option["class"] in _RECEIVED]
    needed = min([mine["eta_s"], *received])
    nearer = {
        HospitalId(option["hospital"]): option["eta_s"]
        for option in options
        if option["eta_s"] < needed and option["class"] not in _RECEIVED and option["class"] != Outcome.UNSUITABLE
    }
    stopped = {hospital for hospital in nearer if _has_stop(receipt["states"].get(hospital, {}))}
    open_ones = _received_without_stops(receipt, stopped, world)
    if not open_ones:
        return None
    nearest = min(open_ones, key=lambda each: (nearer[each], each))
    return Passed(hospital=nearest, seconds=needed - nearer[nearest])


def _has_stop(states: Mapping[str, Json]) -> bool:
    return any(state["status"] in STOPPED for state in states.values())


def _received_without_stops(receipt: Mapping[str, Json], hospitals: set[HospitalId], world: World) -> list[HospitalId]:
    """Judge the same patient by the same rules and drive times, as if these hospitals had no stop."""
    if not hospitals:
        return []
    reference = find_reference(receipt["registry"], receipt["editions"], world)
    states = {hospital: _cleared(receipt["states"].get(hospital, {}), receipt["as_of"]) for hospital in hospitals}
    cleared = read_receipt({**receipt, "states": states, "lapses": [], "answer": {}}, None)
    sites = {hospital: reference.sites[hospital] for hospital in hospitals}
    arrivals = {}
    drive, now = cleared.drive, cleared.as_of
    for name, seconds, low_s, high_s in zip(drive.ids, drive.seconds, drive.low_s, drive.high_s, strict=True):
        if name in sites and seconds is not None and low_s is not None and high_s is not None:
            early, expected, late = (now + timedelta(seconds=each) for each in (low_s, seconds, high_s))
            arrivals[HospitalId(name)] = Arrival(early=early, expected=expected, late=late)
    picture = picture_of(sites, frozenset(), cleared.states, ())
    patient = read_case(receipt["request"], _ANYWHERE).patient
    verdicts = judge_all(patient, picture, arrivals, now, reference.editions)
    return [hospital for hospital, verdict in verdicts.items() if verdict.outcome in _RECEIVED]


def _cleared(states: Mapping[str, Json], as_of: str) -> dict[str, Json]:
    green = {"status": Status.GREEN.value, "reported_at": as_of}
    return {name: green if state["status"] in STOPPED else state for name, state in states.items()}
