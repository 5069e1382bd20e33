"""The pages themselves and the files they are made of."""

from collections.abc import Collection
from functools import lru_cache, partial
from pathlib import Path

from flask import Blueprint, Response, redirect, send_from_directory
from werkzeug.wrappers import Response as AnyResponse

from advisor.services.access import Role
from advisor.services.pair_device import PAIRERS
from advisor.services.reporting import PER_HOSPITAL
from advisor.services.see_rides import SUPERVISORS
from advisor.web.auth import find_actor
from advisor.web.headers import nonce

PLACEHOLDER = "{{ nonce }}"
HOMES = {Role.HOSPITAL: "/hospital", Role.GP: "/gp", Role.DISPATCHER: "/dispatch", Role.MMA: "/quality"}
"""The page that a role starts on, where it is not the nurse's: a GP gets no advice, but may see the region."""


FOR_ROLES: dict[str, tuple[str, Collection[Role]]] = {
    "/hospital": ("hospital.html", tuple(role for role in Role if role is not Role.GP)),
    "/gp": ("gp.html", (Role.GP, Role.ADMIN)),
    "/dispatch": ("dispatch.html", SUPERVISORS),
    "/quality": ("quality.html", PER_HOSPITAL),
    "/pair": ("pair.html", PAIRERS),
}
"""Pages by address: their file, and whom they are for; others are led to their own."""


def create_pages(folder: Path) -> Blueprint:
    """Serve the pages of `folder`; a page may hold `{{ nonce }}`, which becomes this answer's nonce."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    def home() -> AnyResponse:
        actor = find_actor()
        if actor is None:
            return redirect("/login")
        if actor.role in HOMES:
            return redirect(HOMES[actor.role])
        return _page(folder / "index.html")

    @pages.get("/login")
    def login() -> AnyResponse:
        return _page(folder / "login.html")

    for address, (name, roles) in FOR_ROLES.items():
        pages.add_url_rule(address, name.removesuffix(".html"), partial(_page_for, folder / name, roles))

    @pages.get("/sw.js")
    def service_worker() -> AnyResponse:
        return _file(folder, "sw.js")

    @pages.get("/manifest.webmanifest")
    def manifest() -> AnyResponse:
        return _file(folder, "manifest.webmanifest")

    @pages.get("/favicon.ico")
    def icon() -> AnyResponse:
        return redirect("/static/icons/icon.svg")

    @pages.get("/static/<path:name>")
    def static_file(name: str) -> AnyResponse:
        return _file(folder, name)

    return pages


def _page_for(path: Path, roles: Collection[Role]) -> AnyResponse:
    actor = find_actor()
    if actor is None:
        return redirect("/login")
    return _page(path) if actor.role in roles else redirect("/")


def _page(path: Path) -> Response:
    text = _text(path, path.stat().st_mtime_ns)
    return Response(text.replace(PLACEHOLDER, nonce()), mimetype="text/html")


@lru_cache(maxsize=16)
def _text(path: Path, _changed_ns: int) -> str:
    return path.read_text("utf-8")


def _file(folder: Path, name: str) -> AnyResponse:
    response = send_from_directory(folder.resolve(), name, conditional=True)
    # Always asked again, answered with 304 when nothing changed: no stale script beside a fresh one.
    response.headers["Cache-Control"] = "no-cache"
    if name.endswith(".webmanifest"):
        response.mimetype = "application/manifest+json"
    if response.mimetype != "image/png":
        # Read at once: what is compressed is compressed whole.
        response.direct_passthrough = False
        response.make_sequence()
    return response
