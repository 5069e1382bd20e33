"""Every error is a problem in one form, whatever was asked and however broken it was."""

import importlib
import pkgutil

import orjson
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.routing import Rule

import advisor
from advisor.kernel import AdvisorError, InvalidInput, Problem
from advisor.roads.model import OffNetwork
from advisor.services.refusals import Conflict, Wording
from advisor.web import dutch
from advisor.web.limits import RateLimit
from advisor.web.problems import find_row, render_problem
from advisor.web.throttle import Throttle
from tests.web.apps import Caller, an_app, log_in

NEVER_ON_REQUEST = {
    "StrangeExtracts", "Unreachable", "UnsupportedDatabase", "UnknownSchema", "WrongEnvironment",
    "Untraceable", "Unreadable",  # the tables for devices are compiled by a command
}  # fmt: skip
BROKEN_BODIES = (b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"a":', b"[" * 5000, b'{"x":1}', b"NaN", b"\x00")


def routes(app: Flask) -> list[tuple[str, Rule]]:
    """Every method and rule under the interface."""
    return [
        (method, rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def path_of(rule: Rule) -> str:
    """A path that fits a rule."""
    return str(rule.build(dict.fromkeys(rule.arguments, 1), append_unknown=False)[1])


APP = an_app(throttle=Throttle(log_ins=RateLimit(most=1_000_000, window_s=10)))
ROUTES = routes(APP)
ROUTE_NAMES = [f"{method} {rule.rule}" for method, rule in ROUTES]
OPEN = {
    "POST /api/v1/session",
    "POST /api/v1/session/pair",
    "GET /api/v1/session/ways",
    "GET /api/v1/healthz",
    "GET /api/v1/readyz",
    "GET /api/v1/metrics",
    "GET /api/v1/fhir/metadata",
    "GET /api/v1/openapi.json",
}
GUARDED = [(method, rule) for method, rule in ROUTES if f"{method} {rule.rule}" not in OPEN]


def is_problem(answer: object, status: int | None = None) -> bool:
    """Tell whether an answer has the one form of an error."""
    body = answer.get_json()  # type: ignore[attr-defined]
    return (
        answer.mimetype == "application/problem+json"  # type: ignore[attr-defined]
        and body["status"] == answer.status_code  # type: ignore[attr-defined]
        and bool(body["title"])
        and isinstance(body["detail"], str)
        and status in {None, body["status"]}
    )


def is_outcome(answer: object) -> bool:
    """Tell whether an answer has the form of an error in FHIR."""
    body = answer.get_json()  # type: ignore[attr-defined]
    return answer.mimetype == "application/fhir+json" and body["resourceType"] == "OperationOutcome"  # type: ignore[attr-defined]


@pytest.mark.parametrize(("method", "rule"), GUARDED, ids=str)
def test_who_is_not_logged_in_gets_nothing(method: str, rule: Rule) -> None:
    answer = APP.test_client().open(path_of(rule), method=method, json={})

    assert is_problem(answer, 401)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(("method", "rule"), ROUTES, ids=ROUTE_NAMES)
@pytest.mark.parametrize("body", BROKEN_BODIES, ids=lambda body: repr(body[:8]))
def test_broken_body_is_a_problem_of_the_one_who_sent_it(method: str, rule: Rule, body: bytes) -> None:
    caller = log_in(APP, "beheer")

    answer = caller.client.open(
        path_of(rule), method=method, data=body, headers={"Authorization": f"Bearer {caller.token}"}
    )

    assert answer.status_code < 500
    assert answer.status_code < 400 or is_problem(answer) or is_outcome(answer)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_method_that_does_not_exist_is_a_problem_with_those_that_do(method: str) -> None:
    answer = APP.test_client().open("/api/v1/board", method=method)

    assert is_problem(answer, 405)
    assert "GET" in answer.headers["Allow"]


def test_path_that_does_not_exist_is_a_problem() -> None:
    assert is_problem(APP.test_client().get("/api/v1/nothing"), 404)


def test_huge_body_is_a_problem() -> None:
    answer = APP.test_client().post("/api/v1/session", data=b"x" * 100_000)

    assert is_problem(answer, 413)


def test_bug_tells_nothing_of_the_inside() -> None:
    app = an_app()

    @app.get("/api/v1/trap")
    def trap() -> str:
        raise ZeroDivisionError("the combination is 4711")

    answer = app.test_client().get("/api/v1/trap")

    assert is_problem(answer, 500)
    assert b"4711" not in answer.data


def foreseen_errors() -> list[type[AdvisorError]]:
    """Every error class of the program that a request can meet."""
    for module in pkgutil.walk_packages(advisor.__path__, "advisor."):
        if (
            not module.name.endswith("__main__")
            and ".migrations" not in module.name
            and "roads.build" not in module.name
        ):
            importlib.import_module(module.name)
    found: list[type[AdvisorError]] = []
    waiting: list[type[AdvisorError]] = [AdvisorError]
    while waiting:
        subclasses = waiting.pop().__subclasses__()
        found += subclasses
        waiting += subclasses
    return [
        error for error in found if error.__name__ not in NEVER_ON_REQUEST and error.__module__.startswith("advisor.")
    ]


def test_every_error_of_the_program_has_a_row() -> None:
    without = [error.__name__ for error in foreseen_errors() if not any(find_row_of(error))]

    assert without == []


def find_row_of(kind: type[AdvisorError]) -> list[object]:
    """The rows of a class of errors."""
    return [row for row in [find_row(kind.__new__(kind))] if row is not None]


def test_conflict_carries_its_hint_in_both_languages() -> None:
    error = Conflict("busy", Wording(nl="Bezet.", en="Busy."), Wording(nl="Wacht.", en="Wait."))

    problem = render_problem(error)

    assert (problem["status"], problem["detail"], problem["hint"], problem["hint_en"]) == (
        409, "Bezet.", "Wacht.", "Wait."
    )  # fmt: skip


def test_position_off_the_network_says_how_far() -> None:
    problem = render_problem(OffNetwork(distance_m=12_300, limit_m=5_000))

    assert (problem["status"], problem["detail_en"]) == (
        422,
        "The nearest road of this network is 12.3 km away; the limit is 5.0 km.",
    )


def test_each_problem_of_an_input_is_told_in_both_languages() -> None:
    problem = render_problem(InvalidInput([Problem(field="until", message="is required")]))

    assert problem["errors"] == [{"field": "until", "message": "ontbreekt", "message_en": "is required"}]


@pytest.mark.parametrize("phrase", dutch.PHRASES, ids=lambda phrase: phrase[0][:20])
def test_dutch_phrase_differs_from_the_english_one(phrase: tuple[str, str]) -> None:
    assert phrase[0] != phrase[1]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        "position", "abcd", "letters", "relation", "consult", "en_route", "hospital", "department", "status", "reason",
        "until", "from", "note", "checklist", "mka", "username", "password", "inside", "signals", "gp_accepted",
        "advice", "ride", "verdict", "outcome", "lat", "lon", "why", "void", "declared_at", "ended_at",
    ]
)  # fmt: skip
LIKELY = st.sampled_from(
    [
        {"lat": 52.1, "lon": 5.1}, "SEH", "red", "veldstad", "2099-01-01T00:00:00Z", "2026-03-10T15:00:00Z", "unstable",
        {"veldstad": {"active": "yes"}}, "MKA Verzonnen", "Piek in aanbod van patiënten (aantal)", True,
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def admin() -> Caller:
    """Somebody who may do most."""
    return log_in(APP, "beheer")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    route=st.sampled_from([path_of(rule) for method, rule in ROUTES if method == "POST"]),
    body=st.dictionaries(FIELDS, LIKELY | JSON, max_size=8) | JSON,
)
def test_nothing_that_is_posted_gives_an_error_of_the_server(admin: Caller, route: str, body: object) -> None:
    data = orjson.dumps(body, default=str, option=orjson.OPT_NON_STR_KEYS) if is_json(body) else repr(body).encode()

    answer = admin.client.post(route, data=data, headers={"Authorization": f"Bearer {admin.token}"})

    assert answer.status_code < 500
    assert answer.status_code < 400 or is_problem(answer) or is_outcome(answer)


def is_json(body: object) -> bool:
    """Tell whether a body can be written as JSON."""
    try:
        orjson.dumps(body)
    except (orjson.JSONEncodeError, UnicodeEncodeError):
        return False
    return True
