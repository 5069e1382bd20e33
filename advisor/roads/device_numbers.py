"""Whole numbers as the bytes in which a device gets them."""

import numpy as np
from numpy.typing import NDArray

GROUPS = 5
"""Groups of seven bits that a number of 32 bits takes at most."""


def pack_numbers(numbers: NDArray[np.int64]) -> bytes:
    """Return whole numbers of 32 bits as bytes, any shape, row by row.

    0, -1, 1, -2, … are told as 0, 1, 2, 3, …, in groups of seven bits from the lowest on, all but the last of a number
    with the eighth bit set.
    """
    flat = numbers.ravel()
    left = np.where(flat < 0, -2 * flat - 1, 2 * flat)
    groups = np.stack([left >> 7 * nth & 127 for nth in range(GROUPS)], axis=1)
    count = np.maximum(GROUPS - np.argmax(groups[:, ::-1] > 0, axis=1), 1)
    count[left == 0] = 1
    nth = np.arange(GROUPS)[None, :]
    bytes_of = np.where(nth < count[:, None] - 1, groups | 128, groups).astype(np.uint8)
    return bytes(bytes_of[nth < count[:, None]])


def pack_running(numbers: NDArray[np.int64]) -> bytes:
    """Return whole numbers as bytes, each as its difference from the one before; the differences have 32 bits too."""
    return pack_numbers(np.diff(numbers.ravel(), prepend=0))
