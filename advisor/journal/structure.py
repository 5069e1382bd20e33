"""Values to and from JSON by their types: dataclasses, enums, moments, tuples, sets, mappings, optionals."""

import dataclasses
import types
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

Json = Any
Converter = Callable[[Json], Json]


def moment_text(moment: datetime) -> str:
    """Return a moment as RFC 3339 in UTC with microseconds and `Z`; such texts sort in the order of time."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs an offset")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def converters(hint: Any) -> tuple[Converter, Converter]:
    """Return the functions that turn values of a type into JSON terms and back; unknown fields are left to callers.

    Raises
    ------
    TypeError
        When there is no JSON form for the type.
    """
    origin = get_origin(hint)
    if hint is datetime:
        return moment_text, _moment
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda member: member.value, hint
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _record_converters(hint)
    if origin in (Union, types.UnionType):
        return _optional_converters(hint)
    if origin is tuple:
        to_json, from_json = converters(get_args(hint)[0])
        return lambda items: [to_json(item) for item in items], lambda items: tuple(map(from_json, items))
    if origin is frozenset:
        to_json, from_json = converters(get_args(hint)[0])
        return lambda items: sorted(map(to_json, items)), lambda items: frozenset(map(from_json, items))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_converters(hint)
    plain = getattr(hint, "__supertype__", hint)
    if plain in (str, int, float, bool):
        return _same, _checked(plain)
    raise TypeError(f"no JSON form for {hint}")


def _optional_converters(hint: Any) -> tuple[Converter, Converter]:
    [inner] = [argument for argument in get_args(hint) if argument is not type(None)]
    to_json, from_json = converters(inner)
    return (
        lambda value: None if value is None else to_json(value),
        lambda value: None if value is None else from_json(value),
    )


def _mapping_converters(hint: Any) -> tuple[Converter, Converter]:
    (key_to, key_from), (value_to, value_from) = map(converters, get_args(hint))
    return (
        lambda mapping: {key_to(key): value_to(value) for key, value in mapping.items()},
        lambda mapping: {key_from(key): value_from(value) for key, value in mapping.items()},
    )


def _record_converters(kind: Any) -> tuple[Converter, Converter]:
    hints = get_type_hints(kind)
    parts = [(field.name, *converters(hints[field.name])) for field in dataclasses.fields(kind) if field.init]
    return (
        lambda record: {name: to_json(getattr(record, name)) for name, to_json, _ in parts},
        lambda body: kind(**{name: from_json(body[name]) for name, _, from_json in parts if name in body}),
    )


def _same(value: Json) -> Json:
    return value


def _checked(plain: type) -> Converter:
    accepted = (int, float) if plain is float else plain

    def check(value: Json) -> Json:
        if not isinstance(value, accepted) or (isinstance(value, bool) and plain is not bool):
            raise TypeError(f"expected {plain.__name__}, got {value!r}")
        return value

    return check


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no offset")
    return moment.astimezone(UTC)
