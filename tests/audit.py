"""Looks our dependencies up in the databases of known vulnerabilities: `python -m tests.audit`, part of `make lint`.

Fails on findings. What could not be looked up, for want of a network or because the database does not know it, is said
loudly and does not fail: a check that needs others must not stop work when they are away, nor pass in silence.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "tests" / "static"
PROBE = "flask"
"""Known to every database: when even this cannot be looked up, nothing can."""
PROBE_WITHIN_S, AUDIT_WITHIN_S = 30, 300

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a database says: how many packages it looked up, the findings, and which it could not look up."""

    looked_up: int
    findings: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def main() -> int:
    """Look everything up and return the exit status."""
    outcomes = {"Python": audit_python(), "npm": audit_page()}
    for name, outcome in outcomes.items():
        print(told(name, outcome))
    return int(any(outcome.findings for outcome in outcomes.values()))


def told(name: str, outcome: Outcome) -> str:
    """Say in a line or more what came of it."""
    lines = [f"  {finding}" for finding in outcome.findings]
    if outcome.findings:
        return "\n".join([f"audit of {name}: {len(outcome.findings)} KNOWN VULNERABILITIES", *lines])
    if not outcome.looked_up:
        return f"audit of {name}: SKIPPED, NOTHING WAS LOOKED UP: the database of vulnerabilities cannot be reached"
    left = f"; NOT LOOKED UP: {', '.join(outcome.unknown)}" if outcome.unknown else ""
    return f"audit of {name}: {outcome.looked_up} packages looked up, none with a known vulnerability{left}"


def audit_python() -> Outcome:
    """Look up what the program runs with: the pinned packages and everything that these need."""
    pins = closure((ROOT / "requirements.txt").read_text("utf-8").splitlines())
    if not _pip_audit({PROBE: pins[PROBE]}, PROBE_WITHIN_S).looked_up:
        return Outcome(looked_up=0)
    return _pip_audit(pins, AUDIT_WITHIN_S)


def audit_page() -> Outcome:
    """Look up what the pages are made of and made with."""
    try:
        command = ["npm", "audit", "--json"]
        done = subprocess.run(command, cwd=PAGE, capture_output=True, text=True, check=False, timeout=PROBE_WITHIN_S)
    except (subprocess.TimeoutExpired, FileNotFoundError):
        return Outcome(looked_up=0)
    return of_npm(done.stdout)


def closure(requirements: Iterable[str]) -> dict[str, str]:
    """Return the installed version of every package that is required, and of all that these require."""
    waiting = [line for line in requirements if line.strip() and not line.startswith(("#", "-"))]
    found: dict[str, str] = {}
    while waiting:
        line = waiting.pop()
        match = _NAME.match(line.strip())
        name = re.sub(r"[-_.]+", "-", match.group()).lower() if match else ""
        if not name or name in found or "extra ==" in line:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:  # for another system or version of Python
            continue
        found[name] = package.version
        waiting += package.requires or []
    return found


def of_pip_audit(text: str) -> Outcome:
    """Read what pip-audit says, in JSON; it counts what it skipped as a success."""
    packages: list[Mapping[str, Any]] = _parsed(text).get("dependencies", [])
    known = [package for package in packages if "skip_reason" not in package]
    return Outcome(
        looked_up=len(known),
        findings=tuple(
            f"{package['name']} {package['version']}: {finding['id']} (fixed in {_versions(finding)})"
            for package in known
            for finding in package["vulns"]
        ),
        unknown=tuple(sorted(package["name"] for package in packages if "skip_reason" in package)),
    )


def of_npm(text: str) -> Outcome:
    """Read what `npm audit` says, in JSON; without an answer of the registry there is no `metadata`."""
    report = _parsed(text)
    count = int(report.get("metadata", {}).get("dependencies", {}).get("total", 0))
    found: Mapping[str, Mapping[str, Any]] = report.get("vulnerabilities", {})
    findings = (f"{name} {about.get('range', '')}: {about['severity']}" for name, about in sorted(found.items()))
    return Outcome(looked_up=count, findings=tuple(findings))


def _pip_audit(pins: Mapping[str, str], within_s: int) -> Outcome:
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("".join(f"{name}=={version}\n" for name, version in sorted(pins.items())))
        file.flush()
        options = ["-r", file.name, "--no-deps", "--disable-pip", "--progress-spinner", "off", "-f", "json"]
        command = [sys.executable, "-m", "pip_audit", *options, "--timeout", "10"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=within_s)
        except subprocess.TimeoutExpired:
            return Outcome(looked_up=0)
    return of_pip_audit(done.stdout)


def _parsed(text: str) -> dict[str, Any]:
    try:
        report = json.loads(text)
    except ValueError:
        return {}
    return report if isinstance(report, dict) else {}


def _versions(finding: Mapping[str, Any]) -> str:
    return ", ".join(finding.get("fix_versions", ())) or "no version"


if __name__ == "__main__":
    sys.exit(main())
