"""What a referrer reads when an SEH has a stop or code."""

import pytest

from advisor.kernel import Status
from advisor.protocol.referral import referral_words
from tests.world import NOW, VELDSTAD, a_world, editions


def regional() -> dict[Status, list[str]]:
    """The rules behind the words of the regional protocol, by status."""
    edition = editions().speaking_for(a_world().sites[VELDSTAD], NOW)
    return {status: [each.rule for each in passages] for status, passages in referral_words(edition).items()}


def test_red_tells_that_no_referral_is_accepted_and_the_one_exception() -> None:
    assert regional()[Status.RED][:2] == ["RED-4", "RED-5"]


def test_orange_tells_to_call_first_and_whom_it_welcomes() -> None:
    assert {"ESC-IN-1", "ORA-7", "ORA-8"} <= set(regional()[Status.ORANGE])


def test_nothing_is_said_for_regions_without_this_protocol() -> None:
    assert referral_words(editions().national) == {}


@pytest.mark.parametrize("status", [Status.RED, Status.ORANGE])
def test_every_sentence_comes_in_both_languages(status: Status) -> None:
    words = referral_words(editions().speaking_for(a_world().sites[VELDSTAD], NOW))

    assert all(each.nl and each.en and each.nl != each.en for each in words[status])
