"""Logging in with an OpenID provider: there with a question, back with an answer that is checked."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, Response, redirect, request, url_for
from flask.sessions import SecureCookieSessionInterface
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response as AnyResponse

from advisor.kernel import AdvisorError
from advisor.services.openid import NotVouchedFor, ProviderUnavailable, log_in_by_openid
from advisor.services.openid_provider import OpenIdProvider
from advisor.web.access_log import note_access, note_actor
from advisor.web.auth import set_cookie
from advisor.web.context import now, parts
from advisor.web.problems import TooManyRequests

log = logging.getLogger(__name__)

PATH = "/login/openid"
PROVIDER_TIMEOUT_S = 5.0
SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Those that only the holder of a private key can make."""

ARRIVED = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Uitwijk</title>
<meta http-equiv="refresh" content="0;url=/"></head><body><a href="/">Uitwijk</a></body></html>
"""
"""A page of our own between the provider and the rest: a browser that is sent on directly from another site would keep
the cookie of the session to itself once more."""


class _StateCookie(SecureCookieSessionInterface):
    """What is remembered on the way to the provider and back; signed, and secure where the request is."""

    def get_cookie_name(self, app: Flask) -> str:
        del app
        return "uitwijk_openid"

    def get_cookie_secure(self, app: Flask) -> bool:
        del app
        return request.is_secure

    def get_cookie_samesite(self, app: Flask) -> str:
        del app
        return "Lax"  # the way back comes from another site

    def get_cookie_path(self, app: Flask) -> str:
        del app
        return PATH


def create_openid(app: Flask, provider: OpenIdProvider, secret_key: str) -> Blueprint:
    """Serve the two addresses of a log-in by a provider, for an application that uses no other signed cookie."""
    app.secret_key = secret_key
    app.session_interface = _StateCookie()
    client = OAuth(app).register(
        "openid",
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": provider.scope,
            "code_challenge_method": "S256",
            "default_timeout": PROVIDER_TIMEOUT_S,
        },
    )
    routes = Blueprint("openid", __name__, url_prefix=PATH)

    @routes.get("")
    def leave() -> AnyResponse:
        """Send the browser to the provider."""
        try:
            parts().throttle.count_log_in()
            _check_provider(client, provider)
            answer: AnyResponse = client.authorize_redirect(url_for("openid.come_back", _external=True))
        except (TooManyRequests, ProviderUnavailable, RequestException, OAuthError, ValueError) as error:
            return _refused(error)
        return answer

    @routes.get("/back")
    def come_back() -> AnyResponse:
        """Open a session for the one whom the provider vouches for."""
        note_access("openid", provider.issuer)
        try:
            parts().throttle.count_log_in()
            _check_provider(client, provider)
            claims = _claims(client.authorize_access_token())
            opened = log_in_by_openid(claims, provider=provider, now=now(), world=parts().world)
        except (
            NotVouchedFor, ProviderUnavailable, TooManyRequests, OAuthError, JoseError, RequestException, ValueError,
            KeyError,
        ) as error:  # fmt: skip
            return _refused(error)
        note_actor(opened.actor)
        answer = Response(ARRIVED, mimetype="text/html")
        set_cookie(answer, opened)
        return answer

    return routes


def _check_provider(client: Any, provider: OpenIdProvider) -> None:
    """Let pass a provider that calls itself what the operator calls it, and take signatures of its own key only."""
    metadata = client.load_server_metadata()
    if str(metadata.get("issuer", "")).rstrip("/") != provider.issuer:
        raise ProviderUnavailable(f"the provider calls itself {metadata.get('issuer')}")
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [name for name in offered if name in SIGNATURES]


def _claims(token: Mapping[str, Any]) -> Mapping[str, object]:
    claims: Mapping[str, object] | None = token.get("userinfo")
    if claims is None:
        raise ProviderUnavailable("the provider sent no id token")
    return claims


def _refused(error: Exception) -> AnyResponse:
    """Lead back to the log-in page, which says what is the matter; the log says more."""
    waits = isinstance(error, TooManyRequests)
    reason = "access" if isinstance(error, NotVouchedFor) else "waiting" if waits else "provider"
    # Kinds and our own words only: what the provider sent may say who it was.
    log.warning("log-in by openid refused: %s", error if isinstance(error, AdvisorError) else type(error).__name__)
    return redirect(f"/login?refused={reason}", HTTPStatus.SEE_OTHER)
