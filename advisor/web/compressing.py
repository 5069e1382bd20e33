"""Compresses answers for those who understand that; a phone on a poor network has the page in a third of the time."""

from flask import Flask
from flask_compress import Compress

SMALLEST_BYTES = 800
"""What fits in one packet is not worth the time."""


def compress_answers(app: Flask) -> None:
    """Compress what the application answers; to be called before anything else looks at answers.

    The live line is not touched: websockets do not pass here.
    """
    app.config["COMPRESS_MIN_SIZE"] = SMALLEST_BYTES
    app.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    Compress(app)
