"""Addresses from a geocoder that may be slow, away or wrong."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from advisor.feeds.addresses import make_geocoder, parse_pdok
from advisor.kernel import Position

HOME = [{"lat": "52.37", "lon": "4.89", "display_name": "Dam 1, Amsterdam", "importance": 1.0}]


class Nominatim:
    """A stand-in of the geocoder's server, that counts its calls and answers as it is told."""

    def __init__(self) -> None:
        self.answer: Any = HOME
        self.status = 200
        self.calls: list[str] = []
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                stand_in.calls.append(self.path)
                self.send_response(stand_in.status)
                self.end_headers()
                self.wfile.write(json.dumps(stand_in.answer).encode())

            def log_message(self, *_: object) -> None:
                """Stay silent."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def nominatim() -> Iterator[Nominatim]:
    server = Nominatim()
    yield server
    server.close()


def test_without_a_geocoder_nothing_is_found() -> None:
    assert make_geocoder("none")("Dam 1") == ()


def test_address_is_found(nominatim: Nominatim) -> None:
    found = make_geocoder(nominatim.address)("Dam 1")

    assert found == (("Dam 1, Amsterdam", Position(lat=52.37, lon=4.89)),)


def test_same_question_is_asked_once(nominatim: Nominatim) -> None:
    geocoder = make_geocoder(nominatim.address)

    assert geocoder("Dam 1") == geocoder(" Dam  1 ")
    assert len(nominatim.calls) == 1


def test_geocoder_that_fails_finds_nothing_and_is_left_alone(nominatim: Nominatim) -> None:
    nominatim.status = 500
    geocoder = make_geocoder(nominatim.address)

    assert (geocoder("Dam 1"), geocoder("Dam 2")) == ((), ())
    assert len(nominatim.calls) == 1


def test_answer_that_makes_no_sense_finds_nothing(nominatim: Nominatim) -> None:
    nominatim.answer = [{"nonsense": 1}]

    assert make_geocoder(nominatim.address)("Dam 1") == ()


def test_geocoder_that_is_away_finds_nothing(nominatim: Nominatim) -> None:
    nominatim.close()

    assert make_geocoder(nominatim.address)("Dam 1") == ()


def test_answer_of_the_location_server_is_read() -> None:
    document = {"response": {"docs": [{"weergavenaam": "Dam 1, Amsterdam", "centroide_ll": "POINT(4.89 52.37)"}]}}

    assert parse_pdok(document) == (("Dam 1, Amsterdam", Position(lat=52.37, lon=4.89)),)
