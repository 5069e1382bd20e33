"""Asking other systems: within time, within size, and nothing carried elsewhere."""

import gzip
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from advisor.feeds.outbound import Answer, Client, Unreachable, parse_http_date
from tests.feeds.stand_in import StandIn, a_stand_in


@pytest.fixture
def source() -> Iterator[StandIn]:
    with a_stand_in() as server:
        yield server


@pytest.fixture
def client() -> Iterator[Client]:
    made = Client(total_s=0.5, most_bytes=1_000)
    yield made
    made.close()


def test_answer_comes_with_its_status_headers_and_body(source: StandIn, client: Client) -> None:
    source.body, source.headers = b"[1]", {"X-Thing": "yes"}

    answer = client.get(source.address, {"X-AUTH-TOKEN": "rav:geheim"})

    assert (answer.status, answer.body, answer.headers["x-thing"]) == (200, b"[1]", "yes")
    assert source.asked[0]["x-auth-token"] == "rav:geheim"


def test_answer_that_comes_drop_by_drop_is_given_up(source: StandIn, client: Client) -> None:
    source.body, source.drip_s = b"x" * 500, 0.02
    began = time.monotonic()

    with pytest.raises(Unreachable):
        client.get(source.address, {})

    assert time.monotonic() - began < 3


def test_answer_without_end_is_given_up(source: StandIn, client: Client) -> None:
    source.body = b"x" * 5_000

    with pytest.raises(Unreachable, match="1000 bytes"):
        client.get(source.address, {})


def test_redirect_is_not_followed_with_our_secret(source: StandIn, client: Client) -> None:
    source.status, source.headers = 302, {"Location": source.address}

    assert client.get(source.address, {"X-AUTH-TOKEN": "rav:geheim"}).status == 302
    assert len(source.asked) == 1


def test_source_that_is_away_is_unreachable(source: StandIn, client: Client) -> None:
    source.close()

    with pytest.raises(Unreachable, match="no connection"):
        client.get(source.address, {})


def test_reason_never_holds_the_address(client: Client) -> None:
    with pytest.raises(Unreachable) as caught:
        client.get("http://127.0.0.1:1/?token=geheim", {})

    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "gisteren", "Tue, 99 Mar 2026 14:00:00 GMT", "1"])
def test_date_that_is_none_is_none(text: str) -> None:
    assert parse_http_date(text) is None


def test_date_of_a_header_is_read() -> None:
    assert parse_http_date("Tue, 10 Mar 2026 14:00:00 GMT") == datetime(2026, 3, 10, 14, tzinfo=UTC)


@pytest.mark.parametrize(("text", "seconds"), [("120", 120), ("", 0), ("-5", 0), ("soon", 0), ("9" * 40, 0)])
def test_wish_to_be_left_alone_is_read(text: str, seconds: float) -> None:
    assert Answer(status=503, headers={"retry-after": text}, body=b"").retry_after_s == seconds


def test_compressed_answer_is_unpacked_whole(source: StandIn, client: Client) -> None:
    source.body, source.headers = gzip.compress(b"a" * 900), {"Content-Encoding": "gzip"}

    assert client.get(source.address, {}).body == b"a" * 900


def test_compressed_answer_that_unpacks_without_end_is_given_up(source: StandIn, client: Client) -> None:
    source.body, source.headers = gzip.compress(b"a" * 50_000_000), {"Content-Encoding": "gzip"}

    with pytest.raises(Unreachable, match="1000 bytes"):
        client.get(source.address, {})


def test_answer_that_is_not_compressed_as_it_says_is_no_answer(source: StandIn, client: Client) -> None:
    source.body, source.headers = b"not gzip", {"Content-Encoding": "gzip"}

    with pytest.raises(Unreachable):
        client.get(source.address, {})


def test_answer_that_breaks_off_is_no_answer(source: StandIn, client: Client) -> None:
    source.body, source.headers = b"[1", {"Transfer-Encoding": "chunked"}

    with pytest.raises(Unreachable):
        client.get(source.address, {})
