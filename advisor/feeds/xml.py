"""XML from strangers: read without ever resolving, loading or expanding anything."""

from collections.abc import Iterator
from datetime import UTC, datetime

from lxml import etree

from advisor.services.hear_feed import UnreadableFeed

BODY_MOST_BYTES = 16 * 1024 * 1024
TEXT_LONGEST = 10_000
YEARS = (2000, 2099)

Element = etree._Element  # noqa: SLF001 - lxml has no public name for the type


def parse_xml(body: bytes) -> Element:
    """Read a document and return its root.

    The parser of lxml keeps its own limits against depth and amplification; a document type declaration, by which
    entities could be made at all, is refused.

    Raises
    ------
    UnreadableFeed
        When it is too large, not well-formed, or declares a document type.
    """
    if len(body) > BODY_MOST_BYTES:
        raise UnreadableFeed(f"the document is larger than {BODY_MOST_BYTES} bytes")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=False,
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFeed(f"the document is not well-formed XML: {str(error)[:200]}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFeed("the document declares a document type, which is not needed and not allowed")
    return root


def children(element: Element, *path: str) -> Iterator[Element]:
    """Give the elements at a path of local names, whatever their namespaces."""
    if not path:
        yield element
        return
    for child in element.iterchildren("{*}" + path[0]):
        yield from children(child, *path[1:])


def descendants(element: Element, name: str) -> Iterator[Element]:
    """Give all elements of a local name below, and the element itself when it has that name."""
    return element.iter("{*}" + name)


def find(element: Element, *path: str) -> Element | None:
    """Find the first element at a path of local names."""
    return next(children(element, *path), None)


def text_at(element: Element, *path: str) -> str:
    """Return the text of the first element at a path, with single spaces; "" when there is none."""
    found = find(element, *path)
    return "" if found is None else " ".join((found.text or "")[:TEXT_LONGEST].split())


def raw_text_at(element: Element, *path: str) -> str:
    """Return the text of the first element at a path as it is written; "" when there is none."""
    found = find(element, *path)
    return "" if found is None else (found.text or "").strip()[:TEXT_LONGEST]


def moment_of(text: str) -> datetime | None:
    """Read an XML dateTime with its offset, also with nanoseconds; `None` when it is none or of another century."""
    head, dot, tail = text.partition(".")
    digits = len(tail) - len(tail.lstrip("0123456789"))
    shortened = f"{head}.{tail[:digits][:6].ljust(6, '0')}{tail[digits:]}" if dot and digits else text
    try:
        moment = datetime.fromisoformat(shortened)
        if moment.tzinfo is None:
            return None
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if YEARS[0] <= moment.year <= YEARS[1] else None
