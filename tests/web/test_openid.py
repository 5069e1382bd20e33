"""Logging in with an OpenID provider, against a real one."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from advisor.services.access import Role
from advisor.services.openid_provider import OpenIdProvider
from advisor.services.security import AccessQuery
from advisor.web import openid
from tests.web.apps import an_app
from tests.web.openid import CLIENT_ID, CLIENT_SECRET, Provider, running_provider

CLAIMS = {"sub": "4711", "preferred_username": "Jansen", "roles": ["ploegen"]}


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider) -> Provider:
    """The provider, which vouches for a nurse and tells no lies yet."""
    running.forget()
    running.claims = dict(CLAIMS)
    return running


def an_app_with(provider: Provider, **other: Any) -> Flask:
    """An application that people may log in to by the provider."""
    known = OpenIdProvider(
        issuer=provider.issuer,
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        label="de GGD",
        roles={"ploegen": Role.NURSE},
    )
    return an_app(openid=replace(known, **other))


@pytest.fixture
def app(provider: Provider) -> Flask:
    return an_app_with(provider)


def leave(client: FlaskClient) -> str:
    """Go to the provider, and return the address that it leads back to."""
    away = client.get("/login/openid")
    assert away.status_code == 302, away.location
    back = requests.get(away.location, allow_redirects=False, timeout=5)
    return back.headers["Location"]


def come_back(client: FlaskClient) -> TestResponse:
    """Go to the provider and come back from there."""
    return client.get(leave(client))


def refused(answer: TestResponse) -> str:
    """Why somebody was led back to the log-in page, "" when nobody was."""
    return (answer.location or "").partition("/login?refused=")[2]


def who(client: FlaskClient) -> str:
    """Who is logged in, "" for nobody."""
    answer = client.get("/api/v1/me")
    return str(answer.get_json().get("name", ""))


def test_who_the_provider_vouches_for_is_logged_in(app: Flask) -> None:
    client = app.test_client()

    answer = come_back(client)

    assert (answer.status_code, who(client)) == (200, "jansen")


def test_way_back_ends_on_a_page_of_our_own_that_leads_on(app: Flask) -> None:
    """Sent on from another site at once, a browser would not send the strict cookie along."""
    answer = come_back(app.test_client())

    assert answer.status_code == 200
    assert 'http-equiv="refresh" content="0;url=/"' in answer.get_data(as_text=True)


def test_session_is_as_well_kept_as_any_other(app: Flask) -> None:
    set_by = come_back(app.test_client()).headers.getlist("Set-Cookie")

    [cookie] = [cookie for cookie in set_by if cookie.startswith("uitwijk_session=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_question_carries_state_nonce_and_challenge(app: Flask, provider: Provider) -> None:
    come_back(app.test_client())

    asked = provider.asked
    assert (asked["client_id"], asked["response_type"], asked["code_challenge_method"]) == (CLIENT_ID, "code", "S256")
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 20


def test_cookie_of_the_way_holds_for_the_way_alone(app: Flask) -> None:
    cookie = app.test_client().get("/login/openid", base_url="https://localhost").headers["Set-Cookie"]

    assert cookie.startswith("uitwijk_openid=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "Path=/login/openid", "SameSite=Lax"))


@pytest.mark.parametrize(
    "lies",
    [
        {"iss": "http://evil.example"},
        {"aud": "another client"},
        {"exp": 1},
        {"nonce": "of another log-in"},
        {"nonce": None},
        {"sub": None},
    ],
    ids=str,
)
def test_claims_that_are_not_for_us_are_not_believed(app: Flask, provider: Provider, lies: dict[str, Any]) -> None:
    provider.lies = lies
    client = app.test_client()

    assert refused(come_back(client)) in {"provider", "access"}
    assert who(client) == ""


def test_signature_by_another_key_is_not_believed(app: Flask, provider: Provider) -> None:
    provider.announced = RSAKey.generate_key(2048, {"kid": "first"})
    client = app.test_client()

    assert (refused(come_back(client)), who(client)) == ("provider", "")


def test_key_that_was_renewed_is_fetched(app: Flask, provider: Provider) -> None:
    come_back(app.test_client())
    provider.renew_key()
    client = app.test_client()

    come_back(client)

    assert who(client) == "jansen"


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_signature_that_anybody_could_make_is_not_believed(app: Flask, provider: Provider, algorithm: str) -> None:
    """Without any, or with the public key as if it were a secret."""
    provider.algorithm = algorithm
    client = app.test_client()

    assert (refused(come_back(client)), who(client)) == ("provider", "")


def test_provider_that_calls_itself_something_else_is_not_believed(provider: Provider) -> None:
    provider.metadata = {"issuer": "http://evil.example"}
    client = an_app_with(provider).test_client()

    assert refused(client.get("/login/openid")) == "provider"


def test_answer_without_a_question_is_refused(app: Flask) -> None:
    client = app.test_client()

    assert refused(client.get("/login/openid/back?code=x&state=y")) == "provider"
    assert refused(client.get("/login/openid/back")) == "provider"
    assert who(client) == ""


def test_answer_to_the_question_of_another_browser_is_refused(app: Flask) -> None:
    mine, other = app.test_client(), app.test_client()
    other.get("/login/openid")

    assert refused(other.get(leave(mine))) == "provider"
    assert who(other) == ""


def test_answer_is_good_once(app: Flask) -> None:
    client = app.test_client()
    back = leave(client)
    client.get(back)
    client.delete_cookie("uitwijk_session")

    assert (refused(client.get(back)), who(client)) == ("provider", "")


def test_who_declines_at_the_provider_is_led_back(app: Flask) -> None:
    client = app.test_client()
    client.get("/login/openid")

    assert refused(client.get("/login/openid/back?error=access_denied&state=x")) == "provider"


def test_who_gets_no_role_is_told_so_and_has_no_account(app: Flask, provider: Provider) -> None:
    provider.claims["roles"] = ["iets anders"]
    client = app.test_client()

    assert (refused(come_back(client)), who(client)) == ("access", "")
    assert app.extensions["uitwijk"].world.accounts.find("jansen") is None


def test_account_of_our_own_is_not_taken_over(app: Flask, provider: Provider) -> None:
    provider.claims["preferred_username"] = "beheer"
    client = app.test_client()

    assert (refused(come_back(client)), who(client)) == ("access", "")


def test_provider_that_is_away_leads_back_to_the_log_in(provider: Provider) -> None:
    away = an_app_with(provider, issuer="http://localhost:9")

    assert refused(away.test_client().get("/login/openid")) == "provider"


def test_provider_that_does_not_answer_is_not_waited_for(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openid, "PROVIDER_TIMEOUT_S", 0.3)
    client = an_app_with(provider).test_client()
    back = leave(client)
    provider.is_silent = True

    assert refused(client.get(back)) == "provider"


def test_log_in_by_the_provider_stands_in_the_access_log(app: Flask, provider: Provider) -> None:
    come_back(app.test_client())

    [line] = app.extensions["uitwijk"].world.security.access_log.read(AccessQuery(user="jansen"))
    assert (line.access.event, line.access.kind, line.access.object) == ("logIn", "openid", provider.issuer)


def test_page_offers_what_is_configured(app: Flask) -> None:
    offered = app.test_client().get("/api/v1/session/ways").get_json()

    assert offered == {"openid": {"label": "de GGD", "address": "/login/openid"}}


def test_without_a_provider_there_is_nothing_to_offer() -> None:
    client = an_app().test_client()

    assert client.get("/api/v1/session/ways").get_json() == {"openid": None}
    assert client.get("/login/openid").status_code == 404
