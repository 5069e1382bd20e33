"""Good requests with something spoilt: a field, the whole body, an id, a query, a header."""

import copy
import json
import random
from functools import partial
from typing import Any
from urllib.parse import quote

from tests.fuzz.findings import Findings
from tests.fuzz.region import Region
from tests.web.apps import Caller
from tests.web.test_access import BODIES, DECISIONS, IDS

NASTY: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 1e308, -0.0, 10**400, 2**63, "", " ", "\x00", "a\x00b", "\ud800", "é" * 5_000,
    "𝕏" * 300,
    "2026-02-30T00:00:00Z", "9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00+23:59", "2026-03-10T15:00:00", "now",
    "' OR 1=1 --", "../../etc/passwd", "<script>", "veldstad", "SEH", "red", "123456782", [], {}, [[]], [None] * 300,
    {"lat": 91, "lon": 181}, {"lat": float("nan"), "lon": float("inf")}, {"": ""}, {"__proto__": {}},
)  # fmt: skip
RAW: tuple[bytes, ...] = (
    b"", b"{", b"null", b"[]", b'"x"', b"\xff\xfe{\x00}\x00", b"[" * 20_000, b'{"a":' * 2_000, b"{}" + b" " * 70_000,
    b'{"until": NaN}', b"\x00", b"<a/>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"a=b", b'{"a":1,"a":2}',
)  # fmt: skip
TYPES = (
    "application/json",
    "application/xml",
    "text/plain",
    "multipart/form-data",
    "application/json; charset=utf-16",
    "",
)
NASTY_IDS = ("%00", "..", "%2e%2e%2f", "x" * 400, "s1%0a", "%F0%9F%9A%91", "'", "-1", "0", "None")


def fuzz_spoilt(region: Region, requests: int, seed: int) -> Findings:
    """Send so many requests; `seed` repeats a run."""
    dice, findings = random.Random(seed), Findings()
    rules = sorted(DECISIONS)
    for _ in range(requests):
        method, rule = dice.choice(rules)
        name = dice.choice(sorted(region.callers))
        send = _spoilt_request(method, rule, region.callers[name], dice)
        findings.watch(f"{method} {send.keywords}"[:500], send, lambda: region.state)
        if (method, rule) == ("DELETE", "/session"):
            region.callers[name] = region.caller(name)
    return findings


def _spoilt_request(method: str, rule: str, caller: Caller, dice: random.Random) -> "partial[Any]":
    headers = {"Authorization": f"Bearer {caller.token}"}
    if dice.random() < 0.2:
        headers["Idempotency-Key"] = dice.choice(("k", "é", "x" * 300, "\t", ""))
    data, kind = _spoil_body(method, rule, dice)
    path = f"/api/v1{_spoil_path(rule, dice)}"
    return partial(caller.client.open, path=path, method=method, data=data, content_type=kind, headers=headers)


def _spoil_path(rule: str, dice: random.Random) -> str:
    path = rule
    for placeholder, identity in IDS.items():
        wrong = placeholder.count("<") == 1 and dice.random() < 0.2
        path = path.replace(placeholder, dice.choice(NASTY_IDS) if wrong else identity)
    if dice.random() < 0.3:
        names = dice.sample(("from", "hospital", "minutes", "q", "signals", "limit", "v", "after", "user", "since"), 2)
        path += "?" + "&".join(f"{name}={_in_query(dice)}" for name in names)
    return path


def _in_query(dice: random.Random) -> str:
    value = dice.choice(NASTY)
    text = value if isinstance(value, str) else json.dumps(value)
    return quote(text.encode("utf-8", errors="replace")[:500])


def _spoil_body(method: str, rule: str, dice: random.Random) -> tuple[bytes, str]:
    good = BODIES.get((method, rule), {})
    if dice.random() < 0.15 or isinstance(good, bytes):
        return (dice.choice(RAW) if dice.random() < 0.7 or not isinstance(good, bytes) else good), dice.choice(TYPES)
    body = copy.deepcopy(good)
    for _ in range(dice.choice((0, 1, 1, 1, 2))):
        body = spoil(body, dice)
    return json.dumps(body, ensure_ascii=dice.random() < 0.5).encode("utf-8", errors="surrogatepass"), TYPES[0]


def spoil(value: Any, dice: random.Random) -> Any:
    """Return a JSON value with something in it replaced, left out or added."""
    if isinstance(value, dict) and value and dice.random() < 0.85:
        key = dice.choice(sorted(value))
        how = dice.random()
        if how < 0.1:
            return {name: kept for name, kept in value.items() if name != key}
        if how < 0.2:
            return {**value, dice.choice(("extra", "", "id", "\x00")): dice.choice(NASTY)}
        return {**value, key: spoil(value[key], dice)}
    if isinstance(value, list) and value and dice.random() < 0.6:
        index = dice.randrange(len(value))
        return [*value[:index], spoil(value[index], dice), *value[index + 1 :]]
    return dice.choice(NASTY)
