"""Those who wait during a commit share the next one."""

import threading
from collections.abc import Sequence

import pytest

from advisor.store.group_commit import GroupCommit


class SlowDisk:
    """Commits when told to, and remembers in which groups."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.busy = threading.Event()
        self.go_on = threading.Event()

    def __call__(self, items: Sequence[int]) -> None:
        self.busy.set()
        self.go_on.wait(10)
        self.groups.append(list(items))
        if 13 in items:
            raise RuntimeError("the disk is full")


def hand_in(commit: GroupCommit[int], *items: int) -> list[threading.Thread]:
    threads = [threading.Thread(target=commit, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    return threads


def finish(threads: list[threading.Thread]) -> bool:
    for thread in threads:
        thread.join(10)
    return not any(thread.is_alive() for thread in threads)


def test_waiters_share_the_next_commit() -> None:
    disk = SlowDisk()
    commit = GroupCommit(disk, most=100)
    first = hand_in(commit, 1)
    disk.busy.wait(10)
    others = hand_in(commit, 2, 3, 4)
    while len(commit._waiting) < 3:
        pass

    disk.go_on.set()

    assert finish([*first, *others])
    assert [sorted(group) for group in disk.groups] == [[1], [2, 3, 4]]


def test_group_is_not_larger_than_allowed_and_the_rest_goes_next() -> None:
    disk = SlowDisk()
    commit = GroupCommit(disk, most=2)
    first = hand_in(commit, 1)
    disk.busy.wait(10)
    others = hand_in(commit, 2, 3, 4, 5, 6)
    while len(commit._waiting) < 5:
        pass

    disk.go_on.set()

    assert finish([*first, *others])
    assert [len(group) for group in disk.groups] == [1, 2, 2, 1]


def test_failed_commit_does_not_hold_up_the_next() -> None:
    disk = SlowDisk()
    disk.go_on.set()
    commit = GroupCommit(disk, most=100)

    with pytest.raises(RuntimeError):
        commit(13)
    commit(14)

    assert disk.groups == [[13], [14]]
