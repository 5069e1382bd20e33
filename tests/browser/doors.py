"""Browser contexts that are already logged in: pages in one share its cache, each keeps its own patient."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Geolocation

from tests.browser.people import PASSWORD

DAM: Geolocation = {"latitude": 52.3731, "longitude": 4.8926, "accuracy": 8}


class Doors:
    """Contexts by who looks and whether the device tells where it is."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url
        self._sessions: dict[str, Any] = {}
        self._kept: dict[tuple[str | None, bool], BrowserContext] = {}

    def find(self, account: str | None, *, gps: bool) -> BrowserContext:
        """Return the context that the pages of an account share."""
        key = account, gps
        if key not in self._kept:
            self._kept[key] = self.make(account, gps=gps, service_workers="block")
        return self._kept[key]

    def make(self, account: str | None, *, gps: bool, **options: Any) -> BrowserContext:
        """Return a context of its own, with its own settings, cache and service worker; whoever asks closes it."""
        where: dict[str, Any] = {"geolocation": DAM, "permissions": ["geolocation"]} if gps else {}
        state = {"storage_state": self._session(account)} if account else {}
        defaults = {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam", "base_url": self._url}
        return self._browser.new_context(**(defaults | where | state | options))

    def close(self) -> None:
        """Close what is shared."""
        for context in self._kept.values():
            context.close()

    def _session(self, account: str) -> Any:
        if account not in self._sessions:
            context = self._browser.new_context(base_url=self._url)
            answer = context.request.post("/api/v1/session", data={"username": account, "password": PASSWORD})
            assert answer.ok, answer.text()
            self._sessions[account] = context.storage_state()
            context.close()
        return self._sessions[account]
