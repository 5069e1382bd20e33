"""What axe finds on a page, by day and by night; and targets that are too small for a glove."""

from pathlib import Path
from typing import Any, Literal, get_args

import pytest
from playwright.sync_api import Page, ViewportSize

AXE = Path(__file__).parents[1] / "static" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Scheme = Literal["light", "dark"]

SMALL_TARGETS = """
() => [...document.querySelectorAll('a[href], button, input, select')].flatMap((element) => {
  const label = element.closest('label.toggle') ?? element;
  const target = element.classList.contains('opener') ? element.closest('.row-face') : label;
  const box = target.getBoundingClientRect();
  const hidden = box.bottom < 0 || box.width === 0 || getComputedStyle(target).visibility === 'hidden';
  const fits = box.width >= 55.5 && box.height >= 55.5;
  return hidden || fits ? [] : [`${element.outerHTML.slice(0, 90)} ${box.width}x${box.height}`];
})
"""


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands, by day and by night."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: `npm ci`")
    # The page's own policy forbids foreign scripts; what is evaluated by the debugger is not one.
    page.evaluate(AXE.read_text("utf-8"))
    return [line for scheme in get_args(Scheme) for line in violations_in(page, scheme)]


def violations_in(page: Page, scheme: Scheme) -> list[str]:
    """What axe finds in one colour scheme."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found: Any = page.evaluate("(tags) => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS)
    return [
        f"{scheme}: {item['id']}: {node['target']} {node['failureSummary']}"
        for item in found["violations"]
        for node in item["nodes"]
    ]


def small_targets(page: Page, size: ViewportSize) -> Any:
    """The targets that are too small on a screen of a size."""
    page.set_viewport_size(size)
    return page.evaluate(SMALL_TARGETS)
