"""The hospitals and their departments in FHIR R4."""

import orjson
from flask import Blueprint, Response, request

from advisor.kernel import InvalidInput
from advisor.services.publish_statuses import publish_statuses
from advisor.web.context import now, parts
from advisor.web.formats import FHIR
from advisor.web.keys import require_reader

routes = Blueprint("fhir", __name__)


@routes.get("/fhir/metadata")
def metadata() -> Response:
    """Tell what can be asked; open, as the standard wants it."""
    return _answer(parts().formats.fhir.capability(parts().version, _base(), now()))


@routes.get("/fhir/Location")
def locations() -> Response:
    """Find sites."""
    return _search("Location")


@routes.get("/fhir/Location/<location_id>")
def location(location_id: str) -> Response:
    """Give a site."""
    return _read("Location", location_id)


@routes.get("/fhir/HealthcareService")
def services() -> Response:
    """Find departments."""
    return _search("HealthcareService")


@routes.get("/fhir/HealthcareService/<service_id>")
def service(service_id: str) -> Response:
    """Give a department."""
    return _read("HealthcareService", service_id)


def _search(kind: str) -> Response:
    require_reader()
    moment = now()
    hospitals = publish_statuses(now=moment, world=parts().world)
    writer = parts().formats.fhir
    try:
        return _answer(writer.search(kind, hospitals, request.args.to_dict(), _base(), moment))
    except InvalidInput as error:
        return _answer(writer.outcome("not-supported", str(error)), 400)


def _read(kind: str, identity: str) -> Response:
    require_reader()
    moment = now()
    hospitals = publish_statuses(now=moment, world=parts().world)
    writer = parts().formats.fhir
    entries = writer.search(kind, hospitals, {"_id": identity.replace(",", "")}, _base(), moment)["entry"]
    if not entries:
        return _answer(writer.outcome("not-found", f"there is no {kind} {identity}"), 404)
    return _answer(entries[0]["resource"])


def _base() -> str:
    return f"{request.host_url.rstrip('/')}/api/v1/fhir"


def _answer(resource: object, status: int = 200) -> Response:
    return Response(orjson.dumps(resource), status=status, mimetype=FHIR)
