"""Arrays on a disk, fetched before they are needed."""

from pathlib import Path

import numpy as np

from advisor.roads.shelf import Allocate, load_arrays, read_ahead, store_arrays

NUMBERS = np.arange(3_000_000, dtype=np.int32)
"""Twelve megabytes: more than is fetched in one go."""


def fill(allocate: Allocate) -> None:
    allocate("numbers", np.int32, NUMBERS.shape)[:] = NUMBERS


def test_what_is_fetched_ahead_is_what_was_stored(tmp_path: Path) -> None:
    numbers = store_arrays(tmp_path / "set", fill, lambda arrays: arrays["numbers"])

    read_ahead(numbers)

    np.testing.assert_array_equal(numbers, NUMBERS)


def test_set_that_lacks_an_array_is_not_there(tmp_path: Path) -> None:
    store_arrays(tmp_path / "set", fill, lambda arrays: arrays["numbers"])

    assert load_arrays(tmp_path / "set", lambda arrays: arrays["letters"]) is None


def test_array_in_memory_needs_no_fetching() -> None:
    numbers = NUMBERS.copy()

    read_ahead(numbers[:10])

    np.testing.assert_array_equal(numbers, NUMBERS)
