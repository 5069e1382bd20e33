"""Answers as JSON."""

import orjson
from flask import Response

MEDIA_TYPE = "application/json"


def answer(value: object, status: int = 200) -> Response:
    """Answer with a value as JSON."""
    return Response(orjson.dumps(value), status=status, mimetype=MEDIA_TYPE)


def nothing() -> Response:
    """Answer that it is done and there is nothing to say."""
    return Response(status=204)
