"""What is compressed, for whom, and what an unchanged file costs."""

import gzip

import pytest
from flask import Flask

from tests.web.apps import an_app

SCRIPT = "/static/packed/nurse.js"
GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture(scope="module")
def app() -> Flask:
    return an_app()


def test_script_is_a_third_of_its_size_on_the_way(app: Flask) -> None:
    client = app.test_client()
    plain = client.get(SCRIPT, buffered=True).data

    packed = client.get(SCRIPT, buffered=True, headers=GZIP)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain
    assert len(packed.data) * 2.5 < len(plain)


def test_who_does_not_understand_compression_gets_the_file_as_it_is(app: Flask) -> None:
    answer = app.test_client().get(SCRIPT, buffered=True, headers={"Accept-Encoding": "identity"})

    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_unchanged_compressed_file_is_not_sent_again(app: Flask) -> None:
    client = app.test_client()
    tag = client.get(SCRIPT, buffered=True, headers=GZIP).headers["ETag"]

    again = client.get(SCRIPT, buffered=True, headers={**GZIP, "If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")


def test_short_answer_stays_as_it_is(app: Flask) -> None:
    assert "Content-Encoding" not in app.test_client().get("/healthz", headers=GZIP).headers
