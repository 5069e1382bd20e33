"""The shipped registry agrees with the reference list of Dutch emergency departments, where that is at hand."""

import csv
import math
import os
from pathlib import Path

import pytest

from advisor.hospitals.registry import Hospital, Registry
from advisor.kernel import Capability, Department, Known, Position

SHARED = Path(os.environ.get("UITWIJK_SHARED", Path(__file__).parents[2] / ".." / "shared"))
LIST = SHARED / "facts" / "emergency_departments.csv"

pytestmark = pytest.mark.skipif(not LIST.is_file(), reason=f"the reference list is not at {LIST} (UITWIJK_SHARED)")

OPEN = {"24/7", "limited hours"}
# Where the list has another spelling or a neighbourhood, the registry has the town that people know.
TOWNS = {
    "Hoogland": "Amersfoort",
    "Hoorn Nh": "Hoorn",
    "Amsterdam Zuidoost": "Amsterdam",
    "'s-Gravenhage": "Den Haag",
    "Bergen Op Zoom": "Bergen op Zoom",
}
COLUMNS = {
    "level1_trauma": Capability.LEVEL1,
    "pci": Department.PCI,
    "thrombolysis": Department.CTT,
    "thrombectomy": Capability.THROMBECTOMY,
    "acute_obstetrics_2019": Capability.OBSTETRICS,
    "burn_centre": Capability.BURNS,
}
INFERENCES = {Department.SR: "inferred-sr", Department.CCU: "inferred-ccu"}
DISPUTED = {"treant-stadskanaal", "treant-hoogeveen"}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with LIST.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def pairs(rows: list[dict[str, str]], shipped: Registry) -> list[tuple[dict[str, str], Hospital]]:
    """Pair every open site of the list with the hospital at its coordinate."""
    pairs = []
    for row in rows:
        if row["seh_2025"] in OPEN:
            near = [hospital for hospital in shipped if distance_m(row, hospital.position) < 5]
            assert len(near) == 1, f"{row['name']}: {[hospital.id for hospital in near]}"
            pairs.append((row, near[0]))
    return pairs


def distance_m(row: dict[str, str], position: Position) -> float:
    north = (float(row["lat"]) - position.lat) * 111_200
    return math.hypot(north, (float(row["lon"]) - position.lon) * 111_200 * math.cos(math.radians(position.lat)))


def test_every_open_site_of_the_list_is_in_the_registry_and_nothing_else(pairs, shipped):
    assert {hospital.id for _, hospital in pairs} == set(shipped.hospitals)


def test_no_closed_site_of_the_list_is_a_hospital(rows, shipped):
    closed = [row for row in rows if row["seh_2025"] not in OPEN]

    assert closed
    assert [row["name"] for row in closed for site in shipped if distance_m(row, site.position) < 200] == []


def test_every_closed_site_of_the_list_is_on_record(rows, shipped):
    closed = [row for row in rows if row["seh_2025"] not in OPEN]

    assert all(any(distance_m(row, site.position) < 5 for site in shipped.closed) for row in closed)
    assert len(closed) == len(shipped.closed)


def test_town_postcode_and_safety_region_agree(pairs):
    for row, hospital in pairs:
        assert hospital.city == TOWNS.get(row["city"], row["city"])
        assert hospital.postcode.replace(" ", "") == row["pc"]
        assert hospital.veiligheidsregio == row["veiligheidsregio"].split()[0]


def test_roaz_region_agrees_where_the_list_names_one(pairs):
    for row, hospital in pairs:
        assert hospital.roaz in row["roaz"]
        assert (hospital.sources["roaz"] == "inferred-roaz") == ("split" in row["roaz"])


def test_capability_is_known_only_where_the_list_is_sure(pairs):
    for row, hospital in pairs:
        for column, facility in COLUMNS.items():
            expected = row[column] if row[column] in ("yes", "no") else "unknown"
            assert hospital.facilities[facility].value == expected, (hospital.id, facility)


def test_yes_that_the_list_does_not_hold_is_a_named_inference(pairs):
    listed = {*COLUMNS.values(), Department.SEH}
    for _, hospital in pairs:
        for facility, fact in hospital.facilities.items():
            if fact.value is Known.YES and facility not in listed:
                assert fact.source == INFERENCES[facility], (hospital.id, facility)


def test_cardiac_care_unit_is_inferred_exactly_for_the_pci_centres(pairs):
    for _, hospital in pairs:
        has_pci = hospital.facilities[Department.PCI].value is Known.YES
        assert (hospital.facilities[Department.CCU].value is Known.YES) == has_pci


def test_seh_is_present_but_for_the_two_sites_in_dispute(pairs):
    without = {hospital.id for _, hospital in pairs if hospital.facilities[Department.SEH].value is not Known.YES}

    assert without == DISPUTED


def test_hours_are_limited_exactly_where_the_list_says_so(pairs):
    for row, hospital in pairs:
        assert hospital.limited_hours == (row["seh_2025"] == "limited hours")
