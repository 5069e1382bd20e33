"""How often somebody may try something."""

from advisor.web import limits
from advisor.web.limits import RateLimit


def tried(*moments_s: float, most: int = 2, window_s: float = 10.0) -> RateLimit:
    """A limit after tries at these moments."""
    limit = RateLimit(most=most, window_s=window_s)
    for moment_s in moments_s:
        limit.note("page", moment_s)
    return limit


def test_first_tries_need_not_wait() -> None:
    assert tried(0.0).wait_s("page", 1.0) == 0


def test_one_more_than_allowed_waits_until_the_oldest_is_forgotten() -> None:
    assert tried(0.0, 4.0).wait_s("page", 6.0) == 4.0


def test_try_counts_until_the_window_has_passed() -> None:
    assert tried(0.0, 0.0).wait_s("page", 9.9) > 0
    assert tried(0.0, 0.0).wait_s("page", 10.0) == 0


def test_others_do_not_wait() -> None:
    assert tried(0.0, 0.0).wait_s("other page", 0.0) == 0


def test_success_starts_the_count_anew() -> None:
    limit = tried(0.0, 0.0)

    limit.forget("page")

    assert limit.wait_s("page", 0.0) == 0


def test_memory_is_bounded() -> None:
    limit = RateLimit(most=1, window_s=1e9)
    for number in range(limits.KEYS_MOST + 1):
        limit.note(str(number), 0.0)

    assert limit.wait_s("0", 0.0) == 0
    assert limit.wait_s("1", 0.0) > 0
