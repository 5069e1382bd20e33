"""What must be brought to somebody's attention, beyond standing on the board."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from advisor.journal.rides import Ride, Step
from advisor.kernel import HospitalId, Status
from advisor.live.boards import Look, Shown
from advisor.live.ride_news import RideNews

DRIVING = frozenset({Step.CHOSEN, Step.ANNOUNCED, Step.DEPARTED})
"""As long as the patient is not there, another status of the destination matters to the crew."""

DUTCH = {
    Status.GREEN: "groen",
    Status.ORANGE: "oranje",
    Status.RED: "rood",
    Status.CALAMITY: "calamiteit",
    Status.GREY: "gesloten",
    Status.UNKNOWN: "onbekend",
}
ENGLISH = {**{status: status.value for status in Status}, Status.GREY: "closed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing to look at now; `level` is info, warning or alarm, `ride` is set when it is about one."""

    code: str
    level: str
    section: str
    text: str
    text_en: str
    hospital: str | None = None
    department: str | None = None
    mka: str = ""
    ride: Ride | None = None

    @property
    def document(self) -> dict[str, Any]:
        """Return the alert as it goes over the wire."""
        return {
            "code": self.code,
            "level": self.level,
            "section": self.section,
            "text": self.text,
            "text_en": self.text_en,
            "hospital": self.hospital,
            "department": self.department,
            "mka": self.mka,
            "ride": None if self.ride is None else self.ride.id,
        }


def alerts_of_notices(before: Sequence[Shown], after: Sequence[Shown]) -> Iterator[Alert]:
    """Give an alert for each warning and alarm that was not on the board before."""
    known = {_key(notice) for notice in before}
    for notice in after:
        if notice["level"] != "info" and _key(notice) not in known:
            yield Alert(**{name: notice[name] for name in _NOTICE_FIELDS})  # type: ignore[arg-type]


def alerts_of_destinations(
    rides: Iterable[Ride], before: Look, after: Look, names: Mapping[HospitalId, str]
) -> Iterator[Alert]:
    """Give an alert for each department of a ride's destination whose status has changed since it was looked at."""
    for ride in rides:
        if ride.hospital is None or ride.step not in DRIVING:
            continue
        were, are = _effective(before, ride.hospital), _effective(after, ride.hospital)
        for department in are:
            if are[department] != were.get(department, are[department]):
                yield _destination_changed(ride, names[ride.hospital], department, (were[department], are[department]))


def alerts_of_refusals(news: Iterable[RideNews], names: Mapping[HospitalId, str]) -> Iterator[Alert]:
    """Give an alert for each patient that was not taken at the door."""
    for each in news:
        for refusal in each.refusals:
            name = names.get(refusal.hospital, refusal.hospital)
            yield Alert(
                code="refused_at_the_door",
                level="warning",
                section="",
                text=f"{name}: een ambulance is aan de deur geweigerd.",
                text_en=f"{name}: an ambulance was refused at the door.",
                hospital=refusal.hospital,
                ride=each.after,
            )


def _destination_changed(ride: Ride, name: str, department: str, change: tuple[Status, Status]) -> Alert:
    was, is_now = change
    return Alert(
        code="destination_changed",
        level="info" if is_now is Status.GREEN else "warning",
        section="2.3",
        text=f"{name}, {department}: nu {DUTCH[is_now]}, was {DUTCH[was]}.",
        text_en=f"{name}, {department}: now {ENGLISH[is_now]}, was {ENGLISH[was]}.",
        hospital=ride.hospital,
        department=department,
        ride=ride,
    )


def _effective(look: Look, hospital: HospitalId) -> dict[str, Status]:
    departments: Any = look.hospitals.get(hospital, {}).get("departments", {})
    return {department: Status(shown["effective"]) for department, shown in departments.items()}


def _key(notice: Shown) -> tuple[object, ...]:
    return tuple(notice[name] for name in _NOTICE_KEY)


_NOTICE_KEY = ("code", "hospital", "department", "mka")
_NOTICE_FIELDS = ("level", "section", "text", "text_en", *_NOTICE_KEY)
