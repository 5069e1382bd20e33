"""Security headers, the same for every answer."""

import secrets

from flask import Flask, Response, g, request

PERMISSIONS = "geolocation=(self), screen-wake-lock=(self), camera=(), microphone=(), payment=(), usb=()"
HSTS = "max-age=31536000; includeSubDomains"


def nonce() -> str:
    """Return the nonce of this answer's own scripts and styles."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def content_security_policy(host: str, nonce_value: str) -> str:
    """Write the policy: everything from this host alone, no inline script or style, no frames.

    The websocket addresses are named because older Safari does not read 'self' as including them.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce_value}'",
            f"style-src 'self' 'nonce-{nonce_value}'",
            "img-src 'self' data: blob:",
            f"connect-src 'self' ws://{host} wss://{host}",
            "font-src 'self'",
            "media-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def add_headers(app: Flask) -> None:
    """Put the headers on every answer of the application."""

    @app.after_request
    def secure(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = content_security_policy(_safe_host(), nonce())
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Permissions-Policy"] = PERMISSIONS
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers.setdefault("Cache-Control", "no-store")
        if request.is_secure:
            headers["Strict-Transport-Security"] = HSTS
        return response


def _safe_host() -> str:
    # The client writes this header; only a plain host and port may reach the policy.
    host = request.host
    return host if all(character.isalnum() or character in ".-:[]" for character in host) else "localhost"
