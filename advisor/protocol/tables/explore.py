"""Run a function over every answer to every question that it asks, and keep what it returns as a tree."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

Option = str | bool | None
Term = tuple[str, str, int]
"""A moment or a time of the day: kind, name of what it is counted from, and seconds (or days) added; see `instants`."""

Choice = tuple[str, tuple[Option, ...]]
"""Which of these values has the fact of this name."""
Comparison = tuple[Term, Term]
"""Is the first not later than the second; the first answer stands for no."""
Question = Choice | Comparison

Picked = TypeVar("Picked")
COMPARED = 2


class Trace:
    """One run: answers as prescribed, then with the first answer to every question that is new."""

    def __init__(self, prescribed: Sequence[int] = ()) -> None:
        self._prescribed = prescribed
        self._known: dict[Question, int] = {}
        self.asked: list[Question] = []
        self.given: list[int] = []

    def pick(self, name: str, values: Sequence[Picked], named: Sequence[Option]) -> Picked:
        """Return the value of a fact; `named` says what each value is called in the table."""
        return values[self._answer((name, tuple(named)))]

    def flag(self, name: str) -> bool:
        """Return a fact that is true or false."""
        return self.pick(name, (False, True), (False, True))

    def not_later(self, first: Term, second: Term) -> bool:
        """Tell whether a moment is not later than another."""
        if first == second:
            return True
        opposite = self._known.get((second, first))
        if opposite == 0:
            return True
        return self._answer((first, second)) == 1

    def _answer(self, question: Question) -> int:
        known = self._known.get(question)
        if known is None:
            place = len(self.asked)
            known = self._prescribed[place] if place < len(self._prescribed) else 0
            self._known[question] = known
            self.asked.append(question)
            self.given.append(known)
        return known


class Forest:
    """Decision trees that share equal parts.

    A node is the number of a question and, for each of its answers, what follows: the number of a node, or
    `-1 - n` for leaf n. A question whose answer changes nothing is not in the tree.
    """

    def __init__(self) -> None:
        self.questions: dict[Question, int] = {}
        self.nodes: dict[tuple[int, ...], int] = {}
        self.leaves: dict[Hashable, int] = {}

    def grow(self, run: Callable[[Trace], Hashable]) -> int:
        """Return the root of the tree of a function; equal functions have equal roots."""

        def descend(trace: Trace, leaf: Hashable, depth: int) -> int:
            if depth == len(trace.asked):
                return -1 - self.leaves.setdefault(leaf, len(self.leaves))
            question, path = trace.asked[depth], trace.given[:depth]
            branches = [descend(trace, leaf, depth + 1)]
            for answer in range(1, count_of(question)):
                other = Trace([*path, answer])
                branches.append(descend(other, run(other), depth + 1))
            return self._node(question, branches)

        first = Trace()
        return descend(first, run(first), 0)

    def _node(self, question: Question, branches: list[int]) -> int:
        if len(set(branches)) == 1:
            return branches[0]
        number = self.questions.setdefault(question, len(self.questions))
        return self.nodes.setdefault((number, *branches), len(self.nodes))


def count_of(question: Question) -> int:
    """Return how many answers a question has."""
    return COMPARED if isinstance(question[0], tuple) else len(question[1])
