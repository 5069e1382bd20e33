"""What people may write in their own words: short, and never the number of a citizen."""

import re
from collections.abc import Iterator

from advisor.kernel import Problem

NOTE_LIMIT = 500  # characters
BSN_LENGTHS = (8, 9)  # a BSN has nine digits; older papers leave out a leading zero

_RUN = re.compile(r"\d+(?:[ .\-/]\d+)*")


def check_free_text(field: str, text: str) -> list[Problem]:
    """Return what is wrong with a free text: too long, or it holds a number that passes the BSN check."""
    problems = []
    if len(text) > NOTE_LIMIT:
        problems.append(Problem(field=field, message=f"must be at most {NOTE_LIMIT} characters"))
    if holds_bsn(text):
        message = "holds a number that could be a citizen service number (BSN); leave out who the patient is"
        problems.append(Problem(field=field, message=message))
    return problems


def holds_bsn(text: str) -> bool:
    """Tell whether a text holds a number of eight or nine digits that passes the eleven test, also when spaced."""
    return any(_passes_eleven_test(number) for number in _candidates(text))


def _candidates(text: str) -> Iterator[str]:
    for run in _RUN.finditer(text):
        groups = re.findall(r"\d+", run.group())
        whole = "".join(groups)
        if len(whole) in BSN_LENGTHS:
            yield whole
        for first in range(len(groups)):
            for last in range(first + 1, len(groups) + 1):
                joined = "".join(groups[first:last])
                if len(joined) == max(BSN_LENGTHS):
                    yield joined


def _passes_eleven_test(digits: str) -> bool:
    padded = [int(digit) for digit in digits.rjust(9, "0")]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return any(padded) and sum(weight * digit for weight, digit in zip(weights, padded, strict=True)) % 11 == 0
