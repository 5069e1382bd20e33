"""What the documents say of licences and versions is so."""

import json
import re

from advisor import __version__
from tests.docs.pages import ROOT

ATTRIBUTIONS = (ROOT / "docs" / "ATTRIBUTIONS.md").read_text("utf-8")
ROWS = {
    name: rest
    for name, *rest in re.findall(r"^\| ([\w.-]+) \| ([^|]+) \|(?: ([^|]+) \|)?$", ATTRIBUTIONS, re.MULTILINE)
}


def test_licence_is_the_whole_text() -> None:
    licence = (ROOT / "LICENSE").read_text("utf-8")

    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    articles = re.findall(r"^(\d+)\.\s*[A-Z]", licence, re.MULTILINE)
    assert articles == [str(number) for number in range(1, 16)]
    assert "Compatible Licences" in licence


def test_every_library_of_the_pages_is_named_with_its_version() -> None:
    shipped = re.findall(
        r"^([\w.-]+) ([\d.]+)\n=+$", (ROOT / "static/js/vendor/LICENSES.txt").read_text("utf-8"), re.MULTILINE
    )
    pinned = json.loads((ROOT / "tests/static/package.json").read_text("utf-8"))["devDependencies"]

    assert len(shipped) == 5
    assert [name for name, version in shipped if ROWS.get(name, [""])[0] != version or pinned[name] != version] == []


def test_every_library_of_the_server_is_named() -> None:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    needed = {re.split(r"[=\[]", line)[0] for line in lines if line and not line.startswith("#")}

    assert needed - ROWS.keys() == set()


def test_changelog_tells_of_this_version() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)

    assert headings[0] in {"Unreleased", __version__}
