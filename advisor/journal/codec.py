"""Facts to and from JSON: every one carries its type and the version of its shape."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, get_type_hints

from advisor.journal import events, ride_events, road_events
from advisor.journal.events import Event
from advisor.journal.structure import Converter, Json, converters
from advisor.kernel import AdvisorError


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


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    kind: type[Event]
    fields: tuple[tuple[str, Converter, Converter], ...]
    required: frozenset[str]
    enclosure: str = ""


# Older shapes are brought up to date one version at a time: (type, version it is in) -> body of the next version.
# A field that has a default may simply be absent from the older shape.
_UPGRADES: Mapping[tuple[str, int], Callable[[dict[str, Json]], dict[str, Json]]] = {
    ("FeedHeard", 1): dict,
    ("AdviceGiven", 1): dict,
    ("RoadClosed", 1): dict,
    ("RoadReopened", 1): dict,
    **{
        (name, 1): dict
        for name, kind in vars(ride_events).items()
        if isinstance(kind, type) and issubclass(kind, ride_events.CrewEvent)
    },
}


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
        fields=tuple((field.name, *converters(hints[field.name])) for field in stored),
        required=frozenset(field.name for field in stored if _is_required(field)),
        enclosure=next((field.name for field in all_fields if hints[field.name] is bytes), ""),
    )


def _is_required(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


_ABSTRACT = (Event, ride_events.RideEvent, ride_events.CrewEvent)

_SHAPES: Mapping[str, _Shape] = {
    name: _shape(kind)
    for module in (events, ride_events, road_events)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, Event) and kind not in _ABSTRACT
}
