"""Who is connected to this process, and in which session."""

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.services.access import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """A live client: its connection, who it is, and the digest of the session that it lives and dies with."""

    connection: str
    actor: Actor
    session: str


class Audience:
    """The live clients of this process, by connection and by session."""

    def __init__(self) -> None:
        self._listeners: dict[str, Listener] = {}
        self._of_session: dict[str, set[str]] = {}

    def __len__(self) -> int:
        return len(self._listeners)

    def __iter__(self) -> Iterator[Listener]:
        return iter(tuple(self._listeners.values()))

    @property
    def sessions(self) -> tuple[str, ...]:
        """Return the digests of the sessions that have a live client."""
        return tuple(self._of_session)

    def add(self, listener: Listener) -> None:
        """Remember a client."""
        self._listeners[listener.connection] = listener
        self._of_session.setdefault(listener.session, set()).add(listener.connection)

    def remove(self, connection: str) -> None:
        """Forget a client; one that is not known is no error."""
        listener = self._listeners.pop(connection, None)
        if listener is None:
            return
        others = self._of_session[listener.session]
        others.discard(connection)
        if not others:
            del self._of_session[listener.session]

    def find(self, connection: str) -> Listener | None:
        """Find a client."""
        return self._listeners.get(connection)

    def in_session(self, session: str) -> tuple[str, ...]:
        """Return the connections of a session."""
        return tuple(self._of_session.get(session, ()))
