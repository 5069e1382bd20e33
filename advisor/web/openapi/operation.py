"""What an operation of the interface is: what it takes and what it gives."""

from dataclasses import dataclass

from advisor.web.openapi.words import Schema

KEYED = "rides"
"""Operations of this group may carry the key of one press of a button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of the query."""

    name: str
    schema: Schema
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation; `body` and `answer` name schemas, "" for none.

    `by` says who may, `takes` is how the body comes and `media` how the answer is sent;
    `also` are further statuses with that same answer.
    """

    name: str
    group: str
    summary: str
    by: str = "everybody who is logged in"
    body: str = ""
    body_required: bool = True
    answer: str = ""
    is_list: bool = False
    status: int = 200
    query: tuple[Parameter, ...] = ()
    media: str = "application/json"
    takes: str = "application/json"
    open: bool = False
    also: tuple[int, ...] = ()
