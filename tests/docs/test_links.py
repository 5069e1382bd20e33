"""Links and pictures of the documents lead somewhere."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT

LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
FENCED = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
ELSEWHERE = ("http://", "https://", "mailto:")


def links(page: Path) -> list[str]:
    return [one or other for one, other in LINK.findall(FENCED.sub("", page.read_text("utf-8")))]


def anchors(page: Path) -> set[str]:
    """Names of the headings of a page, as they are linked to."""
    headings = re.findall(
        r"^#+ (.+)$", re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL), re.MULTILINE
    )
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_and_picture_is_there(page: Path) -> None:
    missing = []
    for link in links(page):
        if link.startswith(ELSEWHERE):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            missing.append(link)

    assert missing == []


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        paths = [(page.parent / link.partition("#")[0]).resolve() for link in links(page) if "://" not in link]
        waiting += [path for path in paths if path.suffix == ".md" and path.is_file()]

    assert set(PAGES) - reached == set()


def test_every_picture_has_words_in_its_place() -> None:
    pictures = [
        picture for page in PAGES for picture in re.findall(r"<img [^>]*>|!\[[^\]]*\]\(", page.read_text("utf-8"))
    ]

    assert [
        picture for picture in pictures if re.search(r'alt=""|!\[\]', picture) or not re.search(r"alt=|!\[", picture)
    ] == []
