"""What the documents say of licences and versions is so."""

import json
import re
from collections.abc import Mapping
from importlib.metadata import metadata, requires

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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


def test_every_library_of_the_server_is_named_with_its_licence() -> None:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    installed = _brought_along([Requirement(line) for line in lines])

    named = {canonicalize_name(name): row[0].strip() for name, row in ROWS.items()}
    assert [name for name in installed if not _is_licence(named.get(name, ""), metadata(name))] == []


def _brought_along(needed: list[Requirement]) -> set[str]:
    """Give the names of the packages, and of all that they need in turn."""
    found: set[tuple[str, str]] = set()
    while needed:
        requirement = needed.pop()
        for extra in {"", *requirement.extras}:
            if (key := (canonicalize_name(requirement.name), extra)) in found:
                continue
            found.add(key)
            each = (Requirement(text) for text in requires(requirement.name) or [])
            needed += [one for one in each if one.marker is None or one.marker.evaluate({"extra": extra})]
    return {name for name, _ in found}


def _is_licence(named: str, told: Mapping[str, str]) -> bool:
    """Hold a licence against what a package tells: exactly, or only its family, or nothing at all."""
    if exact := told.get("License-Expression"):
        return named == exact
    family = " ".join(text for key, text in told.items() if key == "License" or "License ::" in text)
    return bool(named) and named.split("-", 1)[0] in (family or named)


def test_changelog_tells_of_this_version() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)

    assert headings[0] in {"Unreleased", __version__}
