"""Seeded chance: one stream per purpose, so that a draw more in one place changes nothing in another."""

import random
from collections.abc import Mapping
from typing import TypeVar

Kind = TypeVar("Kind")


def stream(seed: int, *purpose: object) -> random.Random:
    """Return the stream of a purpose: the same for the same seed on every machine."""
    return random.Random("/".join(map(str, (seed, *purpose))))  # noqa: S311 - a simulation, not a secret


def poisson(chance: random.Random, mean: float) -> int:
    """Draw how many events happen when `mean` are expected."""
    count, passed = 0, chance.expovariate(1.0)
    while passed < mean:
        count += 1
        passed += chance.expovariate(1.0)
    return count


def weighted(chance: random.Random, shares: Mapping[Kind, float]) -> Kind:
    """Draw one of the keys by its share; the order of the keys is part of the draw."""
    return chance.choices(tuple(shares), weights=tuple(shares.values()))[0]
