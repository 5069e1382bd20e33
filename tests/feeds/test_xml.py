"""XML from strangers: what is hostile is refused at once, whoever reads it."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.feeds.datex import parse_datex
from advisor.feeds.have_in import parse_have
from advisor.feeds.xml import BODY_MOST_BYTES, moment_of, parse_xml
from advisor.kernel import InvalidInput
from advisor.services.hear_feed import UnreadableFeed
from tests.feeds.documents import DATEX_DOCUMENT, HAVE_DOCUMENT
from tests.world import NOW, region

READERS: list[Callable[[bytes], object]] = [
    lambda body: parse_have(body, region().hospitals, {}, NOW),
    parse_datex,
]
LAUGHS = "".join(f'<!ENTITY l{level + 1} "{f"&l{level};" * 10}">' for level in range(12))
HOSTILE = {
    "entity": '<!DOCTYPE a [<!ENTITY x "groen">]><a>&x;</a>',
    "file": '<!DOCTYPE a [<!ENTITY x SYSTEM "{file}">]><a>&x;</a>',
    "bomb": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l12;</a>',
    "bomb in an attribute": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a b="&l12;"/>',
    "quadratic": '<!DOCTYPE a [<!ENTITY x "' + "x" * 100_000 + '">]><a>' + "&x;" * 10_000 + "</a>",
    "parameter entity": '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd"> %x;]><a/>',
    "outside type": '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><a/>',
    "empty type": "<!DOCTYPE a><a/>",
    "default attribute": '<!DOCTYPE a [<!ATTLIST a b CDATA "c">]><a/>',
    "deep": "<a>" * 100_000 + "</a>" * 100_000,
    "unknown entity": "<a>&x;</a>",
    "include": '<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{file}" parse="text"/></a>',
    "other encoding": '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    "no document": "",
    "half": "<a><b></a>",
    "two": "<a/><a/>",
    "text": "groen",
    "control character": "<a>\x00</a>",
}


@pytest.mark.parametrize("read", READERS, ids=["have", "datex"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_document_is_refused_quickly(name: str, read: Callable[[bytes], object], tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheim")
    text = HOSTILE[name].replace("{file}", secret.as_uri())
    body = text.encode("utf-16" if name == "other encoding" else "utf-8")
    began = time.process_time()

    with pytest.raises(UnreadableFeed) as caught:
        read(body)

    assert time.process_time() - began < 1
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("read", READERS, ids=["have", "datex"])
def test_huge_document_is_refused(read: Callable[[bytes], object]) -> None:
    with pytest.raises(UnreadableFeed, match="larger than"):
        read(b"<a>" + b" " * BODY_MOST_BYTES + b"</a>")


def test_include_is_not_carried_out(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheim")

    root = parse_xml(HOSTILE["include"].replace("{file}", secret.as_uri()).encode())

    assert [child.text for child in root] == [None]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-03-10T14:00:00Z", "2026-03-10T14:00:00+00:00"),
        ("2026-03-10T15:00:00.5+01:00", "2026-03-10T14:00:00.500000+00:00"),
        ("2026-03-10T14:00:00.123456789Z", "2026-03-10T14:00:00.123456+00:00"),
    ],
)
def test_time_is_read(text: str, read: str) -> None:
    moment = moment_of(text)

    assert moment is not None
    assert moment.isoformat() == read


@pytest.mark.parametrize(
    "text", ["", "nu", "2026-03-10", "2026-03-10T14:00:00", "2026-13-10T14:00:00Z", "1026-03-10T14:00:00Z", "1.", "."]
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert moment_of(text) is None


@settings(max_examples=80)
@given(
    document=st.sampled_from([HAVE_DOCUMENT, DATEX_DOCUMENT]),
    at=st.integers(min_value=0, max_value=3_000),
    cut=st.integers(min_value=0, max_value=40),
    put=st.binary(max_size=12) | st.sampled_from([b"<", b"</Hospital>", b"NaN", b"2026", b"-", b"&amp;", b"true"]),
)
def test_any_damage_to_a_document_is_read_or_refused(document: bytes, at: int, cut: int, put: bytes) -> None:
    damaged = document[:at] + put + document[at + cut :]

    for read in READERS:
        with suppress(UnreadableFeed, InvalidInput):
            read(damaged)


@settings(max_examples=60)
@given(
    st.recursive(
        st.text(alphabet="abc 2026-T:Z.<>&", max_size=12).map(lambda text: text.replace("<", "").replace("&", "")),
        lambda inner: st.lists(
            st.tuples(
                st.sampled_from(
                    ["Hospital", "LastUpdateTime", "EmergencyDepartmentStatus", "EMSTraffic", "EMSTrafficStatus",
                     "CommentText", "HospitalBedCapacityStatus", "BedCapacity", "SubCategoryBedType", "Organization",
                     "OrganizationInformation", "situation", "situationRecord", "validity", "posList", "latitude"]
                ),
                inner,
            ),
            max_size=4,
        ).map(lambda parts: "".join(f"<{name}>{text}</{name}>" for name, text in parts)),
        max_leaves=20,
    )
)  # fmt: skip
def test_any_document_of_known_words_is_read_or_refused(content: str) -> None:
    have = f'<HospitalStatus xmlns="urn:oasis:names:tc:emergency:EDXL:HAVE:1.0">{content}</HospitalStatus>'
    datex = (
        '<payload xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="SituationPublication">'
        f"<publicationTime>2026-03-10T14:00:00Z</publicationTime>{content}</payload>"
    )

    for read, document in zip(READERS, (have, datex), strict=True):
        with suppress(UnreadableFeed, InvalidInput):
            read(document.encode())
