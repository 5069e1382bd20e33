"""The command that lists what another edition would change."""

import argparse
from importlib.resources import files
from pathlib import Path

import pytest

from advisor.__main__ import main
from advisor.bootstrap.material import load_editions
from advisor.commands.compare import compare, find_edition, generated_cases, run
from advisor.kernel import InvalidInput
from advisor.protocol.model import Outcome, Suspicion


def edition_file(tmp_path: Path, old: str, new: str) -> str:
    text = (files("advisor.protocol") / "editions" / "nhfl-2.0.toml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "changed.toml"
    file.write_text(text.replace(old, new).replace('id = "nhfl-2.0"', 'id = "changed"'), encoding="utf-8")
    return str(file)


def test_edition_does_not_differ_from_itself() -> None:
    edition = load_editions().regional[0]

    assert next(compare(edition, edition, generated_cases([Suspicion.STEMI])), None) is None


def test_shorter_grace_changes_only_who_relied_on_it(tmp_path: Path) -> None:
    editions = load_editions()
    shorter = find_edition(edition_file(tmp_path, 'grace = [20, "min", "2.3"]', 'grace = [10, "min", "2.3"]'), editions)

    differences = list(compare(editions.regional[0], shorter, generated_cases([Suspicion.GENERAL, Suspicion.CARDIAC])))

    assert {(one.before.outcome, one.after.outcome) for one in differences} == {
        (Outcome.WELCOME_EXCEPTION, Outcome.CONSULT)
    }
    assert all("announced in time" in one.case.words and "15 min after" in one.case.words for one in differences)


def test_command_counts_the_differences_and_names_the_editions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = edition_file(tmp_path, "code_orange = true", "code_orange = false")

    status = run(
        argparse.Namespace(journal=False, edition_a="nhfl-2.0", edition_b=changed, suspicion="general", all=False)
    )

    printed = capsys.readouterr().out
    assert status == 1
    assert "divert -> consult: " in printed
    assert "changed: SEH oranje tot" in printed
    assert printed.rstrip().endswith("cases differ between nhfl-2.0 and changed")


def test_command_is_content_without_differences(capsys: pytest.CaptureFixture[str]) -> None:
    status = run(
        argparse.Namespace(journal=False, edition_a="national", edition_b="national", suspicion="ccu", all=True)
    )

    assert status == 0
    assert capsys.readouterr().out.startswith("0 of ")


def test_unknown_edition_is_told_which_ones_there_are() -> None:
    with pytest.raises(InvalidInput, match=r"neither a file nor one of the editions national, nhfl-2\.0"):
        find_edition("nhfl-9", load_editions())


def test_wrong_edition_file_is_told_what_is_wrong(tmp_path: Path) -> None:
    file = edition_file(tmp_path, 'grace = [20, "min", "2.3"]', "grace = 1")

    with pytest.raises(InvalidInput, match=r"changed\.toml: numbers\.grace"):
        find_edition(file, load_editions())


def test_advices_of_the_journal_are_compared_and_counted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UITWIJK_VAR", str(tmp_path))

    status = main(["compare", "nhfl-2.0", "national", "--journal"])

    assert (status, capsys.readouterr().out.splitlines()[-1]) == (
        0,
        "0 of 0 advices differ between nhfl-2.0 and national",
    )
