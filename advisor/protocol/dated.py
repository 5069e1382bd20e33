"""One dated version of the rules: its numbers, menus and demands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from advisor.kernel import Capability, Department, Interval, Status
from advisor.protocol.model import StopReason, Suspicion

CODE_ORANGE = "code_orange"


class RuleSet(StrEnum):
    """The ordered sets of rules that an edition can name; `rules.catalogue` holds them."""

    NATIONAL = "national"
    NHFL_2_0 = "nhfl-2.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number of an edition with its unit and the section that gives it."""

    value: int
    unit: str
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a suspicion asks of a hospital.

    `fallback`: where the department is not present, the SEH receives the patient instead. `prefers` orders
    hospitals within a class and excludes none. `life_threat` counts the stable patient as a life threat too.
    """

    department: Department | None = None
    capability: Capability | None = None
    life_threat: bool = False
    fallback: bool = False
    prefers: Capability | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One dated version of the rules for the hospitals of one protocol ("" = the national rules).

    `norms` holds the norm time in minutes per department and status, `declarable` what a person can declare,
    `showable` what the platform can show. `grace` is `None` where no 20 minutes are agreed. `code_orange` tells whether
    the rules for code orange are in use, of which the national ones have none.
    """

    id: str
    label: str
    label_en: str
    protocol: str
    rules: RuleSet
    valid: Interval | None
    approved: str
    pilots: Mapping[str, bool]
    numbers: Mapping[str, Number]
    norms: Mapping[Department, Mapping[Status, int]]
    declarable: Mapping[Department, tuple[Status, ...]]
    showable: Mapping[Department, tuple[Status, ...]]
    reasons: Mapping[Department, tuple[StopReason, ...]]
    demands: Mapping[Suspicion, Demand]
    grouping_from: date | None = None
    freshness: timedelta = field(init=False)
    grace: timedelta | None = field(init=False)
    code_orange: bool = field(init=False)

    def __post_init__(self) -> None:
        grace = self.numbers.get("grace")
        object.__setattr__(self, "freshness", timedelta(minutes=self.freshness_min))
        object.__setattr__(self, "grace", timedelta(minutes=grace.value) if grace else None)
        object.__setattr__(self, "code_orange", self.pilots.get(CODE_ORANGE, False))

    @property
    def freshness_min(self) -> int:
        """Minutes after which a status counts as unknown when its source stays silent (PD-4)."""
        return self.numbers["freshness"].value

    @property
    def warning_before_end_min(self) -> int:
        """Minutes before the end of a stop at which its hospital is warned."""
        return self.numbers["warning_before_end"].value

    @property
    def far_s(self) -> int:
        """Drive time in seconds beyond which a hospital may be folded away on the screen (PD-5)."""
        return self.numbers["far"].value * 60

    @property
    def tie_s(self) -> int:
        """Seconds within which drive times count as equal (PD-6)."""
        return self.numbers["tie"].value

    @property
    def scarce_providers(self) -> int:
        """Highest number of providers in a region for which their care counts as scarce."""
        return self.numbers["scarce_providers"].value

    def transport_limit_min(self, capability: Capability) -> int | None:
        """Return the minutes within which a stable patient is preferably taken to a capability; `None`: no limit."""
        return self.numbers["burns_stable_transport"].value if capability is Capability.BURNS else None

    def norm_min(self, department: Department, status: Status) -> int | None:
        """Return the norm time in minutes, or `None` where none is agreed."""
        if status is Status.ORANGE and not self.code_orange:
            return None
        return self.norms.get(department, {}).get(status)

    def allowed_statuses(self, department: Department) -> tuple[Status, ...]:
        """Return the statuses that can be declared for a department."""
        return self._without_pilot(self.declarable[department])

    def shown_statuses(self, department: Department) -> tuple[Status, ...]:
        """Return the statuses that a department can have on the platform, green and grey included."""
        return self._without_pilot(self.showable[department])

    def reasons_for(self, department: Department) -> tuple[StopReason, ...]:
        """Return the menu of reasons of a department, in its order."""
        return self.reasons[department]

    def _without_pilot(self, statuses: tuple[Status, ...]) -> tuple[Status, ...]:
        if self.code_orange or self.rules is RuleSet.NATIONAL:
            return statuses
        return tuple(status for status in statuses if status is not Status.ORANGE)
