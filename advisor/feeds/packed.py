"""Compressed documents, within limits."""

import zlib

from advisor.services.hear_feed import UnreadableFeed

MAGIC = b"\x1f\x8b"
UNPACKED_MOST_BYTES = 64 * 1024 * 1024


def unpacked(body: bytes, most: int = UNPACKED_MOST_BYTES) -> bytes:
    """Return a document that may be gzip, as it was before that.

    Raises
    ------
    UnreadableFeed
        When it is damaged, or larger than `most` bytes.
    """
    if not body.startswith(MAGIC):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        document = unpacker.decompress(body, most)
    except zlib.error:
        raise UnreadableFeed("the compressed document is damaged") from None
    if unpacker.unconsumed_tail:
        raise UnreadableFeed(f"the document is larger than {most} bytes")
    if not unpacker.eof:
        raise UnreadableFeed("the compressed document is not whole")
    return document
