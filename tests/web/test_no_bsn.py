"""Nobody's citizen service number gets in: every text of every route and socket event, found in the description."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from advisor.journal.codec import encode
from advisor.services.security import AccessQuery
from advisor.services.world import World
from tests.web.test_access import APP, BODIES, DECISIONS, IDS, SYSTEM, a_caller
from tests.web.test_access_line import ASKED, PAYLOADS, opened_region
from tests.web.test_openapi import DESCRIPTION, MORE_BODIES, OPERATIONS, braced

BSN = "123456782"  # passes the eleven test, and is given to nobody
WRITTEN = f"patiënt {BSN}"

Where = tuple[str | int, ...]


def texts(schema: dict[str, Any], where: Where = ()) -> Iterator[tuple[Where, dict[str, Any]]]:
    """Every text in what a schema describes, but those that can only be one of a few words or a moment."""
    if "$ref" in schema:
        schema = DESCRIPTION["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for option in schema.get("anyOf", ()):
        yield from texts(option, where)
    for name, inner in schema.get("properties", {}).items():
        yield from texts(inner, (*where, name))
    if isinstance(schema.get("additionalProperties"), dict):
        yield from texts(schema["additionalProperties"], (*where, "veldstad"))
    if schema.get("type") == "array":
        yield from texts(schema["items"], (*where, 0))
    if schema.get("type") == "string" and not {"enum", "format"} & set(schema):
        yield where, schema


def bodies() -> Iterator[tuple[str, str, Where]]:
    """Every text in the body of every operation that takes JSON."""
    for (method, path), operation in OPERATIONS.items():
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        for where, _ in texts(content["schema"]) if content else ():
            yield method, path, where


def queries() -> Iterator[tuple[str, str]]:
    """Every text in the query of every operation."""
    for (_, path), operation in OPERATIONS.items():
        for parameter in operation["parameters"]:
            if parameter["in"] == "query" and dict(texts(parameter["schema"])):
                yield path, parameter["name"]


ID_FIELDS = {"hospital", "advice", "ride", "inside", "mka", "alarm"}
"""Names of things that exist: what names nothing is refused as such."""

SECRETS = {("/session", "username"), ("/session", "password"), ("/session", "code"), ("/session/pair", "code")}
"""What somebody shows to get in is compared and forgotten."""

FEED_NOTES = "/feeds/stops"
"""A whole message is not refused for one note; the note is left out."""


def test_there_are_texts_to_try() -> None:
    found = {(path, where[-1]) for _, path, where in bodies() if where}

    assert {("/stops", "note"), ("/rides/{ride_id}/choose", "reason"), ("/devices", "device")} <= found
    assert ("/places", "q") in set(queries())


@pytest.mark.parametrize(("method", "path", "where"), list(bodies()), ids=str)
def test_number_of_a_citizen_is_not_kept_whatever_text_it_is_sent_in(method: str, path: str, where: Where) -> None:
    [rule] = [rule for each, rule in DECISIONS if (each, braced(rule)) == (method, path)]
    known = MORE_BODIES.get((method, path), BODIES.get((method, rule)))
    caller = a_caller(SYSTEM if DECISIONS[method, rule] == {SYSTEM} else min(DECISIONS[method, rule] - {SYSTEM}))
    kept_before = kept(APP.extensions["uitwijk"].world)

    answer = caller.call(method, address(rule), with_text(known, where))

    name = str(next(part for part in reversed(where) if isinstance(part, str)))
    assert BSN not in kept_before
    assert BSN not in kept(APP.extensions["uitwijk"].world)
    if (path, name) in {(FEED_NOTES, "note"), *SECRETS}:
        return
    assert 400 <= answer.status_code < 500
    if name not in ID_FIELDS:
        assert name in {re.split(r"[.\[]", error["field"])[-1] for error in answer.get_json()["errors"]}
        assert "BSN" in answer.get_data(as_text=True) or "must be 2 to 100" in answer.get_data(as_text=True)


def with_text(body: Any, where: Where) -> Any:
    """The body with the number in one of its texts."""
    if not where:
        return WRITTEN
    first, rest = where[0], where[1:]
    if isinstance(first, int):
        return [with_text((body or [None])[0], rest)]
    inner = body if isinstance(body, dict) else {}
    return {**inner, first: with_text(inner.get(first), rest)}


def address(rule: str) -> str:
    """A rule with ids of what exists."""
    for placeholder, identity in IDS.items():
        rule = rule.replace(placeholder, identity)
    return rule


def kept(world: World) -> str:
    """Everything that is kept anywhere, as one text."""
    facts = [encode(recorded.event) for recorded in world.journal.read(0, 10_000)]
    lines = world.security.access_log.read(AccessQuery(limit=10_000))
    pairings = world.security.pairings.list_since(world.clock().replace(year=2000))
    return repr([[fact.body for fact in facts], lines, pairings, world.accounts.list_all()])


@pytest.mark.parametrize(("path", "name"), list(queries()), ids=str)
def test_number_of_a_citizen_is_not_looked_for_elsewhere(path: str, name: str) -> None:
    asked: list[str] = []
    caller = a_caller("beheer")
    parts = APP.extensions["uitwijk"]
    object.__setattr__(parts, "geocoder", lambda query: asked.append(query) or [])

    caller.get(f"{address(path.replace('{', '<').replace('}', '>'))}?{name}={WRITTEN}")

    assert asked == []
    assert BSN not in kept(parts.world)


@pytest.mark.parametrize("rule", sorted({rule for _, rule in DECISIONS if "_id>" in rule}))
def test_number_of_a_citizen_as_an_id_is_not_kept(rule: str) -> None:
    caller = a_caller("beheer")
    for method in ("GET", "POST", "DELETE"):
        caller.call(method, re.sub(r"<\w+>", BSN, rule), {})

    assert BSN not in kept(APP.extensions["uitwijk"].world)


@pytest.mark.parametrize("event", sorted(ASKED))
def test_number_of_a_citizen_in_a_socket_event_is_refused_and_not_kept(event: str) -> None:
    region = opened_region()
    plain = PAYLOADS.get(event, {})
    question = DESCRIPTION["components"]["schemas"]["Question"]
    tried = [with_text(plain, where) for where, _ in texts(question)] + [{**plain, "note": WRITTEN}, WRITTEN, [WRITTEN]]
    region.ask("verpleegkundige", "advice:watch", PAYLOADS["advice:watch"])
    tried += [{**plain, name: {BSN: {"active": "yes"}}} for name in ("relation", "consult", "gp_accepted", "en_route")]

    for payload in tried:
        region.ask("verpleegkundige", event if event != "*" else WRITTEN, payload)

    assert BSN not in kept(region.world)
    if event in PAYLOADS:
        assert all("problem" in region.ask("verpleegkundige", event, payload) for payload in tried)
