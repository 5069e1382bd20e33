"""Where a hospital counts: its ROAZ region by the name of the published tables, and its meldkamer region."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from advisor.hospitals.registry import Registry
from advisor.kernel import HospitalId, InvalidInput, Problem
from advisor.services.reporting import ReportQuery

PUBLISHED_NAMES = {"Midden-Nederland": "Midden", "Noord-Nederland": "Noord", "Zuidwest-Nederland": "Zuidwest"}
"""Regions that the published tables call otherwise than the registry does."""

NOWHERE = "?"  # the region of a hospital that is no longer in the registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A hospital as a table names it."""

    name: str
    roaz: str
    mka: str


class Places:
    """Names of hospitals and regions, and which hospitals a query is about."""

    def __init__(self, registry: Registry) -> None:
        self._places = {
            hospital.id: Place(
                name=hospital.name, roaz=PUBLISHED_NAMES.get(hospital.roaz, hospital.roaz), mka=hospital.mka
            )
            for hospital in registry
        }

    def place(self, hospital: HospitalId | None) -> Place:
        """Return a hospital; one that is no longer in the registry goes by its id."""
        known = self._places.get(hospital or HospitalId(""))
        return Place(name=hospital or "", roaz=NOWHERE, mka="") if known is None else known

    def name(self, hospital: HospitalId | None) -> str:
        """Return the name of a hospital, "" for none."""
        return self.place(hospital).name

    def count_sites(self) -> Counter[str]:
        """Count the hospitals of the registry per ROAZ region."""
        return Counter(place.roaz for place in self._places.values())

    def chosen(self, query: ReportQuery) -> "Chosen":
        """Return which hospitals a query is about.

        Raises
        ------
        InvalidInput
            When there is no such region or hospital.
        """
        region = PUBLISHED_NAMES.get(query.region, query.region)
        problems = []
        if region and not any(region in (place.roaz, place.mka) for place in self._places.values()):
            problems.append(Problem(field="region", message="no such region"))
        if query.hospital is not None and query.hospital not in self._places:
            problems.append(Problem(field="hospital", message=f"no such hospital: {query.hospital[:60]!r}"))
        if problems:
            raise InvalidInput(problems)
        return Chosen(places=self, region=region, hospital=query.hospital)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The hospitals of a query."""

    places: Places
    region: str
    hospital: HospitalId | None

    def __contains__(self, hospital: HospitalId | None) -> bool:
        if self.hospital is not None:
            return hospital == self.hospital
        place = self.places.place(hospital)
        return not self.region or self.region in (place.roaz, place.mka)

    def touches(self, mka: str, hospitals: Iterable[HospitalId]) -> bool:
        """Tell whether something of a meldkamer region that was about some hospitals concerns the query."""
        everywhere = self.hospital is None and not self.region
        return everywhere or (self.hospital is None and self.region == mka) or any(map(self.__contains__, hospitals))

    def may_lead_to(self, hospital: HospitalId | None) -> bool:
        """Tell whether what points to a hospital, or to none, belongs to the query."""
        everywhere = self.hospital is None and not self.region
        return everywhere or (hospital is not None and hospital in self)
