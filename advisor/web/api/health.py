"""Whether the process lives, and whether it can do its work; for load balancers, also outside the interface."""

from flask import Blueprint, Response

from advisor.services.ports import JournalUnavailable
from advisor.web.answer import answer
from advisor.web.context import parts

routes = Blueprint("health", __name__)


@routes.get("/healthz")
def healthz() -> Response:
    """Answer as long as the event loop turns."""
    return answer({"status": "pass"})


@routes.get("/readyz")
def readyz() -> Response:
    """Answer 200 when the journal answers and an advice has been worked out, else 503 with what is missing."""
    missing = list(parts().ready())
    try:
        head = parts().world.journal.head()
    except JournalUnavailable:
        head = None
        missing.append("journal")
    status = "fail" if missing else "pass"
    return answer({"status": status, "missing": missing, "seq": head}, 503 if missing else 200)
