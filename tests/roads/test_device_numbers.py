"""Whole numbers as bytes; that a device reads the same from them is in `test_device_roads` and `test_grid`."""

import numpy as np

from advisor.roads.device_numbers import pack_numbers, pack_running


def test_whole_numbers_are_packed_in_groups_of_seven_bits() -> None:
    numbers = np.array([[0, -1, 1], [63, -65, 300], [0, 0, -(2**31)]])

    packed = bytes([0, 1, 2, 126, 129, 1, 216, 4, 0, 0, 255, 255, 255, 255, 15])

    assert pack_numbers(numbers) == packed


def test_running_numbers_are_packed_as_what_each_adds() -> None:
    assert pack_running(np.array([0, 1, 0, 64, 64 - 2**31])) == bytes([0, 2, 1, 128, 1, 255, 255, 255, 255, 15])


def test_nothing_is_packed_as_nothing() -> None:
    assert pack_numbers(np.array([], np.int64)) == b""
