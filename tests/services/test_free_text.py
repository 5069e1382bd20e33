"""Free text never holds the number of a citizen."""

import pytest

from advisor.services.free_text import NOTE_LIMIT, check_free_text, holds_bsn

BSN = "123456782"  # passes the eleven test, and is given to nobody


@pytest.mark.parametrize(
    "text",
    [
        BSN,
        f"patiënt {BSN} komt",
        "1234.56.782",
        "123 456 782",
        "123-456-782",
        f"kamer 14 {BSN}",
        "10000008",
    ],
)
def test_number_that_passes_the_eleven_test_is_found(text: str) -> None:
    assert holds_bsn(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Piek in aanbod",
        "123456783",
        "000000000",
        "bel 020-5551234",
        "06 12345678",
        "2026-03-10 14:00",
        "1234567821",
    ],
)
def test_other_text_is_fine(text: str) -> None:
    assert not holds_bsn(text)


def test_long_text_is_refused() -> None:
    assert [problem.field for problem in check_free_text("note", "a" * (NOTE_LIMIT + 1))] == ["note"]


def test_text_at_the_limit_is_fine() -> None:
    assert check_free_text("note", "a" * NOTE_LIMIT) == []
