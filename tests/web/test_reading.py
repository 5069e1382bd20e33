"""The pages to read: the interface for people, and what the program is made of."""

import re
from html import unescape

import pytest
from flask import Flask

from tests.web.apps import an_app

APP = an_app()
DESCRIPTION = APP.test_client().get("/api/v1/openapi.json").get_json()


def read(address: str, app: Flask = APP) -> str:
    answer = app.test_client().get(address)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


@pytest.fixture(scope="module")
def interface() -> str:
    return read("/docs/api")


def test_every_operation_is_on_the_page(interface: str) -> None:
    missing = [
        f"{method} {path}"
        for path, methods in DESCRIPTION["paths"].items()
        for method, operation in methods.items()
        if f'id="operation-{operation["operationId"]}"' not in interface
        or f"{method.upper()}</span> <code>/api/v1{path}</code>" not in interface
        or operation["summary"] not in interface
    ]

    assert not missing


def test_every_link_within_the_page_leads_somewhere(interface: str) -> None:
    ids = re.findall(r' id="([^"]+)"', interface)

    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', interface)) <= set(ids)


def test_every_field_of_a_schema_is_told(interface: str) -> None:
    stop = interface[interface.index('id="schema-NewStop"') :].partition("</article>")[0]

    assert set(DESCRIPTION["components"]["schemas"]["NewStop"]["properties"]) == set(
        re.findall(r'<th scope="row"><code>(\w+)</code>', stop)
    )


def test_example_of_a_body_is_shown_as_it_is_sent(interface: str) -> None:
    assert '"reason": "Piek in aanbod van patiënten (aantal)"' in interface


def test_who_may_and_how_he_shows_who_he_is_are_told(interface: str) -> None:
    declare = interface[interface.index('id="operation-declareStop"') :].partition("</article>")[0]
    log_in = interface[interface.index('id="operation-logIn"') :].partition("</article>")[0]

    assert "For: the hospital itself, or an admin. Shown: bearer or cookie." in declare
    assert "Shown: nothing." in log_in


@pytest.mark.parametrize("address", ["/docs/api", "/about"])
def test_page_needs_no_script_and_no_other_host(address: str) -> None:
    page = read(address)

    assert "<script" not in page
    assert " style=" not in page
    assert not re.findall(r'(?:src|<link[^>]+href)="(?!/)[^"]*"', page)


def test_files_of_the_pages_are_there() -> None:
    named = {name for address in ("/docs/api", "/about") for name in re.findall(r'href="(/[^"#]+)"', read(address))}

    assert [name for name in sorted(named) if APP.test_client().get(name, buffered=True).status_code != 200] == []


def test_about_names_the_licence_and_whose_work_is_in_here() -> None:
    about = read("/about")

    named = ("EUPL-1.2", "OpenStreetMap contributors", "Open Database License", "LNAZ", "Noord-Holland/Flevoland")
    assert [name for name in named if name not in about] == []
    assert DESCRIPTION["info"]["version"] in about
