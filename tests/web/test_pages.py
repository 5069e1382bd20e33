"""The pages, the files that they are made of, and what every answer carries."""

import re

import pytest
from flask import Flask

from tests.web.apps import PASSWORD, an_app, log_in


@pytest.fixture(scope="module")
def app() -> Flask:
    return an_app()


def where_home_leads(app: Flask, name: str) -> str:
    """The path that `/` leads to for somebody."""
    client = app.test_client()
    client.post("/api/v1/session", json={"username": name, "password": PASSWORD})
    return client.get("/", follow_redirects=True).request.path


def test_who_is_not_logged_in_is_led_to_the_log_in(app: Flask) -> None:
    assert app.test_client().get("/", follow_redirects=True).request.path == "/login"


def test_nurse_gets_the_page_of_the_nurse(app: Flask) -> None:
    assert where_home_leads(app, "verpleegkundige") == "/"


def test_hospital_is_led_to_its_console(app: Flask) -> None:
    assert where_home_leads(app, "veldstad") == "/hospital"


def test_gp_is_led_to_the_page_of_the_region(app: Flask) -> None:
    assert where_home_leads(app, "huisarts") == "/gp"


@pytest.mark.parametrize(("name", "leads_to"), [("huisarts", "/gp"), ("beheer", "/hospital"), (None, "/login")])
def test_console_is_not_for_a_gp(app: Flask, name: str | None, leads_to: str) -> None:
    client = app.test_client()
    if name:
        client.post("/api/v1/session", json={"username": name, "password": PASSWORD})

    assert client.get("/hospital", follow_redirects=True).request.path == leads_to


def test_dispatcher_is_led_to_the_board_of_the_dispatch_centre(app: Flask) -> None:
    assert where_home_leads(app, "meldkamer") == "/dispatch"


@pytest.mark.parametrize(
    ("name", "leads_to"), [("mma", "/dispatch"), ("verpleegkundige", "/"), ("veldstad", "/hospital"), (None, "/login")]
)
def test_board_of_the_dispatch_centre_is_for_supervisors(app: Flask, name: str | None, leads_to: str) -> None:
    client = app.test_client()
    if name:
        client.post("/api/v1/session", json={"username": name, "password": PASSWORD})

    assert client.get("/dispatch", follow_redirects=True).request.path == leads_to


def test_medical_manager_is_led_to_the_quality_page(app: Flask) -> None:
    assert where_home_leads(app, "mma") == "/quality"


@pytest.mark.parametrize(
    ("name", "leads_to"),
    [
        ("mma", "/quality"),
        ("beheer", "/quality"),
        ("meldkamer", "/dispatch"),
        ("huisarts", "/gp"),
        ("verpleegkundige", "/"),
        ("veldstad", "/hospital"),
        (None, "/login"),
    ],
)
def test_quality_page_is_for_the_medical_manager_and_the_administrator(
    app: Flask, name: str | None, leads_to: str
) -> None:
    client = app.test_client()
    if name:
        client.post("/api/v1/session", json={"username": name, "password": PASSWORD})

    assert client.get("/quality", follow_redirects=True).request.path == leads_to


@pytest.mark.parametrize("path", ["/login", "/sw.js", "/manifest.webmanifest", "/static/js/nurse.js", "/healthz"])
def test_file_is_served(app: Flask, path: str) -> None:
    with app.test_client().get(path) as answer:
        assert answer.status_code == 200


def test_file_outside_the_folder_is_not_served(app: Flask) -> None:
    assert app.test_client().get("/static/../app.py").status_code == 404
    assert app.test_client().get("/static/%2e%2e/app.py").status_code == 404


@pytest.mark.parametrize("path", ["/login", "/healthz", "/api/v1/me", "/nothing"])
def test_every_answer_has_a_strict_policy(app: Flask, path: str) -> None:
    policy = app.test_client().get(path).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_every_answer_has_a_nonce_of_its_own(app: Flask) -> None:
    policies = {app.test_client().get("/login").headers["Content-Security-Policy"] for _ in range(3)}

    assert len(policies) == 3


def test_pages_hold_no_inline_script_or_style(app: Flask) -> None:
    page = app.test_client().get("/login").get_data(as_text=True)

    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|style=", page)


def test_forged_host_does_not_get_into_the_policy(app: Flask) -> None:
    answer = app.test_client().get("/login", headers={"Host": "evil.example; script-src *"})

    assert "script-src *" not in answer.headers.get("Content-Security-Policy", "")


def test_https_is_kept_to(app: Flask) -> None:
    answer = app.test_client().get("/healthz", base_url="https://uitwijk.example")

    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_answers_of_the_interface_are_not_kept_by_the_browser(app: Flask) -> None:
    assert log_in(app, "mma").get("/board").headers["Cache-Control"] == "no-store"


def test_registry_that_has_not_changed_is_not_sent_again(app: Flask) -> None:
    caller = log_in(app, "mma")
    tag = caller.get("/hospitals").headers["ETag"]

    answer = caller.client.get(
        "/api/v1/hospitals", headers={"Authorization": f"Bearer {caller.token}", "If-None-Match": tag}
    )

    assert answer.status_code == 304
