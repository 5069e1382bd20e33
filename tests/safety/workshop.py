"""A copy of the project in which a control is taken out, to see whether its test fails."""

import itertools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tests.safety.controls import ROOT, TakingOut

FOLDERS = ("advisor", "bench", "docs", "static", "tests")
LEFT_OUT = shutil.ignore_patterns("*.pyc", "node_modules", ".hypothesis", "screenshots")  # what numba made is kept
PACKED = ("static/js/", "static/css/")
PATIENCE_S = 300
"""For one test; many together get more."""
_ASSERTION = re.compile(r"assert |AssertionError|Failed: DID NOT RAISE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of running tests: how many passed, the messages of failed assertions, and of anything else."""

    passed: int = 0
    failures: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Tell whether everything that ran passed, and something ran."""
        return self.passed > 0 and not self.failures and not self.errors

    @property
    def is_proof(self) -> bool:
        """Tell whether an assertion failed, and nothing but assertions."""
        return bool(self.failures) and not self.errors


@dataclass(slots=True)
class Workshop:
    """The copy, in an empty folder of the caller's."""

    folder: Path
    _turns: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        for name in FOLDERS:
            shutil.copytree(ROOT / name, self.folder / name, ignore=LEFT_OUT)
        for path in ROOT.iterdir():
            if path.is_file():
                shutil.copy2(path, self.folder)
        modules = ROOT / "tests" / "static" / "node_modules"
        if modules.is_dir():
            (self.folder / "tests" / "static" / "node_modules").symlink_to(modules)

    @contextmanager
    def without(self, taking_out: TakingOut) -> Iterator[None]:
        """Take a control out, and put it back."""
        path = self.folder / taking_out.file
        before = path.read_text(encoding="utf-8")
        if before.count(taking_out.text) != 1:
            raise ValueError(f"{taking_out.control}: the text does not stand exactly once in {taking_out.file}")
        is_packed = taking_out.file.startswith(PACKED) and taking_out.test.startswith("tests/browser/")
        try:
            self._write(path, before.replace(taking_out.text, taking_out.instead))
            self._pack(wanted=is_packed)
            yield
        finally:
            self._write(path, before)
            self._pack(wanted=is_packed)

    def run(self, tests: Iterable[str]) -> Run:
        """Run tests of the copy by their ids, each kind in a fresh process."""
        tests = tuple(tests)
        python = [test for test in tests if ".py::" in test]
        runs = [self._run_python(python)] if python else []
        runs += [self._run_page(test) for test in tests if ".py::" not in test]
        return Run(
            passed=sum(run.passed for run in runs),
            failures=tuple(message for run in runs for message in run.failures),
            errors=tuple(message for run in runs for message in run.errors),
        )

    def _write(self, path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")
        # Compiled files are told apart by the second and the size: no two versions may share both.
        moment = 1_000_000_000 + next(self._turns)
        os.utime(path, (moment, moment))

    def _pack(self, *, wanted: bool) -> None:
        # The pages for the road are served as packed files.
        if wanted:
            command = ("node", "shell.mjs", "--write")
            subprocess.run(command, cwd=self.folder / "tests" / "static", capture_output=True, check=True)

    def _run_python(self, tests: list[str]) -> Run:
        report = self.folder / "report.xml"
        command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junit-xml={report}", *tests)
        return self._carry_out(command, self.folder, report)

    def _run_page(self, test: str) -> Run:
        file, name = test.split("::", 1)
        report = self.folder / "report.xml"
        command = (
            "node",
            "--test",
            "--test-reporter=junit",
            f"--test-reporter-destination={report}",
            f"--test-name-pattern=^{_quoted(name)}$",
            Path(file).name,
        )
        return self._carry_out(command, (self.folder / file).parent, report)

    def _carry_out(self, command: tuple[str, ...], folder: Path, report: Path) -> Run:
        report.unlink(missing_ok=True)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        environment |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "HYPOTHESIS_STORAGE_DIRECTORY": str(self.folder / "h")}
        patience_s = PATIENCE_S * (1 + len(command) // 10)
        try:
            done = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=patience_s
            )
        except subprocess.TimeoutExpired:
            return Run(errors=(f"no end within {patience_s} s",))
        if not report.exists():
            return Run(errors=((done.stdout + done.stderr)[-2000:],))
        return read_report(report)


def read_report(report: Path) -> Run:
    """Read a report in the form of JUnit, as pytest and Node write it."""
    passed, failures, errors = 0, [], []
    for case in ElementTree.parse(report).iter("testcase"):
        failure, error, skipped = case.find("failure"), case.find("error"), case.find("skipped")
        if error is not None:
            errors.append(_message(error))
        elif failure is not None:
            (failures if _is_assertion(failure) else errors).append(_message(failure))
        elif skipped is None:
            passed += 1
    return Run(passed=passed, failures=tuple(failures), errors=tuple(errors))


def _quoted(name: str) -> str:
    return re.sub(r"([.*+?^${}()|\[\]\\])", r"\\\1", name)


def _is_assertion(failure: ElementTree.Element) -> bool:
    return bool(_ASSERTION.match(failure.get("message", ""))) or "ERR_ASSERTION" in (failure.text or "")


def _message(element: ElementTree.Element) -> str:
    return (element.get("message") or element.text or "").strip()[:300]
