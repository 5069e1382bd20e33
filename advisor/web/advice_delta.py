"""What differs between two answers to a watched question: most of the hospitals stand in both of them as they were."""

from collections.abc import Mapping
from typing import Any

Json = Any
Document = Mapping[str, Json]

NESTED = "departments"


def advice_delta(before: Document, after: Document) -> dict[str, Json] | None:
    """Return what to lay over `before` to have `after`, or None where a field is gone, which a change cannot tell.

    `order` names all hospitals, best first, and `options` holds by hospital the fields that differ, its departments
    likewise; a hospital that is not in `before` is there whole. Any other field that differs stands beside them.
    """
    known = {option["hospital"]: option for option in before["options"]}
    options: dict[str, Json] = {}
    for option in after["options"]:
        hospital = option["hospital"]
        fields = _option_delta(known[hospital], option) if hospital in known else dict(option)
        if fields is None:
            return None
        if fields:
            options[hospital] = fields
    said = _differing(before, after)
    if said is None:
        return None
    return {
        **said,
        "from_version": before["version"],
        "order": [option["hospital"] for option in after["options"]],
        "options": options,
    }


def _option_delta(before: Document, after: Document) -> dict[str, Json] | None:
    fields = _differing(before, after)
    if fields is None or NESTED not in fields:
        return fields
    departments: dict[str, Json] = {}
    for name, shown in after[NESTED].items():
        differs = _differing(before[NESTED].get(name, {}), shown)
        if differs is None:
            return None
        if differs:
            departments[name] = differs
    gone = before[NESTED].keys() - after[NESTED].keys()
    return None if gone else fields | {NESTED: departments}


def _differing(before: Document, after: Document) -> dict[str, Json] | None:
    if before.keys() - after.keys():
        return None
    return {name: value for name, value in after.items() if name not in before or before[name] != value}
