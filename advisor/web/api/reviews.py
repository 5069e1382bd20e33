"""The review of choices: the queue, and the same as CSV."""

import csv
import io
import time
from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from flask import Blueprint, Response, request

from advisor.kernel import Interval
from advisor.services.access import Actor
from advisor.services.review_queue import (
    ReviewItem,
    ReviewKind,
    ReviewQuery,
    ReviewState,
    list_reviews,
    review_item_document,
)
from advisor.services.sheets import harmless
from advisor.services.world import World
from advisor.web.access_log import note_rides
from advisor.web.answer import answer
from advisor.web.auth import require_actor
from advisor.web.context import now, parts
from advisor.web.fields import Fields
from advisor.web.render import render_optional_time, render_time

PERIOD_USUAL = timedelta(days=7)
PERIOD_LONGEST = timedelta(days=92)
ITEMS_MOST = 500
COLUMNS = (
    *("ride", "opened_at", "crew", "kinds", "advised", "chosen", "rank", "class", "reason", "consults"),
    *("refused", "arrived_at", "state", "verdict_by", "verdict_at", "note"),
)

routes = Blueprint("reviews", __name__)


@routes.get("/reviews")
def queue() -> Response:
    """List what is to be reviewed, the latest first; `more` tells that the list was cut."""
    actor, query = require_actor(), _parse()
    items = _list(query, actor)
    note_rides(item.ride for item in items[:ITEMS_MOST])
    return answer(
        {
            "from": render_time(query.period.start),
            "until": render_optional_time(query.period.end),
            "items": [review_item_document(item, actor) for item in items[:ITEMS_MOST]],
            "more": len(items) > ITEMS_MOST,
        }
    )


@routes.get("/reviews.csv")
def export() -> Response:
    """Give all of it as CSV."""
    actor = require_actor()
    items = _list(_parse(), actor)
    note_rides(item.ride for item in items)
    response = Response(_csv(items, parts().world), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="beoordelingen.csv"'
    return response


def _list(query: ReviewQuery, actor: Actor) -> tuple[ReviewItem, ...]:
    return list_reviews(query, actor=actor, now=now(), world=parts().world, pause=partial(time.sleep, 0))


def _parse() -> ReviewQuery:
    fields = Fields(request.args.to_dict())
    until = fields.find_moment("until") or now()
    start = fields.find_moment("from") or until - PERIOD_USUAL
    kind, state = fields.find_choice("kind", ReviewKind), fields.find_choice("state", ReviewState)
    if not start < until:
        fields.complain("from", "must be before the end of the period")
    elif until - start > PERIOD_LONGEST:
        fields.complain("from", f"the period may be {PERIOD_LONGEST.days} days at most")
    fields.finish()
    return ReviewQuery(period=Interval(start=start, end=until), kind=kind, state=state)


def _csv(items: Iterable[ReviewItem], world: World) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for item in items:
        writer.writerow(map(harmless, _row(item, world)))
    return text.getvalue()


def _row(item: ReviewItem, world: World) -> tuple[object, ...]:
    ride = item.ride
    review = ride.reviews[-1] if ride.reviews else None
    names = {hospital.id: hospital.name for hospital in world.registry}
    return (
        ride.id,
        render_time(ride.opened_at),
        ride.opened_by,
        " ".join(item.kinds),
        names.get(item.first, item.first) if item.first else "",
        names.get(ride.hospital, ride.hospital) if ride.hospital else "",
        ride.rank or "",
        ride.outcome or "",
        ride.reason,
        " ".join(f"{hospital}:{outcome}" for hospital, outcome in ride.consults.items()),
        " ".join(f"{each.hospital}:{each.reason}" for each in ride.refused),
        render_optional_time(ride.arrived_at) or "",
        item.state,
        review.by if review else "",
        render_time(review.at) if review else "",
        review.note if review else "",
    )
