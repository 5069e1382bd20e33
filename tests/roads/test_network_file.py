"""The file of a network, whole and broken."""

from pathlib import Path

import numpy as np
import pytest

from advisor.roads import network as network_file
from advisor.roads.model import NetworkFileError
from advisor.roads.network import ARRAYS, TEXTS, load_network, save_network
from tests.roads.networks import line, square


def test_saved_network_comes_back_the_same(tmp_path: Path):
    save_network(line(), tmp_path / "line.net")

    loaded = load_network(tmp_path / "line.net")

    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(loaded, name), getattr(line(), name))
    assert [getattr(loaded, name) for name in TEXTS] == [getattr(line(), name) for name in TEXTS]
    assert loaded.names == ("A9", "N201")


def test_missing_file_is_told(tmp_path: Path):
    with pytest.raises(NetworkFileError, match=r"none\.net: cannot be read: No such file"):
        load_network(tmp_path / "none.net")


def test_empty_file_is_told(tmp_path: Path):
    (tmp_path / "empty.net").write_bytes(b"")

    with pytest.raises(NetworkFileError, match=r"empty\.net: the file is empty"):
        load_network(tmp_path / "empty.net")


def test_file_of_something_else_is_told(tmp_path: Path):
    (tmp_path / "letter.net").write_text("Dear reader, this is a letter and no network at all.")

    with pytest.raises(NetworkFileError, match=r"letter\.net: not a road network file"):
        load_network(tmp_path / "letter.net")


def test_extract_given_as_a_network_gets_a_hint(tmp_path: Path):
    (tmp_path / "city.osm.pbf").write_bytes(b"\x00\x00\x00\x0e\x0a\x09OSMHeader\x18\x7f" + bytes(50))

    with pytest.raises(NetworkFileError, match="make one from it with `network build --osm`"):
        load_network(tmp_path / "city.osm.pbf")


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_truncated_file_is_told(tmp_path: Path, share: float):
    path = tmp_path / "cut.net"
    save_network(square(), path)
    path.write_bytes(path.read_bytes()[: max(30, int(path.stat().st_size * share))])

    with pytest.raises(NetworkFileError, match="truncated"):
        load_network(path)


def test_file_of_another_version_is_told(tmp_path: Path):
    path = tmp_path / "old.net"
    save_network(square(), path)
    path.write_bytes(path.read_bytes().replace(b'"version": 1', b'"version": 0'))

    with pytest.raises(NetworkFileError, match=f"format version 0, this program reads {network_file.FORMAT_VERSION}"):
        load_network(path)


def test_damaged_header_is_told(tmp_path: Path):
    path = tmp_path / "damaged.net"
    save_network(square(), path)
    path.write_bytes(path.read_bytes().replace(b'{"version"', b'["version"'))

    with pytest.raises(NetworkFileError, match="its header is damaged"):
        load_network(path)


def test_writing_replaces_an_older_file_and_leaves_no_part_behind(tmp_path: Path):
    path = tmp_path / "roads.net"
    save_network(square(), path)
    before = load_network(path)

    save_network(line(), path)

    assert load_network(path).identity == line().identity
    assert before.node_count == 4
    assert list(tmp_path.iterdir()) == [path]
