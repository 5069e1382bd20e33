"""Facts to and from JSON: every one carries its type and the version of its shape."""

import dataclasses
import types
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from advisor.journal import events, ride_events
from advisor.journal.events import Event, Recorded
from advisor.kernel import AdvisorError

Json = Any
Converter = Callable[[Json], Json]


class UnreadableEvent(AdvisorError, ValueError):
    """A stored fact that this version of the program cannot read; says which and why."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A fact as it is stored: `body` holds the fields in JSON terms, `enclosure` the bytes kept beside it."""

    type: str
    version: int
    subject: str
    body: dict[str, Json]
    enclosure: bytes = b""


def encode(event: Event) -> Written:
    """Return a fact in JSON terms: text, numbers, lists and objects; moments as RFC 3339 in UTC with `Z`."""
    shape = _SHAPES[type(event).__name__]
    body = {name: to_json(getattr(event, name)) for name, to_json, _ in shape.fields}
    enclosure = getattr(event, shape.enclosure) if shape.enclosure else b""
    return Written(
        type=shape.kind.__name__, version=shape.kind.version, subject=event.subject, body=body, enclosure=enclosure
    )


def decode(type_name: str, version: int, body: Mapping[str, Json]) -> Event:
    """Return the fact that `encode` wrote, also when an older version of the program wrote it.

    Raises
    ------
    UnreadableEvent
        When the type or version is unknown, or the fields do not fit it.
    """
    shape = _SHAPES.get(type_name)
    if shape is None:
        raise UnreadableEvent(f"event type {type_name!r} is unknown")
    if not 1 <= version <= shape.kind.version:
        raise UnreadableEvent(f"{type_name} has version {version}; this program reads 1 to {shape.kind.version}")
    return _build(shape, version, body)


def from_document(document: Mapping[str, Json]) -> Recorded:
    """Return the fact of one JSON object with `seq`, `type`, `version` and `body`."""
    event = decode(document["type"], document["version"], document["body"])
    return Recorded(seq=document["seq"], event=event)


def to_document(recorded: Recorded) -> dict[str, Json]:
    """Return one JSON object with `seq`, `type`, `version` and `body`."""
    written = encode(recorded.event)
    return {"seq": recorded.seq, "type": written.type, "version": written.version, "body": written.body}


def moment_text(moment: datetime) -> str:
    """Return a moment as RFC 3339 in UTC with microseconds and `Z`; such texts sort in the order of time."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs an offset")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    kind: type[Event]
    fields: tuple[tuple[str, Converter, Converter], ...]
    required: frozenset[str]
    enclosure: str = ""


# Older shapes are brought up to date one version at a time: (type, version it is in) -> body of the next version.
_UPGRADES: Mapping[tuple[str, int], Callable[[dict[str, Json]], dict[str, Json]]] = {}


def _build(shape: _Shape, version: int, body: Mapping[str, Json]) -> Event:
    name = shape.kind.__name__
    current = dict(body)
    for older in range(version, shape.kind.version):
        current = _UPGRADES[name, older](current)
    unknown = current.keys() - {field for field, _, _ in shape.fields}
    missing = shape.required - current.keys()
    if unknown or missing:
        raise UnreadableEvent(f"{name}: unknown fields {sorted(unknown)}, missing fields {sorted(missing)}")
    try:
        values = {field: from_json(current[field]) for field, _, from_json in shape.fields if field in current}
        return shape.kind(**values)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableEvent(f"{name}: {error}") from error


def _shape(kind: type[Event]) -> _Shape:
    hints = get_type_hints(kind)
    all_fields = dataclasses.fields(kind)
    stored = [field for field in all_fields if hints[field.name] is not bytes]
    return _Shape(
        kind=kind,
        fields=tuple((field.name, *_converters(hints[field.name])) for field in stored),
        required=frozenset(field.name for field in stored if _is_required(field)),
        enclosure=next((field.name for field in all_fields if hints[field.name] is bytes), ""),
    )


def _is_required(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _converters(hint: Any) -> tuple[Converter, Converter]:
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
        to_json, from_json = _converters(get_args(hint)[0])
        return lambda items: [to_json(item) for item in items], lambda items: tuple(map(from_json, items))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_converters(hint)
    plain = getattr(hint, "__supertype__", hint)
    if plain in (str, int, float, bool):
        return _same, _checked(plain)
    raise TypeError(f"no JSON form for {hint}")


def _optional_converters(hint: Any) -> tuple[Converter, Converter]:
    [inner] = [argument for argument in get_args(hint) if argument is not type(None)]
    to_json, from_json = _converters(inner)
    return (
        lambda value: None if value is None else to_json(value),
        lambda value: None if value is None else from_json(value),
    )


def _mapping_converters(hint: Any) -> tuple[Converter, Converter]:
    (key_to, key_from), (value_to, value_from) = map(_converters, get_args(hint))
    return (
        lambda mapping: {key_to(key): value_to(value) for key, value in mapping.items()},
        lambda mapping: {key_from(key): value_from(value) for key, value in mapping.items()},
    )


def _record_converters(kind: Any) -> tuple[Converter, Converter]:
    hints = get_type_hints(kind)
    parts = [(field.name, *_converters(hints[field.name])) for field in dataclasses.fields(kind)]
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


_SHAPES: Mapping[str, _Shape] = {
    name: _shape(kind)
    for module in (events, ride_events)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, Event) and kind not in (Event, ride_events.RideEvent)
}
