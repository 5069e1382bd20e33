"""Serving on this machine: the addresses, the log-ins, and a clean stop."""

import logging
import signal
import sys
from contextlib import suppress
from socket import SHUT_RD
from types import FrameType

import gevent
from gevent.pool import Pool
from gevent.pywsgi import WSGIHandler, WSGIServer

from advisor.bootstrap.demonstration import DEMONSTRATION_ACCOUNTS, DEMONSTRATION_PASSWORD
from advisor.bootstrap.server import Server
from advisor.settings import Settings

DRAIN_S = 2
"""How long requests that are under way may take after the signal to stop."""


class KeptAlive(WSGIHandler):  # type: ignore[misc] # a library without types
    """Serves one connection; what waits for a next request is let go when the server stops."""

    def read_requestline(self) -> str:
        """Wait for the next request, and read its first line; empty when none comes any more."""
        _waiting.add(self)
        try:
            if self.server.closed:
                self.let_go()
            return str(super().read_requestline())
        finally:
            _waiting.discard(self)

    def let_go(self) -> None:
        """Hear no more than what has arrived."""
        with suppress(OSError):
            self.socket.shutdown(SHUT_RD)


_waiting: set[KeptAlive] = set()


def serve(server: Server, settings: Settings) -> None:
    """Serve until a signal to stop; requests under way are finished, sockets are closed."""
    log = logging.getLogger("server")
    address = settings.host, settings.port
    listener = WSGIServer(address, server.app, log=None, error_log=log, spawn=Pool(), handler_class=KeptAlive)
    try:
        listener.start()
    except OSError as error:
        sys.exit(f"Uitwijk cannot listen on {settings.host}:{settings.port}: {error.strerror}. PORT=… chooses another.")

    def stop() -> None:
        listener.close()
        for connection in list(_waiting):
            connection.let_go()
        server.stop()

    for name in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(name, stop)
    print_welcome(settings, listener.server_port)
    listener.serve_forever(stop_timeout=DRAIN_S)


def stop_with_worker(server: Server) -> None:
    """Stop as soon as the worker of a web server that serves the application is asked to.

    Otherwise its sockets, which never end by themselves, would be cut at the end of its patience, and nobody told.
    """
    before = signal.getsignal(signal.SIGTERM)

    def stop(number: int, frame: FrameType | None) -> None:
        gevent.spawn(server.stop)  # not here: a signal may come in the middle of anything
        if callable(before):
            before(number, frame)

    signal.signal(signal.SIGTERM, stop)


def print_welcome(settings: Settings, port: int) -> None:
    """Print where the pages are, and in the demonstration how to log in."""
    address = f"http://{settings.host}:{port}"
    print(f"Uitwijk serves on {address}")
    if settings.demo:
        print(f"Demonstration: stops and ambulances are invented. Log in with the password {DEMONSTRATION_PASSWORD} as")
        for account in DEMONSTRATION_ACCOUNTS:
            print(f"  {account.name:<12} {account.role:<11} {address}/")
    else:
        print("Add an account with: python -m advisor user add NAME --role nurse")
    sys.stdout.flush()
