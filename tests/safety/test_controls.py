"""Every safety control has tests, and these tests fail when it is taken out."""

import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from advisor.protocol.not_encoded import NOT_ENCODED
from tests.safety.controls import ROOT, Control, Hazard, TakingOut, read_controls, read_hazards, read_takings_out
from tests.safety.workshop import Workshop, read_report

HAZARDS, CONTROLS, TAKINGS_OUT = read_hazards(), read_controls(), read_takings_out()
QUICK = [one for one in TAKINGS_OUT if one.quick]
NAMED = sorted({test for control in CONTROLS for test in control.tests})

NOT_ACCEPTED, REMARKED = 15, 8
WEAK = r"not verified|Inferred|Assumed|Contradictory|no document|not confirmed|without checking|exceptions only"


def product_of(risk: tuple[int, int]) -> int:
    return risk[0] * risk[1]


def test_ids_are_given_once() -> None:
    counts = Counter([*(hazard.id for hazard in HAZARDS), *(control.id for control in CONTROLS)])

    assert HAZARDS
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.id)
def test_every_test_of_a_control_notices_when_it_is_taken_out(control: Control) -> None:
    taken_out = {one.test for one in TAKINGS_OUT if one.control == control.id}

    assert control.tests
    assert set(control.tests) == taken_out


def test_controls_and_hazards_need_each_other() -> None:
    used = {name for hazard in HAZARDS for name in hazard.controls}

    assert used == {control.id for control in CONTROLS}
    assert {one.control for one in TAKINGS_OUT} <= used


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.id)
def test_controls_leave_an_accepted_risk(hazard: Hazard) -> None:
    assert all(1 <= figure <= 5 for figure in (*hazard.initial, *hazard.residual))
    assert product_of(hazard.residual) <= product_of(hazard.initial)
    assert product_of(hazard.residual) < NOT_ACCEPTED


def test_risks_that_are_more_than_accepted_are_remarked_upon() -> None:
    document = (ROOT / "docs" / "SAFETY.md").read_text(encoding="utf-8")
    remarked = document.split("### Remarks")[1]

    assert [
        hazard.id for hazard in HAZARDS if product_of(hazard.residual) >= REMARKED and hazard.id not in remarked
    ] == []


def test_every_passage_left_to_people_is_named() -> None:
    document = (ROOT / "docs" / "SAFETY.md").read_text(encoding="utf-8")

    assert [passage.code for passage in NOT_ENCODED if f"| `{passage.code}` |" not in document] == []


def test_every_weak_source_of_the_registry_is_named_and_no_other() -> None:
    table = (ROOT / "docs" / "SAFETY.md").read_text(encoding="utf-8").split("## Data of unverified source")[1]
    named = {name for line in table.splitlines() if line.startswith("| `") for name in re.findall(r"`([\w-]+)`", line)}
    regions = tomllib.loads((ROOT / "advisor" / "hospitals" / "data" / "regions.toml").read_text(encoding="utf-8"))

    assert named <= regions["sources"].keys()
    assert {name for name in regions["sources"] if re.search(WEAK, regions["sources"][name])} <= named


def test_every_python_test_that_is_named_is_collected() -> None:
    tests = [test for test in NAMED if ".py::" in test]
    command = (sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *tests)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    collected = {line.split("[")[0] for line in done.stdout.splitlines() if line.startswith("tests/")}
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert collected == set(tests)


@pytest.mark.parametrize("test", [test for test in NAMED if ".py::" not in test])
def test_test_of_a_page_that_is_named_is_there(test: str) -> None:
    file, name = test.split("::", 1)
    texts = re.findall(r"\btest\(\s*(['`])(.+?)\1,", (ROOT / file).read_text(encoding="utf-8"))

    # A name that is put together stands for several tests.
    patterns = [re.sub(r"\\\$\\\{.+?\\\}", ".+", re.escape(text)) for _, text in texts]
    assert any(re.fullmatch(pattern, name) for pattern in patterns), f"no test {name!r} in {file}"


@pytest.mark.parametrize("taking_out", TAKINGS_OUT, ids=lambda one: one.name)
def test_what_is_taken_out_is_there_exactly_once(taking_out: TakingOut) -> None:
    assert (ROOT / taking_out.file).read_text(encoding="utf-8").count(taking_out.text) == 1
    assert taking_out.instead != taking_out.text


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Give a copy of the project."""
    return Workshop(tmp_path_factory.mktemp("workshop"))


def test_tests_of_the_quick_ones_pass_with_every_control_in_its_place(workshop: Workshop) -> None:
    assert workshop.run(dict.fromkeys(one.test for one in QUICK)).is_sound


@pytest.mark.parametrize("taking_out", QUICK, ids=lambda one: one.name)
def test_missing_control_is_noticed(workshop: Workshop, taking_out: TakingOut) -> None:
    with workshop.without(taking_out):
        run = workshop.run([taking_out.test])

    assert run.is_proof, run


@pytest.mark.parametrize(
    ("case", "is_sound", "is_proof"),
    [
        ("", True, False),
        ('<failure message="AssertionError: assert 1 == 2">…</failure>', False, True),
        ('<failure message="assert 1 == 2">…</failure>', False, True),
        ('<failure message="Failed: DID NOT RAISE Conflict">…</failure>', False, True),
        ('<failure message="x" type="testCodeFailure">code: ERR_ASSERTION</failure>', False, True),
        ('<failure message="KeyError: 1">…</failure>', False, False),
        ('<error message="collection failure">…</error>', False, False),
        ('<skipped message="no node" />', False, False),
    ],
)
def test_only_a_failed_assertion_is_a_proof(tmp_path: Path, case: str, *, is_sound: bool, is_proof: bool) -> None:
    report = tmp_path / "report.xml"
    report.write_text(f"<testsuites><testsuite><testcase name='one'>{case}</testcase></testsuite></testsuites>")

    run = read_report(report)

    assert (run.is_sound, run.is_proof) == (is_sound, is_proof)


def test_error_beside_a_failed_assertion_spoils_the_proof(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    failed, broken = '<testcase><failure message="assert 0" /></testcase>', '<testcase><error message="x" /></testcase>'
    report.write_text(f"<testsuite>{failed}{broken}</testsuite>")

    assert not read_report(report).is_proof
