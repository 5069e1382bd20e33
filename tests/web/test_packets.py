"""What a client may send on the live line."""

import pytest

from advisor.web.packets import Gate


def joined() -> Gate:
    """The gate of a client that has joined."""
    gate = Gate()
    assert gate.lets_in('40{"token":"t"}')
    return gate


@pytest.mark.parametrize("message", ["3", "1", "41", '42["board:get"]', '4217["position",{"lat":52.1,"lon":5.1}]'])
def test_what_our_pages_send_is_let_in(message: str) -> None:
    assert joined().lets_in(message)


@pytest.mark.parametrize(
    "message",
    ['42["connect",{}]', '42["disconnect"]', '42["*"]',
     "", "0", "2", "5", "x", "4", "42", "42{}", "42[]", "42[1]", '42["a"', "42/admin,[\"a\"]", '43["a"]', '451-["a"]',
     "42" + "[" * 5_000, '42' + "9" * 20 + '["a"]', b"4", b""],
)  # fmt: skip
def test_what_they_never_send_is_not(message: str | bytes) -> None:
    assert not joined().lets_in(message)


def test_nobody_joins_twice() -> None:
    assert not joined().lets_in("40")


def test_event_before_joining_is_not_let_in() -> None:
    assert not Gate().lets_in('42["board:get"]')


def test_event_after_leaving_is_not_let_in() -> None:
    gate = joined()

    assert gate.lets_in("41")
    assert not gate.lets_in('42["board:get"]')


def test_nobody_joins_again_after_leaving() -> None:
    gate = joined()

    assert gate.lets_in("41")
    assert not gate.lets_in("40")
    assert not gate.lets_in("41")


def test_join_with_something_else_than_an_object_is_not_let_in() -> None:
    assert not Gate().lets_in("40[1]")
