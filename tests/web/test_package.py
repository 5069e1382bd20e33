"""What a device keeps for a time without a connection, over HTTP."""

import gzip

import orjson
import pytest

from advisor.services.offline_package import OfflinePackage, binary_part, hospitals_document, json_part
from tests.web.apps import Caller, an_app, log_in
from tests.world import a_world

PACKAGE = OfflinePackage(parts={"rules": json_part({"version": 1}), "grid": binary_part(b"\x00\x01")})


@pytest.fixture
def nurse() -> Caller:
    return log_in(an_app(package=lambda: PACKAGE), "verpleegkundige")


def test_overview_names_each_part_with_its_identity_and_size(nurse: Caller) -> None:
    parts = nurse.get("/package").get_json()["parts"]

    assert parts["grid"] == {"id": PACKAGE.parts["grid"].identity, "bytes": len(PACKAGE.parts["grid"].packed)}


def test_part_comes_compressed_and_may_be_kept_for_ever(nurse: Caller) -> None:
    answer = nurse.get(f"/package/rules/{PACKAGE.parts['rules'].identity}")

    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert orjson.loads(gzip.decompress(answer.data)) == {"version": 1}


def test_part_of_another_identity_is_not_there(nurse: Caller) -> None:
    assert nurse.get("/package/rules/0000").status_code == 404


def test_package_is_empty_until_it_is_made() -> None:
    assert log_in(an_app(), "verpleegkundige").get("/package").get_json() == {"parts": {}}


def test_equal_content_has_an_equal_identity() -> None:
    assert json_part({"version": 1}).identity == PACKAGE.parts["rules"].identity


def test_hospitals_come_as_the_rules_look_at_them() -> None:
    world = a_world()

    document = hospitals_document(world.registry, world.sites, {"id": "one-road"})

    assert [site["id"] for site in document["sites"]] == list(world.sites)
    assert document["network"] == {"id": "one-road"}
