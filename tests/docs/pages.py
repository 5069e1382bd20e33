"""The documents of the project, and the commands that stand in them."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(
    r"(<!-- tried: (?P<tried>.+?) -->\n)?```(?P<kind>sh|console|bash|shell)\n(?P<text>.*?)```", re.DOTALL
)
OPTIONAL = re.compile(r"\[(--[^\]]+)\]")
"""What may be left out of a command is written in brackets; here it is all typed."""
PYTHON = ("python", ".venv/bin/python", "python3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command of a document, as it is typed; `tried` names the test block it belongs to, "" for none."""

    page: str
    words: tuple[str, ...]
    text: str
    tried: str

    @property
    def advisor(self) -> tuple[str, ...] | None:
        """What follows `python -m advisor`; None for another command."""
        called = self.words[0] in PYTHON and self.words[1:3] == ("-m", "advisor")
        return self.words[3:] if called else None


def commands() -> list[Command]:
    """Every command of every document, in their order."""
    return [command for page in PAGES for command in _of(page)]


def block(page: str, holding: str) -> str:
    """Return the text of the one block of a page that holds some words."""
    (found,) = [each["text"] for each in BLOCK.finditer((ROOT / page).read_text("utf-8")) if holding in each["text"]]
    return found


def _of(page: Path) -> Iterator[Command]:
    for found in BLOCK.finditer(page.read_text("utf-8")):
        lines = found["text"].replace("\\\n", " ").splitlines()
        if found["kind"] == "console":
            lines = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
        for line in lines:
            typed = OPTIONAL.sub(r"\1", line)
            words = tuple(word for word in shlex.split(typed, comments=True) if "=" not in word or word.startswith("-"))
            if words:
                yield Command(
                    page=str(page.relative_to(ROOT)), words=words, text=line.strip(), tried=found["tried"] or ""
                )
