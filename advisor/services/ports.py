"""What the services need from the outside, in their own words."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from advisor.journal.board import Board
from advisor.journal.events import Event, Recorded
from advisor.kernel import AdvisorError, Interval, Position
from advisor.roads.closure import Closure
from advisor.roads.model import DriveTimes, Lines, Profile, Route
from advisor.services.access import Actor
from advisor.services.accounts import Account, Session

Result = TypeVar("Result")

Clock = Callable[[], datetime]
Decision = Callable[[Board], Sequence[Event]]


class JournalUnavailable(AdvisorError, ConnectionError):
    """The journal cannot be read or written now.

    After a failed write the fact may or may not have been written; ask the journal once it is back.
    """


class TooManyAttempts(AdvisorError, PermissionError):
    """Logging in was tried too often; carries after how many seconds it may be tried again."""

    def __init__(self, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(f"too many attempts; try again in {retry_after_s} s")


class NameTaken(AdvisorError, ValueError):
    """There is an account of this name already."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"there is an account named {name!r} already")


class Runner(Protocol):
    """Runs a function where it may block, waits for it, and gives its result or raises its error."""

    def __call__(self, work: Callable[[], Result]) -> Result: ...


class Journal(Protocol):
    """The append-only record of facts. Every method may raise `JournalUnavailable`."""

    @property
    def epoch(self) -> str:
        """Return the identity of this journal; another one means that numbers start anew."""
        ...

    def transact(self, decision: Decision) -> tuple[Recorded, ...]:
        """Write what `decision` makes of the board, in one step, and return it once it is durable.

        The decision runs under the write lock with the board caught up to the head, so that what it saw is
        what its facts follow upon, also with several processes. It must be quick, ask nothing of the outside
        and be free of side effects: it may run more than once. An error that it raises is passed on and
        nothing is written.
        """
        ...

    def board(self) -> Board:
        """Return the board at the head."""
        ...

    def head(self) -> int:
        """Return the number of the last fact; 0 when there is none."""
        ...

    def read(self, after_seq: int, limit: int) -> tuple[Recorded, ...]:
        """Return at most `limit` facts after a number, in order."""
        ...

    def read_types(
        self, types: Sequence[type[Event]], period: Interval, after_seq: int, limit: int
    ) -> tuple[Recorded, ...]:
        """Return at most `limit` facts of some types that were written down in a period, in order, after a number."""
        ...

    def find_kept(self, moment: datetime, beyond: int) -> Board | None:
        """Find a board that was kept of not later than a moment, if its number is beyond another; the last of them.

        The past is folded on from it. None is kept in a journal that is short.
        """
        ...

    def about(self, subject: str) -> tuple[Recorded, ...]:
        """Return all facts about one stop, plan, advice or ride, in order."""
        ...

    def enclosure(self, subject: str) -> bytes | None:
        """Return what was enclosed with a fact about `subject`; `None` when there is none or it was removed."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """What was enclosed with fact `seq`; `stage` counts how much of it was removed so far, 0 when nothing."""

    seq: int
    type: str
    content: bytes
    stage: int


class Archive(Protocol):
    """The enclosures of a journal, for who removes them in time. Every method may raise `JournalUnavailable`."""

    def list_enclosed(self, types: Sequence[str], before: datetime, stage: int, limit: int) -> tuple[Enclosed, ...]:
        """Return what was enclosed with facts of these types before a moment and is not at `stage` yet."""
        ...

    def replace_enclosure(self, seq: int, content: bytes | None, stage: int) -> None:
        """Put something else in the place of an enclosure; `None` removes it."""
        ...


class Accounts(Protocol):
    """Who may log in."""

    def add(self, account: Account, password_hash: str) -> None:
        """Keep a new account; raises `NameTaken`."""
        ...

    def find(self, name: str) -> Account | None:
        """Find an account by name."""
        ...

    def find_password_hash(self, name: str) -> str | None:
        """Find the password hash of an account."""
        ...

    def list_all(self) -> tuple[Account, ...]:
        """Return all accounts by name, disabled ones too."""
        ...

    def disable(self, name: str, at: datetime) -> None:
        """Refuse the account from now on; a second time changes nothing."""
        ...

    def bind(self, name: str, actor: Actor) -> None:
        """Give an account the role, hospital and region of `actor`."""
        ...


class Sessions(Protocol):
    """Who is logged in."""

    def open(self, session: Session) -> None:
        """Keep a new session."""
        ...

    def find(self, token_digest: str) -> Session | None:
        """Find a session, valid or not."""
        ...

    def list_valid(self, token_digests: Collection[str], now: datetime) -> frozenset[str]:
        """Return which of many sessions hold at `now`, in as few questions as possible."""
        ...

    def touch(self, token_digest: str, seen_at: datetime, idle_until: datetime) -> None:
        """Note that a session is in use."""
        ...

    def revoke(self, token_digest: str, at: datetime) -> None:
        """End a session; a second time changes nothing."""
        ...

    def revoke_all(self, user: str, at: datetime) -> tuple[str, ...]:
        """End all sessions of a user and return their digests."""
        ...

    def find_paired(self, pairings: Collection[str]) -> Mapping[str, Session]:
        """Find the sessions that were opened on paired devices, by the id of the pairing."""
        ...


class Passwords(Protocol):
    """Makes and checks password hashes, away from the event loop."""

    def hash(self, password: str) -> str:
        """Return a salted hash."""
        ...

    def matches(self, password_hash: str | None, password: str) -> bool:
        """Tell whether a password fits; takes as long without a hash, so that names cannot be guessed."""
        ...


class Attempts(Protocol):
    """Counts failed log-ins, so that guessing is slow and nobody can lock out somebody else."""

    def check(self, username: str, origin: str, now: datetime) -> None:
        """Raise `TooManyAttempts` when this origin has to wait before it tries this name again."""
        ...

    def note_failure(self, username: str, origin: str, now: datetime) -> None:
        """Count a failed attempt."""
        ...

    def note_success(self, username: str, origin: str, now: datetime) -> None:
        """Forget the failures of this origin for this name."""
        ...

    def check_code(self, username: str, now: datetime) -> None:
        """Raise `TooManyAttempts` when too many wrong codes were entered for this name, from wherever.

        Only who knows the password gets as far as a code, so nobody else can lock its owner out by this.
        """
        ...

    def note_wrong_code(self, username: str, now: datetime) -> None:
        """Count a wrong code."""
        ...


class RoadNetwork(Protocol):
    """What an advice says about the roads it was computed on."""

    @property
    def identity(self) -> str:
        """Return the hash of the network."""
        ...

    @property
    def schematic(self) -> bool:
        """Tell whether this is the built-in network, which is not for use on the road."""
        ...


class Area(Protocol):
    """An area on the map."""

    def geojson(self) -> dict[str, object]:
        """Return a GeoJSON geometry."""
        ...


class Roads(Protocol):
    """Drive times and routes to the emergency departments."""

    @property
    def network(self) -> RoadNetwork:
        """Return the network that answers."""
        ...

    def drive_times(
        self,
        position: Position,
        *,
        profile: Profile,
        at: datetime | None = None,
        heading_deg: float | None = None,
        accuracy_m: float | None = None,
    ) -> DriveTimes:
        """Return what it takes to drive from a position to every destination; raises `OffNetwork`."""
        ...

    def route(
        self, position: Position, destination_id: str, *, profile: Profile, heading_deg: float | None = None
    ) -> Route:
        """Return the fastest way to one destination."""
        ...

    def reach(self, destination_ids: Sequence[str], minutes: float, *, profile: Profile) -> Area:
        """Return the area from which any of the destinations is reached within some minutes."""
        ...

    def check_closure(self, closure: Closure) -> None:
        """Let pass a closure that lies on a road; raises `NoSuchRoad`."""
        ...

    def lines_of(self, closures: Sequence[Closure]) -> Sequence[Lines]:
        """Return the roads that each closure touches, drawn as lines; none where it lies on no road."""
        ...
