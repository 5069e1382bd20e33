"""Errors as RFC 9457 problems: one table from exception to status, title and words."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

import orjson
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from advisor.hospitals.model import UnknownHospital
from advisor.journal.checkpoint import UnreadableCheckpoint
from advisor.journal.codec import UnreadableEvent
from advisor.journal.fold import OutOfOrder
from advisor.journal.receipt import UnreadableReceipt
from advisor.kernel import AdvisorError, InvalidInput
from advisor.protocol.edition import NoEditionForDate
from advisor.roads.closures import NoSuchRoad
from advisor.roads.model import NetworkFileError, NoRoute, OffNetwork
from advisor.services.access import Forbidden
from advisor.services.authenticate import NotLoggedIn
from advisor.services.get_advice import DamagedReceipt
from advisor.services.hear_feed import UnreadableFeed
from advisor.services.log_in import WrongCredentials
from advisor.services.openid import NotVouchedFor, ProviderUnavailable
from advisor.services.pair_device import WrongPairingCode
from advisor.services.ports import JournalUnavailable, NameTaken, TooManyAttempts
from advisor.services.reference import ReferenceMissing
from advisor.services.refusals import Conflict, NotFound, Wording
from advisor.services.second_factor import SecondFactorMissing, SecondFactorNeeded, UnreadableSecret, WrongCode
from advisor.services.security import NoKey
from advisor.web.dutch import in_dutch

MEDIA_TYPE = "application/problem+json"
RETRY_S = 5


class WrongToken(AdvisorError, PermissionError):
    """A request with a cookie that changes something came without the right token, or from another site."""


class Malformed(AdvisorError, ValueError):
    """A body that is not JSON at all."""


class NoSuchEvent(AdvisorError, LookupError):
    """A socket event that nobody listens to."""


class TooManyRequests(AdvisorError, PermissionError):
    """Somebody asks faster than any person or vehicle needs."""

    def __init__(self, retry_after_s: float) -> None:
        self.retry_after_s = max(1, ceil(retry_after_s))
        super().__init__(f"too many requests; try again in {self.retry_after_s} s")


@dataclass(frozen=True, slots=True)
class Row:
    """How one kind of error goes out: its status, its stable name, its title and the words about this case."""

    status: int
    slug: str
    title: Wording
    detail: Callable[[Exception], Wording] | None = None


def _in_english(error: Exception) -> Wording:
    return Wording(nl=str(error), en=str(error))


def _invalid(error: Exception) -> Wording:
    count = len(error.problems) if isinstance(error, InvalidInput) else 1
    return Wording(
        nl=f"{count} {'fout' if count == 1 else 'fouten'} in de invoer; niets is veranderd.",
        en=f"{count} {'problem' if count == 1 else 'problems'} in the input; nothing was changed.",
    )


def _off_network(error: Exception) -> Wording:
    if not isinstance(error, OffNetwork):
        return _in_english(error)
    km, limit_km = error.distance_m / 1000, error.limit_m / 1000
    return Wording(
        nl=f"De dichtstbijzijnde weg van dit wegennet ligt op {km:.1f} km; de grens is {limit_km:.1f} km.",
        en=f"The nearest road of this network is {km:.1f} km away; the limit is {limit_km:.1f} km.",
    )


def _no_such_road(_: Exception) -> Wording:
    return Wording(
        nl="Bij deze punten ligt geen weg van dit wegennet; er is niets afgesloten.",
        en="No road of this network lies at these points; nothing was closed.",
    )


def _wait(error: Exception) -> Wording:
    seconds = getattr(error, "retry_after_s", RETRY_S)
    return Wording(nl=f"Probeer het over {seconds} s opnieuw.", en=f"Try again in {seconds} s.")


def _conflict(error: Exception) -> Wording:
    return error.detail if isinstance(error, Conflict) else _in_english(error)


def _forbidden(error: Exception) -> Wording:
    role = error.actor.role.value if isinstance(error, Forbidden) else ""
    return Wording(nl=f"Dit account ({role}) heeft hier geen recht op.", en=f"This account ({role}) may not do this.")


def _ask_an_admin(_: Exception) -> Wording:
    return Wording(
        nl="Een beheerder stelt de tweede factor in: python -m advisor user totp NAAM.",
        en="An administrator sets the second factor up: python -m advisor user totp NAME.",
    )


_UNREADABLE = Wording(nl="Vastgelegde gegevens zijn onleesbaar", en="What was written down cannot be read")

ROWS: dict[type[Exception], Row] = {
    InvalidInput: Row(
        422, "invalid-input", Wording(nl="De invoer klopt niet", en="The input cannot be used"), _invalid
    ),
    Malformed: Row(
        400,
        "malformed",
        Wording(nl="Dit is geen JSON", en="This is not JSON"),
    ),
    UnreadableFeed: Row(
        400, "unreadable", Wording(nl="Dit document is niet te lezen", en="This document cannot be read")
    ),
    NotLoggedIn: Row(401, "not-logged-in", Wording(nl="Niet aangemeld", en="Not logged in")),
    WrongCredentials: Row(
        401, "wrong-credentials", Wording(nl="Naam en wachtwoord horen niet bij elkaar", en="Wrong name or password")
    ),
    SecondFactorNeeded: Row(
        401,
        "second-factor-needed",
        Wording(nl="Code van de tweede factor nodig", en="Code of the second factor needed"),
    ),
    WrongCode: Row(
        401, "wrong-code", Wording(nl="De code klopt niet of is al gebruikt", en="The code is wrong or was used before")
    ),
    SecondFactorMissing: Row(
        403,
        "second-factor-missing",
        Wording(nl="Dit account heeft nog geen tweede factor", en="This account has no second factor yet"),
        _ask_an_admin,
    ),
    UnreadableSecret: Row(
        503,
        "second-factor-unreadable",
        Wording(nl="De tweede factor is onleesbaar", en="The second factor cannot be read"),
        _ask_an_admin,
    ),
    NoKey: Row(503, "no-key", Wording(nl="De server heeft geen sleutel", en="The server has no key")),
    WrongPairingCode: Row(
        401,
        "wrong-pairing-code",
        Wording(nl="Deze koppelcode is onbekend, verlopen of al gebruikt", en="This code is unknown, expired or used"),
    ),
    NotVouchedFor: Row(
        403, "not-vouched-for", Wording(nl="Geen toegang met dit account", en="No access with this account")
    ),
    ProviderUnavailable: Row(
        503,
        "provider-unavailable",
        Wording(nl="De aanmelddienst is niet bereikbaar", en="The log-in service cannot be reached"),
    ),
    WrongToken: Row(403, "wrong-token", Wording(nl="Verzoek niet vertrouwd", en="Request not trusted")),
    Forbidden: Row(403, "forbidden", Wording(nl="Niet toegestaan", en="Not allowed"), _forbidden),
    NotFound: Row(404, "not-found", Wording(nl="Niet gevonden", en="Not found")),
    UnknownHospital: Row(404, "unknown-hospital", Wording(nl="Onbekend ziekenhuis", en="Unknown hospital")),
    NoSuchEvent: Row(404, "no-such-event", Wording(nl="Onbekende gebeurtenis", en="No such event")),
    NoSuchRoad: Row(422, "no-such-road", Wording(nl="Hier ligt geen weg", en="No road lies there"), _no_such_road),
    NoRoute: Row(404, "no-route", Wording(nl="Geen route", en="No route")),
    OffNetwork: Row(422, "off-network", Wording(nl="Buiten het wegennet", en="Outside the road network"), _off_network),
    Conflict: Row(
        409, "conflict", Wording(nl="Past niet bij de stand", en="Does not fit the present state"), _conflict
    ),
    NameTaken: Row(409, "name-taken", Wording(nl="Deze naam is bezet", en="This name is taken")),
    ReferenceMissing: Row(
        409,
        "reference-missing",
        Wording(nl="Gegevens van toen ontbreken", en="What was in use at that time is not on record"),
    ),
    TooManyAttempts: Row(
        429, "too-many-attempts", Wording(nl="Te vaak geprobeerd aan te melden", en="Too many log-in attempts"), _wait
    ),
    TooManyRequests: Row(429, "too-many-requests", Wording(nl="Te veel verzoeken", en="Too many requests"), _wait),
    JournalUnavailable: Row(
        503, "journal-unavailable", Wording(nl="Journaal niet bereikbaar", en="Journal out of reach"), _wait
    ),
    OutOfOrder: Row(503, "journal-unreadable", _UNREADABLE),
    UnreadableEvent: Row(503, "journal-unreadable", _UNREADABLE),
    UnreadableCheckpoint: Row(503, "journal-unreadable", _UNREADABLE),
    UnreadableReceipt: Row(503, "receipt-unreadable", _UNREADABLE),
    DamagedReceipt: Row(503, "receipt-damaged", _UNREADABLE),
    NoEditionForDate: Row(
        503, "no-edition", Wording(nl="Geen protocoleditie voor deze datum", en="No protocol edition for this date")
    ),
    NetworkFileError: Row(503, "network-file", Wording(nl="Wegennet onbruikbaar", en="Road network cannot be used")),
}
"""Every foreseen error; the first class of an exception's ancestry that stands here decides."""

HTTP_TITLES = {
    400: Wording(nl="Onbegrijpelijk verzoek", en="Bad request"),
    404: Wording(nl="Niet gevonden", en="Not found"),
    405: Wording(nl="Dit kan hier niet", en="Method not allowed"),
    413: Wording(nl="Te groot", en="Too large"),
    431: Wording(nl="Te groot", en="Too large"),
}
BUG = Row(500, "bug", Wording(nl="Fout in het programma", en="Error in the program"))


def find_row(error: Exception) -> Row | None:
    """Find the row of an error or of its nearest ancestor."""
    return next((ROWS[kind] for kind in type(error).__mro__ if kind in ROWS), None)


def render_problem(error: Exception) -> dict[str, object]:
    """Render a foreseen error, or a bug without a word about its inside."""
    row = find_row(error) or BUG
    detail = (row.detail or _in_english)(error) if row is not BUG else row.title
    problem: dict[str, object] = {
        "type": f"urn:uitwijk:problem:{row.slug}",
        "title": row.title.nl,
        "title_en": row.title.en,
        "status": row.status,
        "detail": detail.nl,
        "detail_en": detail.en,
    }
    if isinstance(error, InvalidInput):
        problem["errors"] = [
            {"field": item.field, "message": in_dutch(item.message), "message_en": item.message}
            for item in error.problems
        ]
    if isinstance(error, Conflict):
        problem["code"] = error.code
        hint = error.hint or Wording(nl="", en="")
        problem |= {"hint": hint.nl, "hint_en": hint.en}
    return problem


def handle_problems(app: Flask) -> None:
    """Answer every error of the application with a problem, also those that Flask itself raises."""

    @app.errorhandler(AdvisorError)
    def foreseen(error: AdvisorError) -> Response:
        if find_row(error) is None:
            app.logger.error("%s has no row in the table of problems", type(error).__name__, exc_info=error)
        response = respond(render_problem(error))
        if response.status_code == 401:
            response.headers["WWW-Authenticate"] = "Bearer"
        if response.status_code in {429, 503}:
            response.headers["Retry-After"] = str(getattr(error, "retry_after_s", RETRY_S))
        return response

    @app.errorhandler(HTTPException)
    def of_http(error: HTTPException) -> Response:
        status = error.code or 500
        title = HTTP_TITLES.get(status, Wording(nl="Verzoek geweigerd", en="Request refused"))
        response = respond(
            {
                "type": "about:blank",
                "title": title.nl,
                "title_en": title.en,
                "status": status,
                "detail": f"{request.method} {request.path[:200]}",
            }
        )
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
        return response

    @app.errorhandler(Exception)
    def bug(error: Exception) -> Response:
        app.logger.error("unforeseen error at %s %s", request.method, request.url_rule, exc_info=error)
        return respond(render_problem(error))


def respond(problem: dict[str, object]) -> Response:
    """Answer with a problem."""
    status = problem["status"]
    return Response(orjson.dumps(problem), status=status if isinstance(status, int) else 500, mimetype=MEDIA_TYPE)
