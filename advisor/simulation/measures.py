"""What a simulation measures: of the world, and per policy of what became of the patients."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from advisor.hospitals.registry import Registry
from advisor.kernel import Department, HospitalId, Status
from advisor.protocol.model import Answer
from advisor.simulation.calls import midnight
from advisor.simulation.policies import is_time_critical
from advisor.simulation.run import Played
from advisor.simulation.trip import Trip

Json = Any
DIGITS = 3
SAMPLED_EVERY = timedelta(minutes=15)
MOST_COUNTED = 5
"""So many simultaneous stops and more are one class."""


def measure(played: Played, registry: Registry) -> dict[str, Json]:
    """Return all measures of one run in JSON terms; numbers are rounded, so that machines agree."""
    return {
        "world": _world(played, registry),
        "policies": {name: policy_measures(trips, played.period.days) for name, trips in played.trips.items()},
    }


def policy_measures(trips: Sequence[Trip], days: int) -> dict[str, Json]:
    """Return what one policy did; minutes and shares in per cent, unless the name says otherwise."""
    critical = [trip.suitable for trip in trips if is_time_critical(trip.call.patient) and trip.suitable is not None]
    known = [trip.own for trip in trips if trip.own is not None]
    return {
        "patients": len(trips),
        "drive_mean_min": _mean(trip.drive_s / 60 for trip in trips),
        "drive_p90_min": _quantile([trip.drive_s / 60 for trip in trips], 0.9),
        "detour_mean_min": _mean((trip.drive_s - trip.nearest_s) / 60 for trip in trips),
        "detour_p90_min": _quantile([(trip.drive_s - trip.nearest_s) / 60 for trip in trips], 0.9),
        "detour_max_min": _round(max(((trip.drive_s - trip.nearest_s) / 60 for trip in trips), default=0.0)),
        "detour_critical_mean_min": _mean(
            (trip.drive_s - trip.nearest_s) / 60 for trip in trips if is_time_critical(trip.call.patient)
        ),
        "received_mean_min": _mean(trip.total_s / 60 for trip in trips),
        "received_p90_min": _quantile([trip.total_s / 60 for trip in trips], 0.9),
        "received_critical_mean_min": _mean(trip.total_s / 60 for trip in trips if is_time_critical(trip.call.patient)),
        "against_stop_per_1000": _per_1000(trip.against_stop for trip in trips),
        "against_orange_per_1000": _per_1000(trip.against_orange for trip in trips),
        "refused_at_door_per_1000": _per_1000(trip.refused_at_door > 0 for trip in trips),
        "suitable_first_critical_pct": _pct(critical),
        "own_hospital_pct": _pct(known),
        "consult_calls_per_1000": _round(1000 * sum(trip.calls for trip in trips) / len(trips)) if trips else 0.0,
        "refused_by_telephone_per_1000": _per_1000(trip.refused_by_telephone > 0 for trip in trips),
        "nothing_open_per_1000": _per_1000(trip.nothing_open for trip in trips),
        "load": _load(trips, days),
    }


def _load(trips: Sequence[Trip], days: int) -> dict[str, Json]:
    """Return patients a day and the most ambulances at the door at once, per emergency department."""
    visits: dict[HospitalId, list[Trip]] = {}
    for trip in trips:
        visits.setdefault(trip.last, []).append(trip)
    return {
        hospital: {"per_day": _round(len(visits[hospital]) / days), "peak": _peak(visits[hospital])}
        for hospital in sorted(visits)
    }


def _peak(trips: Iterable[Trip]) -> int:
    changes: list[tuple[datetime, int]] = []
    for trip in trips:
        changes += [(trip.arrived, 1), (trip.left, -1)]
    most = here = 0
    for _, change in sorted(changes):
        here += change
        most = max(most, here)
    return most


def _world(played: Played, registry: Registry) -> dict[str, Json]:
    first = midnight(played.period.start)
    spells = [spell for spell in played.scene.spells if spell.start >= first and spell.department is Department.SEH]
    regions: dict[str, Json] = {}
    for name in sorted({registry.hospitals[spell.hospital].roaz for spell in spells}):
        of_region = [spell for spell in spells if registry.hospitals[spell.hospital].roaz == name]
        regions[name] = {
            str(status): {
                "stops": len(lengths),
                "minutes": round(sum(lengths)),
            }
            for status in (Status.RED, Status.ORANGE, Status.CALAMITY)
            for lengths in (
                [(one.end - one.start) / timedelta(minutes=1) for one in of_region if one.status is status],
            )
        }
    patients = [call.patient for call in played.calls]
    return {
        "calls": len(played.calls),
        "transported": sum(call.transported for call in played.calls),
        "treated_on_scene": sum(not call.transported for call in played.calls),
        "urgency": _counts(str(call.urgency) for call in played.calls),
        "complexity": _counts(str(call.complexity) for call in played.calls),
        "suspicion": _counts(str(patient.suspicion) for patient in patients),
        "with_own_hospital": sum(
            relation.active is Answer.YES for patient in patients for relation in patient.relation.values()
        ),
        "stops": regions,
        "simultaneous_pct": _simultaneous(played, registry),
        "feed_outages": len(played.scene.outages),
        "feed_silent_min": round(sum((end - start) / timedelta(minutes=1) for start, end in played.scene.outages)),
        "all_stopped_episodes": [
            {"mka": episode.mka, "start": episode.start.isoformat().replace("+00:00", "Z")}
            for episode in played.scene.episodes
        ],
    }


def _simultaneous(played: Played, registry: Registry) -> dict[str, float]:
    """Return the share of the time with so many emergency departments of the protocol's region red or orange."""
    inside = {hospital.id for hospital in registry if hospital.protocol}
    first = midnight(played.period.start)
    moments = played.period.days * 24 * 4
    counts = [0] * (MOST_COUNTED + 1)
    for number in range(moments):
        stopped = sum(
            spell.hospital in inside and spell.department is Department.SEH
            for spell in played.scene.running(first + number * SAMPLED_EVERY)
        )
        counts[min(stopped, MOST_COUNTED)] += 1
    names = [*map(str, range(MOST_COUNTED)), f"{MOST_COUNTED}+"]
    return {name: _round(100 * count / moments) for name, count in zip(names, counts, strict=True)}


def _counts(names: Iterable[str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for name in names:
        found[name] = found.get(name, 0) + 1
    return dict(sorted(found.items()))


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return _round(math.fsum(listed) / len(listed)) if listed else 0.0


def _quantile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least so large a share of the values does not exceed."""
    return _round(sorted(values)[max(math.ceil(share * len(values)) - 1, 0)]) if values else 0.0


def _pct(values: Iterable[bool]) -> float:
    return _mean(100.0 * value for value in values)


def _per_1000(values: Iterable[bool]) -> float:
    return _mean(1000.0 * value for value in values)


def _round(value: float) -> float:
    return round(value, DIGITS)
