"""Logging in and out, and whom a cookie is trusted from."""

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.apps import PASSWORD, an_app, log_in

GOOD = {"username": "verpleegkundige", "password": PASSWORD}


def browser() -> tuple[FlaskClient, TestResponse]:
    """A client with cookies that has logged in, and the answer to that."""
    client = an_app().test_client()
    return client, client.post("/api/v1/session", json=GOOD)


def test_log_in_tells_who_it_is() -> None:
    _, answer = browser()

    assert answer.status_code == 200
    assert answer.get_json().items() >= {"name": "verpleegkundige", "role": "nurse"}.items()


def test_cookie_is_out_of_reach_of_scripts_and_other_sites() -> None:
    _, answer = browser()
    cookie = answer.headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_cookie_over_https_is_never_sent_in_the_clear() -> None:
    answer = an_app().test_client().post("/api/v1/session", json=GOOD, base_url="https://uitwijk.example")

    assert "Secure" in answer.headers["Set-Cookie"]


def test_cookie_logs_in() -> None:
    client, _ = browser()

    assert client.get("/api/v1/me").get_json()["role"] == "nurse"


def test_token_logs_in() -> None:
    assert log_in(an_app(), "mma").get("/me").get_json()["role"] == "mma"


def test_wrong_password_is_refused_without_telling_which_of_the_two_it_was() -> None:
    client = an_app().test_client()

    wrong_password = client.post("/api/v1/session", json={**GOOD, "password": "iets anders"})
    wrong_name = client.post("/api/v1/session", json={**GOOD, "username": "niemand"})

    assert (wrong_password.status_code, wrong_password.get_json()) == (401, wrong_name.get_json())


def test_guessing_is_slowed_down() -> None:
    client = an_app().test_client()
    for _ in range(8):
        client.post("/api/v1/session", json={**GOOD, "password": "geraden"})

    answer = client.post("/api/v1/session", json=GOOD)

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_log_out_kills_the_token_at_once() -> None:
    caller = log_in(an_app(), "verpleegkundige")

    assert caller.call("DELETE", "/session").status_code == 204
    assert caller.get("/me").status_code == 401


def test_call_with_a_cookie_that_changes_something_needs_its_token() -> None:
    client, _ = browser()

    assert client.delete("/api/v1/session").status_code == 403


def test_call_with_a_cookie_and_its_token_is_trusted() -> None:
    client, answer = browser()

    assert client.delete("/api/v1/session", headers={"X-CSRF-Token": answer.get_json()["csrf"]}).status_code == 204


def test_token_of_another_session_is_not_trusted() -> None:
    client, _ = browser()
    _, other = browser()

    assert client.delete("/api/v1/session", headers={"X-CSRF-Token": other.get_json()["csrf"]}).status_code == 403


def test_page_of_another_site_cannot_log_anybody_in() -> None:
    answer = an_app().test_client().post("/api/v1/session", json=GOOD, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403


def test_own_page_can_log_in() -> None:
    answer = an_app().test_client().post("/api/v1/session", json=GOOD, headers={"Origin": "http://localhost"})

    assert answer.status_code == 200


def test_unknown_field_is_refused() -> None:
    answer = an_app().test_client().post("/api/v1/session", json={**GOOD, "remember": True})

    assert answer.status_code == 422
    assert answer.get_json()["errors"] == [
        {"field": "remember", "message": "onbekend veld", "message_en": "unknown field"}
    ]
