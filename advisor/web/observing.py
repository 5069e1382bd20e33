"""Counts and logs every request when it is answered."""

import logging
import time

from flask import Flask, Response, g, request

from advisor.web.context import parts
from advisor.web.logs import REQUESTS

UNMATCHED = "(none)"

log = logging.getLogger(REQUESTS)


def observe(app: Flask) -> None:
    """Begin to count and log the requests of an application."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.get("began", time.perf_counter())
        # The route and not the path: that may hold where somebody is, and would be a label without end.
        route = UNMATCHED if request.url_rule is None else request.url_rule.rule
        parts().metrics.note_request(request.method, route, response.status_code, seconds)
        known = g.get("known")
        figures = {
            "method": request.method,
            "route": route,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "role": None if known is None else known.actor.role,
        }
        log.info("request", extra={"figures": figures})
        return response
