"""Makes the web application out of its parts."""

from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from advisor.web.access_log import keep_access_log
from advisor.web.api import (
    access,
    advice,
    board,
    closures,
    control,
    description,
    devices,
    feeds,
    fhir,
    health,
    hospitals,
    lapses,
    me,
    metrics,
    network,
    package,
    past,
    places,
    plans,
    reach,
    reports,
    reviews,
    rides,
    session,
    stops,
    supervision,
)
from advisor.web.auth import check_path, check_trust
from advisor.web.compressing import compress_answers
from advisor.web.context import BODY_LONGEST_BYTES, EXTENSION, Parts, live_figures
from advisor.web.headers import add_headers
from advisor.web.observing import observe
from advisor.web.openid import create_openid
from advisor.web.pages import create_pages
from advisor.web.problems import handle_problems
from advisor.web.reading import pages as reading

PREFIX = "/api/v1"
RESOURCES = (
    session,
    me,
    access,
    devices,
    hospitals,
    board,
    stops,
    plans,
    lapses,
    advice,
    rides,
    supervision,
    control,
    reviews,
    reports,
    past,
    network,
    package,
    places,
    closures,
    reach,
    description,
    feeds,
    fhir,
)

FOR_OPERATORS = (health, metrics)
"""What load balancers and Prometheus read: in the interface, and at the root where they look for it."""


def create_app(parts: Parts) -> Flask:
    """Make the application; it holds no state of its own beyond `parts`."""
    app = Flask("advisor.web", static_folder=None)
    app.extensions[EXTENSION] = parts
    app.config["MAX_CONTENT_LENGTH"] = BODY_LONGEST_BYTES
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    compress_answers(app)
    api = Blueprint("api", __name__, url_prefix=PREFIX)
    api.before_request(check_path)
    api.before_request(check_trust)
    for resource in RESOURCES:
        api.register_blueprint(resource.routes)
    for resource in FOR_OPERATORS:
        api.register_blueprint(resource.routes)
        app.register_blueprint(resource.routes)
    app.register_blueprint(api)
    app.register_blueprint(create_pages(parts.static))
    app.register_blueprint(reading)
    if parts.openid is not None:
        app.register_blueprint(create_openid(app, parts.openid, parts.secret_key))
    parts.metrics.watch(parts.world, live_figures)
    observe(app)
    keep_access_log(app)
    add_headers(app)
    handle_problems(app)
    return app


def trust_proxies(app: Flask, count: int) -> None:
    """Believe the forwarding headers of so many proxies in front; the last thing to be wrapped around all others."""
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
