"""LPZ from question to board, against a stand-in that replays whole and broken answers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from advisor.bootstrap.feeds import make_pollers
from advisor.feeds.config import FeedsConfig, parse_feeds
from advisor.journal.events import FeedProblemCode
from advisor.kernel import Department, HospitalId, Status
from advisor.services.api_keys import Leases
from advisor.services.read_board import read_board
from advisor.services.world import World
from advisor.settings import read_settings
from advisor.store.memory_keys import MemoryLeases
from tests.feeds.lpz_files import FILE, answer, department, organisation
from tests.feeds.stand_in import StandIn, a_stand_in
from tests.world import NOW, OEVERDAM, VELDSTAD, a_world, at, region

TOKEN = "rav:0123456789"
SEH = Department.SEH
SETTINGS = replace(read_settings({}), lpz_token=TOKEN)
STOP = department(status="Volledige stop", gewijzigd="2026-03-10T14:00:00Z")


@dataclass
class Rig:
    """A stand-in, a world whose clock the test turns, and pollers."""

    source: StandIn
    moment: datetime = NOW
    leases: Leases = field(default_factory=MemoryLeases)
    world: World = field(init=False)

    def __post_init__(self) -> None:
        self.source.date = NOW
        self.source.body = answer()
        self.world = replace(a_world(), clock=lambda: self.moment)
        self.poll = self.poller()

    def poller(self) -> Callable[[], None]:
        """One more process."""
        [poller] = make_pollers(SETTINGS, self.config(), self.world, self.leases)
        return poller

    def config(self) -> FeedsConfig:
        text = FILE.replace("https://lpz.example/api/external/organization/status", self.source.address)
        return parse_feeds(text.replace("timeout_s = 5", "timeout_s = 1"), region().hospitals)

    def after(self, minutes: float, *, source_too: bool = True) -> None:
        """Turn the clock, by default that of the source too, and let the process look."""
        self.moment = at(minutes)
        if source_too:
            self.source.date = self.moment
        self.poll()

    def seh(self, hospital: HospitalId = VELDSTAD) -> Status:
        """What the board shows about an SEH now."""
        return Status(self.document(hospital)["effective"])

    def document(self, hospital: HospitalId = VELDSTAD) -> dict[str, object]:
        found: dict[str, object] = read_board(now=self.moment, world=self.world).hospitals[hospital]["departments"][
            "SEH"
        ]
        return found

    def notices(self) -> dict[str, str]:
        view = read_board(now=self.moment, world=self.world)
        return {each["code"]: each["level"] for each in view.notices if each["code"].startswith("feed_")}


@pytest.fixture
def rig() -> Iterator[Rig]:
    with a_stand_in() as source:
        yield Rig(source)


def test_board_shows_what_lpz_answers_with_its_source_and_age(rig: Rig) -> None:
    rig.poll()

    shown = rig.document()
    assert (rig.seh(), shown["source"], shown["age_s"]) == (Status.GREEN, "lpz", 0)


def test_token_is_shown_to_lpz(rig: Rig) -> None:
    rig.poll()

    assert rig.source.asked[0]["x-auth-token"] == TOKEN


def test_stop_in_lpz_is_on_the_board_after_the_next_question(rig: Rig) -> None:
    rig.poll()
    rig.source.body = answer(organisation("1.1", STOP), organisation("1.2"), organisation("1.3"))

    rig.after(0.5)

    assert (rig.seh(), rig.seh(OEVERDAM)) == (Status.RED, Status.GREEN)


def test_source_is_asked_as_often_as_the_file_says(rig: Rig) -> None:
    rig.poll()

    rig.after(0.49)
    rig.after(0.5)

    assert len(rig.source.asked) == 2


def test_silent_lpz_becomes_unknown_with_an_alarm_and_never_green(rig: Rig) -> None:
    rig.poll()
    rig.source.close()

    for minutes in range(1, 31):
        rig.after(minutes)

    assert (rig.seh(), rig.notices()) == (
        Status.UNKNOWN, {"feed_stale": "alarm", "feed_unreachable": "warning"}
    )  # fmt: skip


def test_lpz_that_answers_again_is_heard_again(rig: Rig) -> None:
    rig.source.status = 500
    rig.poll()
    before = rig.notices()
    rig.source.status = 200

    rig.after(6)

    assert (before, rig.notices(), rig.seh()) == ({"feed_unreachable": "warning"}, {}, Status.GREEN)


def test_failing_source_is_asked_less_and_less(rig: Rig) -> None:
    rig.source.status = 500
    moments = []
    for second in range(0, 1800, 5):
        rig.moment = NOW + timedelta(seconds=second)
        before = len(rig.source.asked)
        rig.poll()
        moments += [second] * (len(rig.source.asked) - before)

    pauses = [later - earlier for earlier, later in pairwise(moments)]
    assert pauses[0] < 45
    assert 200 < pauses[-1] <= 365
    assert len(moments) < 14


def test_source_that_asks_for_rest_gets_it(rig: Rig) -> None:
    rig.source.status, rig.source.headers = 429, {"Retry-After": "600"}
    rig.poll()

    rig.after(9.9)
    rested = len(rig.source.asked)
    rig.after(10.1)

    assert (rested, len(rig.source.asked)) == (1, 2)


@pytest.mark.parametrize("status", [401, 403])
def test_token_that_is_refused_is_an_alarm_and_not_tried_again_at_once(rig: Rig, status: int) -> None:
    rig.source.status = status
    rig.poll()

    rig.after(2)

    assert (rig.notices(), len(rig.source.asked)) == ({"feed_refused": "alarm"}, 1)


@pytest.mark.parametrize("body", [b"", b"<html>storing</html>", b'{"fout": 1}', b"[", b"null"])
def test_broken_answer_changes_nothing_and_is_an_alarm(rig: Rig, body: bytes) -> None:
    rig.source.body = answer(organisation("1.1", STOP), organisation("1.2"), organisation("1.3"))
    rig.poll()
    rig.source.body = body

    rig.after(0.5)

    assert (rig.seh(), rig.notices()) == (Status.RED, {"feed_unreadable": "alarm"})


def test_broken_answers_for_long_become_unknown(rig: Rig) -> None:
    rig.poll()
    rig.source.body = b"null"

    for minutes in range(1, 31):
        rig.after(minutes)

    assert rig.seh() is Status.UNKNOWN


def test_unknown_code_becomes_unknown_with_an_alarm(rig: Rig) -> None:
    rig.poll()
    rig.source.body = answer(
        organisation("1.1", department(status="paars", gewijzigd="2026-03-10T14:00:00Z")),
        organisation("1.2"),
        organisation("1.3"),
    )

    rig.after(0.5)

    assert (rig.seh(), rig.notices()) == (Status.UNKNOWN, {"feed_unknown_code": "alarm"})


def test_hospital_that_lpz_leaves_out_grows_stale_with_an_alarm(rig: Rig) -> None:
    rig.poll()
    rig.source.body = answer(organisation("1.2"), organisation("1.3"))

    for minutes in (0.5, 10, 30):
        rig.after(minutes)

    assert (rig.seh(), rig.seh(OEVERDAM)) == (Status.UNKNOWN, Status.GREEN)
    assert rig.notices() == {"feed_missing_location": "alarm"}


def test_status_from_the_future_becomes_unknown_with_an_alarm(rig: Rig) -> None:
    rig.poll()
    ahead = department(gewijzigd="2026-03-10T18:00:00Z")
    rig.source.body = answer(organisation("1.1", ahead), organisation("1.2"), organisation("1.3"))

    rig.after(0.5)

    assert (rig.seh(), rig.notices()) == (Status.UNKNOWN, {"feed_clock": "alarm"})


def test_old_answer_from_a_cache_is_as_old_as_it_is(rig: Rig) -> None:
    rig.poll()

    for minutes in (1, 10, 30):
        rig.after(minutes, source_too=False)

    assert (rig.seh(), rig.notices()) == (Status.UNKNOWN, {"feed_clock": "alarm", "feed_stale": "alarm"})


def test_hospital_that_contradicts_itself_becomes_unknown_with_an_alarm(rig: Rig) -> None:
    rig.poll()
    rig.source.body = answer(organisation("1.1"), organisation("1.1", STOP), organisation("1.2"), organisation("1.3"))

    rig.after(0.5)

    assert (rig.seh(), rig.notices()) == (Status.UNKNOWN, {"feed_contradiction": "alarm"})


def test_answer_that_did_not_change_is_asked_for_conditionally_and_keeps_the_board_fresh(rig: Rig) -> None:
    rig.source.etag = '"v1"'
    rig.poll()

    for minutes in (10, 20, 30):
        rig.after(minutes)

    assert [each.get("if-none-match") for each in rig.source.asked] == [None, '"v1"', '"v1"', '"v1"']
    assert (rig.seh(), rig.document()["age_s"]) == (Status.GREEN, 0)


def test_of_two_processes_one_asks(rig: Rig) -> None:
    other = rig.poller()

    for minutes in (0, 0.5, 1):
        rig.after(minutes)
        other()

    assert len(rig.source.asked) == 3


def test_process_that_dies_is_followed_by_another(rig: Rig) -> None:
    other = rig.poller()
    rig.poll()

    rig.moment = at(2)
    other()

    assert len(rig.source.asked) == 2


def test_same_answer_is_written_once_even_when_two_processes_ask(rig: Rig) -> None:
    rig.poll()
    facts = rig.world.journal.head()

    [poller] = make_pollers(SETTINGS, rig.config(), rig.world, MemoryLeases())
    poller()

    assert rig.world.journal.head() == facts


def test_what_is_the_matter_is_written_down_once(rig: Rig) -> None:
    rig.source.status = 500
    for minutes in range(30):
        rig.after(minutes)

    assert rig.world.journal.head() == 1
    assert rig.world.journal.board().troubles["lpz"].problems[0].code is FeedProblemCode.UNREACHABLE
