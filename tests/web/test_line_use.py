"""Who works over the live line alone keeps the session."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advisor.live.hints import NoHints
from advisor.live.hub import Hub
from advisor.services.log_in import digest_of
from advisor.web.metrics import Metrics
from advisor.web.realtime import create_socketio
from advisor.web.sockets import Line, SocketOutlet
from tests.web.apps import an_app, log_in
from tests.world import NOW, a_world, all_green

HERE = {"position": {"lat": 52.1, "lon": 5.0}}
LATER = NOW + timedelta(hours=3)


@pytest.mark.parametrize(("event", "payload", "kept"), [("position", HERE, True), ("advice:unwatch", {}, False)])
def test_session_is_kept_by_what_its_crew_does_on_the_line(event: str, payload: object, kept: bool) -> None:
    now = [NOW]
    world = replace(a_world(*all_green()), clock=lambda: now[0])
    app = an_app(world=world)
    socketio = create_socketio(app, ())
    outlet = SocketOutlet(socketio, world, Metrics())
    Line(socketio, outlet, Hub(outlet, world, NoHints())).open(app)
    session = log_in(app, "verpleegkundige")
    line = socketio.test_client(app, auth={"token": session.token})

    now[0] = LATER
    answer = line.emit(event, payload, callback=True)

    assert "problem" not in answer
    held = world.sessions.find(digest_of(session.token))
    assert held is not None
    assert held.idle_until == (LATER if kept else NOW) + world.limits.idle
