"""Work an advice out from its receipt: the same for a new advice and for a repeated one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from advisor.hospitals.registry import Registry
from advisor.journal.receipt import Receipt
from advisor.kernel import HospitalId
from advisor.protocol.decide import judge_all
from advisor.protocol.edition import Editions
from advisor.protocol.model import Arrival, Outcome, Patient, Picture, Site, TreatmentRelation, Verdict
from advisor.protocol.notices import Notice, notices
from advisor.protocol.rank import Option, far_ones, rank
from advisor.services.advice_case import AdviceCase
from advisor.services.picture import Statuses, picture_of, statuses_now

_NO_RELATION = TreatmentRelation()
NOT_ABLE = frozenset({Outcome.UNSUITABLE, Outcome.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What is written down apart from the facts: the hospitals and the rules."""

    registry: Registry
    sites: Mapping[HospitalId, Site]
    editions: Editions


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """The drive to one hospital."""

    seconds: float
    low_s: float
    high_s: float
    distance_m: float | None
    geodesic: bool
    arrival: Arrival


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedOut:
    """The answer in the words of the protocol, before it is written for the wire.

    `options` stand in the order of the advice; `far` holds the indices of those that a screen may fold away;
    `nearest_s` is the drive to the nearest hospital that could treat the patient, `None` when there is none;
    `unreachable` are the hospitals that no road leads to.
    """

    options: tuple[Option, ...]
    far: frozenset[int]
    legs: Mapping[HospitalId, Leg]
    nearest_s: float | None
    statuses: Statuses
    notices: tuple[Notice, ...]
    unreachable: tuple[HospitalId, ...]


def work_out(receipt: Receipt, case: AdviceCase, reference: Reference) -> WorkedOut:
    """Judge and order all hospitals for a case, from nothing but the receipt and the reference.

    Raises
    ------
    NoEditionForDate
        When no edition speaks about one of the hospitals at the moment of the receipt.
    """
    registry, editions, now = reference.registry, reference.editions, receipt.as_of
    picture = picture_of(reference.sites, registry.mka_complete, receipt.states, receipt.lapses)
    legs = _legs(receipt, picture)
    arrivals = {hospital: leg.arrival for hospital, leg in legs.items()}
    verdicts = judge_all(case.patient, picture, arrivals, now, editions)
    options = [_option(verdict, case.patient, legs, receipt, picture) for verdict in verdicts.values()]
    ranked = rank(options, case.patient)
    return WorkedOut(
        options=ranked,
        far=far_ones(ranked),
        legs=legs,
        nearest_s=_nearest_s(legs, verdicts),
        statuses=statuses_now(picture, now, editions),
        notices=notices(case.patient, picture, verdicts, now, editions),
        unreachable=tuple(hospital for hospital in picture.sites if hospital not in legs),
    )


def _legs(receipt: Receipt, picture: Picture) -> dict[HospitalId, Leg]:
    drive, now = receipt.drive, receipt.as_of
    rows = zip(drive.ids, drive.seconds, drive.low_s, drive.high_s, drive.distance_m, drive.geodesic, strict=True)
    legs = {}
    for name, seconds, low_s, high_s, distance_m, geodesic in rows:
        hospital = HospitalId(name)
        if seconds is None or low_s is None or high_s is None or hospital not in picture.sites:
            continue
        arrival = Arrival(
            early=now + timedelta(seconds=low_s),
            expected=now + timedelta(seconds=seconds),
            late=now + timedelta(seconds=high_s),
        )
        legs[hospital] = Leg(
            seconds=seconds, low_s=low_s, high_s=high_s, distance_m=distance_m, geodesic=geodesic, arrival=arrival
        )
    return legs


def _option(
    verdict: Verdict, patient: Patient, legs: Mapping[HospitalId, Leg], receipt: Receipt, picture: Picture
) -> Option:
    return Option(
        verdict=verdict,
        name=picture.sites[verdict.hospital].name,
        drive_time_s=legs[verdict.hospital].seconds,
        inbound=receipt.inbound.get(verdict.hospital, 0),
        relation=patient.relation.get(verdict.hospital, _NO_RELATION),
    )


def _nearest_s(legs: Mapping[HospitalId, Leg], verdicts: Mapping[HospitalId, Verdict]) -> float | None:
    able = (legs[hospital].seconds for hospital, verdict in verdicts.items() if verdict.outcome not in NOT_ABLE)
    return min(able, default=None)
