"""Whether the process lives and can work, as load balancers ask it."""

from dataclasses import replace

import pytest
from flask import Flask

from advisor.services.ports import JournalUnavailable
from advisor.services.world import World
from advisor.web.context import EXTENSION, Parts
from tests.web.apps import an_app
from tests.world import a_world


class NoJournal:
    """A journal that is out of reach."""

    epoch = "e"

    def head(self) -> int:
        raise JournalUnavailable("the database does not answer")


def an_unready_app(*missing: str, world: World | None = None) -> Flask:
    """An application that still misses something."""
    app = an_app()
    parts: Parts = app.extensions[EXTENSION]
    app.extensions[EXTENSION] = replace(parts, ready=lambda: missing, world=world or parts.world)
    return app


@pytest.mark.parametrize("prefix", ["", "/api/v1"])
@pytest.mark.parametrize("name", ["healthz", "readyz"])
def test_both_are_answered_at_the_root_and_in_the_interface_to_anybody(prefix: str, name: str) -> None:
    answer = an_app().test_client().get(f"{prefix}/{name}")

    assert (answer.status_code, answer.get_json()["status"]) == (200, "pass")


def test_process_that_misses_something_lives_but_is_not_ready() -> None:
    client = an_unready_app("advice").test_client()

    answer = client.get("/readyz")

    assert client.get("/healthz").status_code == 200
    assert (answer.status_code, answer.get_json()["missing"]) == (503, ["advice"])


def test_process_without_a_journal_is_not_ready() -> None:
    world = replace(a_world(), journal=NoJournal())  # type: ignore[arg-type]

    answer = an_unready_app(world=world).test_client().get("/readyz")

    assert (answer.status_code, answer.get_json()["missing"]) == (503, ["journal"])
