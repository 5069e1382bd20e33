"""A good registry is read into hospitals that are looked up by id."""

from datetime import time

import pytest

from advisor.hospitals.registry import Fact, Policy, UnknownHospital, parse_registry
from advisor.kernel import Capability, Department, Known, Position


def test_hospital_is_found_by_its_id(documents):
    hospital = parse_registry(documents).get_hospital("veldstad")

    assert (hospital.name, hospital.city, hospital.postcode) == ("Veldstad MC", "Veldstad", "1234 AB")


def test_unknown_id_raises_unknown_hospital_with_that_id(documents):
    registry = parse_registry(documents)

    with pytest.raises(UnknownHospital, match="'nergens'") as caught:
        registry.get_hospital("nergens")

    assert caught.value.hospital == "nergens"


def test_hospitals_stand_in_the_order_of_their_ids(documents):
    assert [hospital.id for hospital in parse_registry(documents)] == ["oeverdam", "veldstad"]


def test_own_fact_goes_before_the_default(documents):
    hospital = parse_registry(documents).get_hospital("veldstad")

    assert hospital.facilities[Capability.LEVEL1] == Fact(value=Known.YES, source="visit")


def test_default_fact_holds_with_its_own_source(documents):
    hospital = parse_registry(documents).get_hospital("oeverdam")

    assert hospital.facilities[Department.SR] == Fact(value=Known.YES, source="plan")


def test_every_hospital_has_a_value_for_every_facility(documents):
    hospital = parse_registry(documents).get_hospital("oeverdam")

    assert {*hospital.known} == {*Department, *Capability}
    assert {**hospital.departments, **hospital.capabilities} == hospital.known


def test_opening_hours_are_clock_times_with_a_source(documents):
    opening = parse_registry(documents).get_hospital("oeverdam").opening

    assert opening is not None
    assert (opening.opens, opening.closes, opening.source) == (time(8, 0), time(22, 30), "visit")


def test_site_with_opening_hours_has_limited_hours(documents):
    assert parse_registry(documents).get_hospital("oeverdam").limited_hours


def test_site_without_hours_is_open_day_and_night(documents):
    hospital = parse_registry(documents).get_hospital("veldstad")

    assert (hospital.opening, hospital.limited_hours) == (None, False)


def test_limited_hours_may_be_known_without_the_times(documents):
    documents["sites.toml"] = documents["sites.toml"].replace('opens = "08:00", closes = "22:30"', "limited = true")

    hospital = parse_registry(documents).get_hospital("oeverdam")

    assert (hospital.opening, hospital.limited_hours) == (None, True)


def test_entrance_is_kept_apart_from_the_position(documents):
    assert parse_registry(documents).get_hospital("veldstad").entrance == Position(lat=52.101, lon=5.101)


def test_policy_comes_from_the_default_with_its_source(documents):
    hospital = parse_registry(documents).get_hospital("veldstad")

    assert (hospital.policy, hospital.sources["policy"]) == (Policy.LPZ, "plan")


def test_closed_site_is_on_record_and_is_no_hospital(documents):
    registry = parse_registry(documents)

    assert [site.name for site in registry.closed] == ["Het Oude Huis"]
    assert "Het Oude Huis" not in [hospital.name for hospital in registry]


def test_complete_meldkamer_region_is_named(documents):
    assert parse_registry(documents).mka_complete == {"MKA Verzonnen"}


def test_identity_does_not_depend_on_how_the_documents_are_cut(documents):
    together = {"all.toml": documents["regions.toml"] + documents["sites.toml"]}

    assert parse_registry(together).identity == parse_registry(documents).identity


def test_identity_changes_with_one_fact(documents):
    before = parse_registry(documents).identity
    documents["sites.toml"] = documents["sites.toml"].replace('PCI = ["unknown"', 'PCI = ["no"')

    assert parse_registry(documents).identity != before


def test_identity_is_a_sha256_in_hexadecimal(documents):
    identity = parse_registry(documents).identity

    assert len(bytes.fromhex(identity)) == 32
