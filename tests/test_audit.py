"""The audit of the dependencies: findings fail, and what was not looked up never looks like a success."""

import json

import pytest

from tests import audit
from tests.audit import Outcome, closure, of_npm, of_pip_audit, told

VULNERABLE = {"name": "flask", "version": "0.1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.0"]}]}
SOUND = {"name": "redis", "version": "8.1.0", "vulns": []}
SKIPPED = {"name": "segno", "skip_reason": "Dependency not found on PyPI"}


def test_finding_is_told_with_the_version_that_mends_it() -> None:
    outcome = of_pip_audit(json.dumps({"dependencies": [VULNERABLE, SOUND]}))

    assert outcome == Outcome(looked_up=2, findings=("flask 0.1: PYSEC-1 (fixed in 1.0)",))


def test_package_that_was_skipped_was_not_looked_up() -> None:
    outcome = of_pip_audit(json.dumps({"dependencies": [SOUND, SKIPPED]}))

    assert outcome == Outcome(looked_up=1, unknown=("segno",))


@pytest.mark.parametrize("text", ["", "no JSON", "[]", '{"dependencies": []}', json.dumps({"dependencies": [SKIPPED]})])
def test_answer_about_nothing_is_told_loudly(text: str) -> None:
    assert "SKIPPED" in told("Python", of_pip_audit(text))


def test_registry_that_refuses_is_told_loudly() -> None:
    assert "SKIPPED" in told("npm", of_npm('{"message": "405 Method Not Allowed", "statusCode": 405}'))


def test_finding_of_npm_is_told() -> None:
    report = {
        "vulnerabilities": {"esbuild": {"severity": "moderate", "range": "<0.25"}},
        "metadata": {"dependencies": {"total": 30}},
    }

    assert of_npm(json.dumps(report)) == Outcome(looked_up=30, findings=("esbuild <0.25: moderate",))


def test_sound_dependencies_of_npm_are_counted() -> None:
    report = {"vulnerabilities": {}, "metadata": {"dependencies": {"total": 30}}}

    assert "30 packages looked up" in told("npm", of_npm(json.dumps(report)))


def test_what_a_package_needs_is_looked_up_too() -> None:
    assert {"flask", "werkzeug", "markupsafe"} <= set(closure(["Flask==3.1.3"]))


@pytest.mark.parametrize(("findings", "status"), [((), 0), (("flask 0.1: PYSEC-1",), 1)])
def test_only_findings_fail(monkeypatch: pytest.MonkeyPatch, findings: tuple[str, ...], status: int) -> None:
    monkeypatch.setattr(audit, "audit_python", lambda: Outcome(looked_up=1, findings=findings))
    monkeypatch.setattr(audit, "audit_page", lambda: Outcome(looked_up=0))

    assert audit.main() == status
