"""What is logged: lines of JSON for programs, or text for people; never a position or a fact about a patient.

Requests are logged by their route, not by their address or body. Of an unforeseen error the kind and the places in the
program are logged, not its message: that may quote what was sent.
"""

import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import orjson

REQUESTS = "advisor.requests"
TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

_ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Text(logging.Formatter):
    """Lines for people."""

    def formatException(self, ei: _ExceptionInfo) -> str:  # noqa: N802 - the name that logging calls
        return "\n".join(_without_message(ei))


class JsonLines(logging.Formatter):
    """One JSON object a line; `extra={"figures": {...}}` adds fields to it."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "figures", {}),
        }
        if record.exc_info:
            line["error"] = _without_message(record.exc_info)
        return orjson.dumps(line, default=str).decode()


def set_up_logging(level: str, form: str) -> None:
    """Log to standard error from now on, in the form "json" or "text"."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else Text(TEXT))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel("WARNING")
    # A person at a terminal wants to see what is the matter, not every request.
    logging.getLogger(REQUESTS).setLevel("NOTSET" if form == "json" else "WARNING")


def _without_message(info: _ExceptionInfo) -> list[str]:
    kind, error, trace = info
    if kind is None or error is None:
        return []
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = [] if cause is None else [*_without_message((type(cause), cause, cause.__traceback__)), "which led to"]
    return [*before, *places, f"{kind.__module__}.{kind.__qualname__}"]
