"""The registry that comes with the program holds what the regional protocol names, and invents nothing."""

from collections import Counter
from datetime import time
from importlib.resources import files
from pathlib import Path

from advisor.hospitals.registry import Policy, parse_registry
from advisor.hospitals.search import search
from advisor.kernel import Capability, Department, Known

TABLE_4 = {
    ("MKA Midden-Nederland", "MKA Midden-Nederland"): {"flevoziekenhuis", "tergooi", "st-jansdal"},
    ("MKA Amsterdam", "MKA Amsterdam"): {"olvg-west", "olvg-oost", "amsterdam-umc-amc", "bovenij", "amstelland"},
    ("MKA Noord-Holland", "VR KML / ZAWA"): {
        *("spaarne-haarlem-zuid", "spaarne-hoofddorp", "rkz", "zaans-mc", "dijklander-purmerend"),
    },
    ("MKA Noord-Holland", "VR NHN"): {"dijklander-hoorn", "noordwest-alkmaar", "noordwest-den-helder"},
}


def test_the_sixteen_of_table_4_stand_in_their_region_and_subregion(shipped):
    found: dict[tuple[str, str], set[str]] = {}
    for hospital in shipped:
        if hospital.protocol:
            found.setdefault((hospital.mka, hospital.subregion), set()).add(hospital.id)

    assert found == TABLE_4


def test_no_site_outside_table_4_is_governed_by_the_regional_protocol(shipped):
    named = set().union(*TABLE_4.values())

    assert {hospital.id for hospital in shipped if hospital.protocol == "nhfl"} == named


def test_st_jansdal_is_governed_by_the_protocol_though_its_roaz_region_is_zwolle(shipped):
    hospital = shipped.get_hospital("st-jansdal")

    assert (hospital.protocol, hospital.roaz) == ("nhfl", "Zwolle")


def test_membership_of_mka_midden_nederland_is_not_complete(shipped):
    assert shipped.mka_complete == {"MKA Amsterdam", "MKA Noord-Holland"}


def test_utrecht_hospitals_belong_to_the_meldkamer_region_without_a_subregion(shipped):
    utrecht = [hospital for hospital in shipped if hospital.veiligheidsregio == "VR09"]

    assert {(hospital.mka, hospital.subregion, hospital.protocol) for hospital in utrecht} == {
        ("MKA Midden-Nederland", "", "")
    }


def test_sites_per_roaz_region_are_as_the_document_compares_them(shipped):
    assert Counter(hospital.roaz for hospital in shipped) == {
        "Brabant": 11,
        "Limburg": 5,
        "Midden-Nederland": 5,
        "Noord-Nederland": 11,
        "Noord-Holland/Flevoland": 15,
        "Oost": 6,
        "West": 7,
        "Zuidwest-Nederland": 11,
        "Zwolle": 7,
        "Euregio": 3,
    }


def test_there_are_ten_roaz_regions(shipped):
    assert len(shipped.roaz) == 10


def test_only_euregio_never_stops(shipped):
    assert {hospital.roaz for hospital in shipped if hospital.policy is Policy.NEVER_STOPS} == {"Euregio"}
    assert all(hospital.policy is Policy.NEVER_STOPS for hospital in shipped if hospital.roaz == "Euregio")


def test_no_phone_number_is_shipped(shipped):
    assert not any(hospital.phones for hospital in shipped)
    assert not any(mka.phones for mka in shipped.mkas.values())


def test_thrombolysis_is_unknown_everywhere(shipped):
    assert {hospital.facilities[Department.CTT].value for hospital in shipped} == {Known.UNKNOWN}


def test_limited_hours_are_on_record_without_invented_times(shipped):
    limited = {hospital.id for hospital in shipped if hospital.limited_hours}

    assert limited == {"amstelland", "gelre-zutphen", "franciscus-vlietland"}
    assert {hospital.id for hospital in shipped if hospital.opening} == {"amstelland"}


def test_sites_whose_seh_is_in_dispute_are_unknown_and_not_left_out(shipped):
    doubtful = {hospital.id for hospital in shipped if hospital.facilities[Department.SEH].value is Known.UNKNOWN}

    assert doubtful == {"treant-stadskanaal", "treant-hoogeveen"}


def test_there_are_three_burn_centres(shipped):
    burns = {hospital.id for hospital in shipped if hospital.facilities[Capability.BURNS].value is Known.YES}

    assert burns == {"rkz", "martini", "maasstad"}


def test_every_source_is_used_and_no_source_is_empty(shipped):
    used = {fact.source for hospital in shipped for fact in hospital.facilities.values()}
    used |= {source for hospital in shipped for source in hospital.sources.values()}
    used |= {site.source for site in shipped.closed} | {mka.source for mka in shipped.mkas.values()}

    assert set(shipped.sources) - used <= {"mapnl-2016"}  # the position of a closed site


def test_no_two_sites_share_a_place_or_a_name(shipped):
    assert len({hospital.position for hospital in shipped}) == len(shipped)
    assert len({hospital.name for hospital in shipped}) == len(shipped)


def test_names_fit_a_row_on_a_phone(shipped):
    assert max(len(hospital.name) for hospital in shipped) <= 34


def test_left_out_sites_are_on_record_with_a_reason_in_both_languages(shipped):
    assert {site.name for site in shipped.closed} >= {
        "St Jansdal Lelystad",
        "Amsterdam UMC, locatie VUmc",
        "HMC Bronovo",
    }
    assert all(site.reason and site.reason_en for site in shipped.closed)


def test_every_site_is_found_by_its_own_name_id_and_city(shipped):
    for hospital in shipped:
        assert search(shipped, hospital.name)[0] is hospital
        assert search(shipped, hospital.id)[0] is hospital
        assert hospital in search(shipped, hospital.city)


def test_shipped_registry_is_read_the_same_in_any_order_of_its_documents(shipped):
    backwards = sorted(shipped_documents().items(), reverse=True)

    assert parse_registry(dict(backwards)).identity == shipped.identity


def test_example_of_the_documentation_can_be_laid_over_the_shipped_registry(shipped):
    guide = (Path(__file__).parents[2] / "docs" / "REGISTRY.md").read_text(encoding="utf-8")
    example = guide.split("```toml\n")[1].split("```")[0]

    registry = parse_registry({**shipped_documents(), "operator.toml": example})

    opening = registry.get_hospital("amstelland").opening
    assert opening is not None
    assert (opening.opens, opening.closes) == (time(8), time(22))
    assert registry.mkas["MKA Amsterdam"].phones.keys() == {"mma"}


def shipped_documents() -> dict[str, str]:
    data = files("advisor.hospitals") / "data"
    return {entry.name: entry.read_text(encoding="utf-8") for entry in data.iterdir()}
