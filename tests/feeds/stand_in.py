"""A local stand-in for a source over HTTP, that answers as it is told and counts what it is asked."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    stand_in: "StandIn"

    def do_GET(self) -> None:
        if self.stand_in.is_closed:
            self.close_connection = True
            return
        self.stand_in.asked.append({name.lower(): value for name, value in self.headers.items()})
        etag = self.stand_in.etag
        if etag and self.headers.get("If-None-Match") == etag:
            self._head(304, {"ETag": etag})
            return
        body = self.stand_in.body
        length = {"Content-Length": str(len(body))}
        self._head(self.stand_in.status, {**({"ETag": etag} if etag else {}), **self.stand_in.headers, **length})
        self._send(body)

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response_only(status)
        if self.stand_in.date is not None:
            self.send_header("Date", format_datetime(self.stand_in.date, usegmt=True))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _send(self, body: bytes) -> None:
        pieces = [body] if not self.stand_in.drip_s else [bytes([byte]) for byte in body]
        try:
            for piece in pieces:
                self.wfile.write(piece)
                time.sleep(self.stand_in.drip_s)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Stay silent."""


class StandIn:
    """Answers every question with `status`, `body` and `headers`; `date` is what its clock says, None for no clock.

    With `etag` it answers a conditional question in kind. `drip_s` lets it pause between single bytes.
    """

    def __init__(self) -> None:
        self.status = 200
        self.body = b"[]"
        self.headers: dict[str, str] = {}
        self.date: datetime | None = None
        self.etag = ""
        self.drip_s = 0.0
        self.is_closed = False
        self.asked: list[dict[str, str]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"stand_in": self}))
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}/status"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """End it: nobody answers any more, on connections that are open neither."""
        self.is_closed = True
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def a_stand_in() -> Iterator[StandIn]:
    """Give a stand-in that ends with the test."""
    server = StandIn()
    try:
        yield server
    finally:
        server.close()
