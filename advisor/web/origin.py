"""Whether a request comes from our own pages."""

from collections.abc import Mapping
from urllib.parse import urlsplit


def is_own_origin(origin: str | None, environ: Mapping[str, object], further: tuple[str, ...]) -> bool:
    """Tell whether an `Origin` header names this server or one of the `further` origins that the operator trusts.

    A request without the header comes from a program, not from a page of another site: browsers always send it with
    requests that change something and with websockets.
    """
    if origin is None or origin in further:
        return True
    try:
        host = urlsplit(origin).netloc
    except ValueError:
        return False
    return host != "" and host == environ.get("HTTP_HOST")
