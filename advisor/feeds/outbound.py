"""The one way in which this program asks other systems over HTTP: with time-outs, a limit in size, and no surprises."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as ReadTimeout

from advisor.kernel import AdvisorError

CONNECT_TIMEOUT_S = 5.0
CHUNK_BYTES = 64 * 1024
USER_AGENT = "uitwijk-ambulance-destination-advisor"


class Unreachable(AdvisorError, ConnectionError):
    """The other system cannot be reached, does not answer in time, or answers without end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; names of `headers` in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def date(self) -> datetime | None:
        """Return when the other system made this answer, by its own clock; `None` when it does not say."""
        return parse_http_date(self.headers.get("date", ""))

    @property
    def retry_after_s(self) -> float:
        """Return how long the other system asks to be left alone; 0 when it does not."""
        text = self.headers.get("retry-after", "").strip()
        return float(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0.0


class Client:
    """Asks; nothing takes longer than `total_s` to begin, and no body longer to come, not even drop by drop."""

    def __init__(self, *, total_s: float, most_bytes: int) -> None:
        self._total_s = total_s
        self._most_bytes = most_bytes
        self._session = requests.Session()
        self._session.headers["User-Agent"] = USER_AGENT
        self._session.trust_env = False  # no proxies or passwords from the surroundings that nobody decided on

    def get(self, address: str, headers: Mapping[str, str]) -> Answer:
        """Ask for an address; does not follow redirects, which could carry a secret elsewhere.

        Raises
        ------
        Unreachable
            When there is no whole answer in time.
        """
        deadline = time.monotonic() + self._total_s
        timeouts = (min(CONNECT_TIMEOUT_S, self._total_s), self._total_s)
        try:
            with self._session.get(
                address, headers=dict(headers), timeout=timeouts, stream=True, allow_redirects=False
            ) as response:
                body = self._read(response, deadline)
                names = {name.lower(): value for name, value in response.headers.items()}
                return Answer(status=response.status_code, headers=names, body=body)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise Unreachable(_reason(error)) from error

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def _read(self, response: requests.Response, deadline: float) -> bytes:
        body = bytearray()
        # Not `iter_content`: that waits for a whole chunk, for as long as single bytes keep coming in time.
        while chunk := response.raw.read1(CHUNK_BYTES, decode_content=True):
            body += chunk
            if len(body) > self._most_bytes:
                raise Unreachable(f"more than {self._most_bytes} bytes")
            if time.monotonic() > deadline:
                raise Unreachable(f"no whole answer within {self._total_s:g} s")
        return bytes(body)


def parse_http_date(text: str) -> datetime | None:
    """Read the date of a header; `None` when it is none."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _reason(error: Exception) -> str:
    # Never the text of the error itself: it can hold the whole address, and that what is secret in it.
    if isinstance(error, Unreachable):
        return str(error)
    if isinstance(error, requests.Timeout | ReadTimeout):
        return "no answer in time"
    if isinstance(error, requests.exceptions.SSLError):
        return "the certificate cannot be trusted"
    if isinstance(error, requests.ConnectionError):
        return "no connection"
    return type(error).__name__
