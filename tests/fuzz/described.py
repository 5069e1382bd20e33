"""Requests by the description of the interface: schemathesis makes fitting and unfitting ones of every operation."""

import warnings
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode

from tests.fuzz.findings import Findings
from tests.fuzz.region import REAL_IDS, Region


def fuzz_described(region: Region, requests: int, seed: int) -> Findings:
    """Send about so many requests, the same share to every operation; `seed` repeats a run."""
    findings = Findings()
    operations = list(_operations(region))
    each = max(1, requests // (len(operations) * len(GenerationMode)))
    for operation in operations:
        for mode in GenerationMode:
            # What has neither a body nor parameters cannot be asked for in a wrong way.
            with suppress(Unsatisfiable):
                _fuzz(operation, mode, region, findings, each=each, seed=seed)
    return findings


def _operations(region: Region) -> Iterator[Any]:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", region.app)
    for result in schema.get_all_operations():
        yield result.ok()


def _fuzz(operation: Any, mode: GenerationMode, region: Region, findings: Findings, *, each: int, seed: int) -> None:
    cases = operation.as_strategy(generation_mode=mode)

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=each,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        print_blob=False,
    )
    @given(
        case=cases,
        name=st.sampled_from(sorted(region.callers)),
        real=st.booleans(),
    )
    def send(case: Any, name: str, real: bool) -> None:
        if real and case.path_parameters:
            case.path_parameters.update({key: REAL_IDS[key] for key in case.path_parameters if key in REAL_IDS})
        caller = region.callers[name]
        what = f"{operation.method.upper()} {case.formatted_path} {case.query or ''} {case.body!r:.300}"
        headers = {"Authorization": f"Bearer {caller.token}"}
        findings.watch(what, lambda: case.call(headers=headers), lambda: region.state)
        if operation.path.endswith("/session") and operation.method == "delete":
            region.callers[name] = region.caller(name)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the generators say of their own examples
        send()
