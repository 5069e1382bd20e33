"""Pictures for installing, drawn from the one icon: `python -m tests.browser.icons`.

Home screens of Apple take no SVG, and show a picture while the page starts only in the exact size of the screen.
"""

import os
import shutil
import sys

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import ARGUMENTS
from tests.web.server import ROOT

ICONS = ROOT / "static" / "icons"
TOUCH_PX = 180
SPLASHES = {
    "iphone": (390, 844, 3),
    "iphone-plus": (430, 932, 3),
    "ipad": (820, 1180, 2),
    "ipad-lying": (1180, 820, 2),
    "ipad-mini": (744, 1133, 2),
    "ipad-pro": (1024, 1366, 2),
}
"""Width and height in CSS pixels, and device pixels in each."""
NIGHT, DAY, ICON_SHARE = "#0a1016", "#0a5fc4", 0.3


def main() -> int:
    """Draw them all."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    (ICONS / "splash").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        draw(browser, "touch-180", (TOUCH_PX, TOUCH_PX, 1), share=1.0)
        for name, size in SPLASHES.items():
            draw(browser, f"splash/{name}", size, share=ICON_SHARE)
        browser.close()
    return 0


def draw(browser: Browser, name: str, size: tuple[int, int, int], *, share: float) -> None:
    """Draw the icon in the middle of the night."""
    width, height, ratio = size
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=ratio)
    icon = (ICONS / "icon.svg").read_text("utf-8")
    side = min(width, height) * share
    ground = NIGHT if share < 1 else DAY
    page.set_content(
        f'<body style="margin:0;height:100vh;display:grid;place-items:center;background:{ground}">'
        f'<div style="width:{side}px;height:{side}px">{icon}</div>'
    )
    page.screenshot(path=ICONS / f"{name}.png")
    page.close()


if __name__ == "__main__":
    sys.exit(main())
