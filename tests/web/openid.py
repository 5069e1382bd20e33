"""A small OpenID provider of the tests' own: real HTTP, real signatures, and lies on demand."""

import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from authlib.common.encoding import to_unicode, urlsafe_b64encode
from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT_ID, CLIENT_SECRET = "uitwijk", "een geheim van de client"


@dataclass
class Provider:
    """What it says of whoever logs in next; `lies` replace claims, `key` signs, `metadata` replaces what it announces.

    `asked` are the parameters of the last request to log in.
    """

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    is_silent: bool = False
    algorithm: str = "RS256"
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first"}))
    announced: RSAKey | None = None
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def forget(self) -> None:
        """Be honest again."""
        self.claims, self.lies, self.metadata = {}, {}, {}
        self.is_silent, self.announced, self.algorithm = False, None, "RS256"

    def renew_key(self) -> None:
        """Sign by another key from now on, and announce it."""
        self.key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4)})

    def app(self) -> Flask:
        """The provider as a web application."""
        app = Flask("provider")

        @app.get("/.well-known/openid-configuration")
        def configuration() -> Response:
            return jsonify(
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/keys",
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
                    **self.metadata,
                }
            )

        @app.get("/keys")
        def keys() -> Response:
            return jsonify({"keys": [(self.announced or self.key).as_dict(private=False)]})

        @app.get("/authorize")
        def authorize() -> Any:
            self.asked = request.args.to_dict()
            code = secrets.token_urlsafe(16)
            self._codes[code] = self.asked
            return redirect(f"{self.asked['redirect_uri']}?{urlencode({'code': code, 'state': self.asked['state']})}")

        @app.post("/token")
        def token() -> Any:
            if self.is_silent:
                time.sleep(1.0)
            asked = self._codes.pop(request.form["code"], None)
            known = request.authorization
            if asked is None or known is None or (known.username, known.password) != (CLIENT_ID, CLIENT_SECRET):
                return jsonify({"error": "invalid_grant"}), 400
            if challenge_of(request.form["code_verifier"]) != asked["code_challenge"]:
                return jsonify({"error": "invalid_grant"}), 400
            return jsonify({"access_token": "a", "token_type": "Bearer", "id_token": self._id_token(asked["nonce"])})

        return app

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        true = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": nonce}
        claims = {**true, **self.claims, **self.lies}
        header = {"alg": self.algorithm, "kid": self.key.kid}
        if self.algorithm == "RS256":
            return jwt.encode(header, claims, self.key)
        signed = ".".join(to_unicode(urlsafe_b64encode(json.dumps(part).encode())) for part in (header, claims))
        forged = (
            b"" if self.algorithm == "none" else hmac.digest(self.key.as_pem(private=False), signed.encode(), "sha256")
        )
        return f"{signed}.{to_unicode(urlsafe_b64encode(forged))}"


def challenge_of(verifier: str) -> str:
    """The challenge that belongs to a verifier (RFC 7636, S256)."""
    return to_unicode(urlsafe_b64encode(sha256(verifier.encode()).digest()))


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Run a provider on a free port of this machine."""
    provider = Provider()
    server = make_server("127.0.0.1", 0, provider.app(), threaded=True)
    provider.issuer = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
