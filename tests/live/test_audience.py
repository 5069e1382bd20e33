"""Who is connected, and in which session."""

from advisor.live.audience import Audience, Listener
from advisor.services.access import Actor, Role

NURSE = Actor(name="verpleegkundige", role=Role.NURSE)


def audience(*pairs: tuple[str, str]) -> Audience:
    """Clients by connection and session."""
    present = Audience()
    for connection, session in pairs:
        present.add(Listener(connection=connection, actor=NURSE, session=session))
    return present


def test_session_may_have_several_pages() -> None:
    assert set(audience(("one", "s"), ("two", "s")).in_session("s")) == {"one", "two"}


def test_session_without_pages_is_forgotten() -> None:
    present = audience(("one", "s"), ("two", "t"))

    present.remove("one")

    assert (present.sessions, len(present)) == (("t",), 1)


def test_removing_twice_is_no_error() -> None:
    present = audience(("one", "s"))

    present.remove("one")
    present.remove("one")

    assert present.find("one") is None
