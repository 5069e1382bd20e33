"""A watched advice: what of an answer counts as a change, and when the clock may bring the next one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from advisor.services.access import Actor
from advisor.services.advice_case import AdviceCase
from advisor.services.give_advice import Considered, consider_advice, record_advice
from advisor.services.world import World

ORDER_MATTERS = 10
"""Among so many hospitals at the top another order is another answer."""

FIGURE_STEP_S = 30
"""Drive times are told anew when they differ by about this much."""


class Answered(Protocol):
    """What is known of the answer that was told last."""

    @property
    def answer(self) -> Any: ...

    @property
    def substance(self) -> object: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAdvice:
    """An answer with what of it counts; see `Asked` in `live.watches`."""

    answer: dict[str, Any]
    substance: object
    figures: object
    top: tuple[str, ...]
    changes_at: datetime | None


def ask(case: AdviceCase, actor: Actor, now: datetime, previous: Answered | None, world: World) -> AskedAdvice:
    """Work an advice out; it is written down with a receipt unless order, classes, statuses and closed roads are as
    they were.

    An answer that is not written down carries the id of the one whose receipt still speaks for it.
    """
    considered = consider_advice(case, actor=actor, now=now, world=world)
    answer = dict(considered.advice.document)
    substance = _substance(answer), considered.receipt.drive.stamp
    if previous is not None and previous.substance == substance:
        answer["id"] = previous.answer["id"]
    else:
        record_advice(considered, actor=actor, now=now, world=world)
    return AskedAdvice(
        answer=answer,
        substance=substance,
        figures=_figures(answer, considered),
        top=_top(answer),
        changes_at=min((moment for moment in _turning_points(considered) if moment > now), default=None),
    )


def _substance(answer: dict[str, Any]) -> object:
    states = {option["hospital"]: (option["class"], _statuses(option)) for option in answer["options"]}
    return (
        _top(answer),
        states,
        tuple((notice["code"], notice["text"]) for notice in answer["notices"]),
        answer["edition"],
    )


def _top(answer: dict[str, Any]) -> tuple[str, ...]:
    # Farther down, two hospitals an hour away change places with every hundred metres; nobody is served by that.
    return tuple(option["hospital"] for option in answer["options"][:ORDER_MATTERS])


def _statuses(option: dict[str, Any]) -> tuple[tuple[str, str, str | None, int], ...]:
    # `since` tells a new stop from the old one, `until` an extension.
    return tuple(
        (shown["status"], shown["at_arrival"], shown["until"], option["inbound"])
        for shown in option["departments"].values()
    )


def _figures(answer: dict[str, Any], considered: Considered) -> object:
    minutes = tuple(round(option["eta_s"] / FIGURE_STEP_S) for option in answer["options"])
    return minutes, dict(considered.receipt.feeds), answer["position"]


def _turning_points(considered: Considered) -> Iterator[datetime]:
    """Give the moments at which a stop ends or begins, now or as seen from an arrival."""
    receipt = considered.receipt
    seconds = {
        hospital: legs
        for hospital, *legs in zip(
            receipt.drive.ids, receipt.drive.seconds, receipt.drive.low_s, receipt.drive.high_s, strict=True
        )
    }
    for hospital, states in receipt.states.items():
        for state in states.values():
            for moment in (state.until, state.planned_from, state.planned_until):
                if moment is not None:
                    yield moment
                    for ahead_s in seconds.get(hospital, ()):
                        if ahead_s is not None:
                            yield moment - timedelta(seconds=ahead_s)
