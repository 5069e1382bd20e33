"""An application over the invented region, and clients that are logged in."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from advisor.bootstrap.feeds import make_formats
from advisor.feeds.config import FeedsConfig
from advisor.journal.events import Event
from advisor.kernel import HospitalId
from advisor.reports.desk import ReportDesk
from advisor.services.access import Role
from advisor.services.accounts import Account
from advisor.services.api_keys import Scope
from advisor.services.manage_keys import AddKey, add_key
from advisor.services.world import World
from advisor.web.context import EXTENSION, NetworkMap, Parts
from advisor.web.factory import create_app
from advisor.web.throttle import Throttle
from tests.world import ADMIN, NOW, REGION, a_world

STATIC = Path(__file__).parents[2] / "static"
PASSWORD = "een lang wachtwoord"
OVERKANT_MKA = "MKA Overkant"

ACCOUNTS = {
    "verpleegkundige": Account(name="verpleegkundige", role=Role.NURSE, created_at=NOW),
    "collega": Account(name="collega", role=Role.NURSE, created_at=NOW),
    "meldkamer": Account(name="meldkamer", role=Role.DISPATCHER, created_at=NOW),
    "regiomeldkamer": Account(name="regiomeldkamer", role=Role.DISPATCHER, region=REGION, created_at=NOW),
    "buurmeldkamer": Account(name="buurmeldkamer", role=Role.DISPATCHER, region=OVERKANT_MKA, created_at=NOW),
    "mma": Account(name="mma", role=Role.MMA, created_at=NOW),
    "veldstad": Account(name="veldstad", role=Role.HOSPITAL, hospital="veldstad", created_at=NOW),
    "oeverdam": Account(name="oeverdam", role=Role.HOSPITAL, hospital="oeverdam", created_at=NOW),
    "huisarts": Account(name="huisarts", role=Role.GP, created_at=NOW),
    "beheer": Account(name="beheer", role=Role.ADMIN, created_at=NOW),
}


def an_app(*events: Event, world: World | None = None, **more: Any) -> Flask:
    """Return an application in which `events` have happened and everybody has an account; `more` parts at will."""
    world = a_world(*events) if world is None else world
    _give_accounts(world)
    network_map = NetworkMap(
        id="one-road",
        schematic=True,
        label="één weg",
        attribution="verzonnen",
        bounds=(5.0, 52.0, 6.0, 52.2),
        tiles=lambda z, x, y: [(0, [0, 0, z, x + y])],
    )
    parts = Parts(
        world=world,
        secret_key="k" * 32,
        demo=False,
        version="9.9.9",
        static=STATIC,
        network_map=network_map,
        places=(("Veldstad", world.registry.get_hospital("veldstad").position),),
        formats=make_formats(FeedsConfig(), world.registry.hospitals, lambda work: work()),
        reports=ReportDesk(),
        geocoder=lambda query: [(f"{query} 1", world.registry.get_hospital("overkant").position)],
        **more,
    )
    return create_app(parts)


def moved(app: Flask, world: World) -> Flask:
    """Let an application work in another world, where everybody has an account too; much quicker than a new one."""
    _give_accounts(world)
    app.extensions[EXTENSION] = replace(app.extensions[EXTENSION], world=world, throttle=Throttle())
    return app


def _give_accounts(world: World) -> None:
    for account in ACCOUNTS.values():
        world.accounts.add(account, world.passwords.hash(PASSWORD))


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who is logged in and calls with a bearer token."""

    client: FlaskClient
    token: str

    def call(self, method: str, path: str, body: Any = None, *, key: str = "", **more: Any) -> TestResponse:
        """Send a request under `/api/v1`; `key` is that of one press of a button."""
        headers = {"Authorization": f"Bearer {self.token}"} | ({"Idempotency-Key": key} if key else {})
        sent = {"data": body, "content_type": "application/xml"} if isinstance(body, bytes) else {"json": body}
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **sent, **more)

    def get(self, path: str) -> TestResponse:
        return self.call("GET", path)

    def post(self, path: str, body: Any = None, *, key: str = "") -> TestResponse:
        return self.call("POST", path, body, key=key)


def log_in(app: Flask, name: str) -> Caller:
    """Log somebody in."""
    client = app.test_client(use_cookies=False)
    answer = client.post("/api/v1/session", json={"username": name, "password": PASSWORD})
    return Caller(client, answer.get_json()["token"])


def with_key(app: Flask, *scopes: Scope, hospitals: Collection[str] = (), source: str = "systeem") -> Caller:
    """Return another system that has a key; with every scope when none is named."""
    world = app.extensions[EXTENSION].world
    command = AddKey(source=source, scopes=frozenset(scopes or Scope), hospitals=frozenset(map(HospitalId, hospitals)))
    made = add_key(command, actor=ADMIN, now=NOW, world=world)
    return Caller(app.test_client(use_cookies=False), made.token)
