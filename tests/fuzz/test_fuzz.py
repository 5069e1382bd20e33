"""Some hundred requests that nobody would send: none breaks the server, none that is refused changes anything.

`python -m tests.fuzz` sends twenty thousand.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz.described import fuzz_described
from tests.fuzz.findings import Findings
from tests.fuzz.line import fuzz_line
from tests.fuzz.region import Region, open_region, sqlite_at
from tests.fuzz.spoilt import fuzz_spoilt

pytestmark = pytest.mark.slow
SEED = 20260310


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    """The application that is fuzzed."""
    with open_region(sqlite_at(tmp_path_factory.mktemp("fuzz"))) as opened:
        yield opened


def sound(findings: Findings) -> None:
    """See to it that everything was as it must be."""
    assert findings.wrong == []
    assert findings.server_errors == 0


def test_requests_by_the_description_break_nothing(region: Region) -> None:
    findings = fuzz_described(region, 128, SEED)

    sound(findings)
    assert findings.requests > 100


def test_spoilt_requests_break_nothing(region: Region) -> None:
    findings = fuzz_spoilt(region, 400, SEED)

    sound(findings)
    assert findings.statuses[422] > 00


def test_messages_on_the_line_break_nothing(tmp_path: Path) -> None:
    findings = fuzz_line(tmp_path, 120, SEED)

    sound(findings)
    assert findings.statuses[200] > 10
    assert findings.statuses[422] > 0


def test_refused_request_that_changes_something_is_found() -> None:
    numbers = iter(range(9))

    class Refusal:
        status_code, text = 422, ""

    findings = Findings()
    findings.watch("POST /x", Refusal, lambda: next(numbers))

    assert findings.wrong == ["POST /x: 422, yet something was changed"]
