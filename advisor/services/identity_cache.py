"""Remember what was made of an immutable object, for as long as that same object keeps coming back."""

from collections.abc import Callable
from typing import Generic, TypeVar

Source = TypeVar("Source")
Made = TypeVar("Made")


class IdentityCache(Generic[Source, Made]):
    """Keeps the last results per object, by its identity; holds on to the object so that its identity stays its own.

    For objects that are shared and never changed but slow to compare, as the states on a board are.
    """

    def __init__(self, make: Callable[[Source], Made], most: int) -> None:
        self._make = make
        self._most = most
        self._kept: dict[int, tuple[Source, Made]] = {}

    def __call__(self, source: Source) -> Made:
        found = self._kept.get(id(source))
        if found is not None:
            return found[1]
        made = self._make(source)
        if len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[id(source)] = (source, made)
        return made
