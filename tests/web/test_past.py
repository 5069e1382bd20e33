"""Looking back over HTTP: a moment that is asked, and now where none is."""

from tests.web.test_access import a_caller

NOW = "2026-03-10T14:00:00Z"


def test_without_a_moment_it_is_now_by_the_servers_clock() -> None:
    dispatcher = a_caller("regiomeldkamer")

    stands = dispatcher.get("/past").get_json()

    assert [ride["id"] for ride in stands["rides"]] == ["r1"]
    assert stands == dispatcher.get(f"/past?at={NOW}").get_json()


def test_what_is_no_moment_is_not_taken_for_now() -> None:
    refused = a_caller("regiomeldkamer").get("/past?at=now")

    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["field"] == "at"
