"""`network build`, `network fetch`, `network info` and `times`, as they are typed."""

import argparse
import json
from pathlib import Path

import osmium
import pytest
from osmium.osm import mutable

from advisor.commands import network as network_command
from advisor.commands import times as times_command
from advisor.commands.network import fetch_network, parse_box
from advisor.kernel import InvalidInput
from advisor.roads.model import NetworkFileError
from advisor.roads.network import Network, load_network, save_network
from tests.roads.networks import at, line

HEADER = "id,from_lat,from_lon,to_lat,to_lon"


def run(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    subparsers = parser.add_subparsers()
    for command in (network_command, times_command):
        command.register(subparsers)
    options = parser.parse_args([str(argument) for argument in arguments])
    return int(options.run(options))


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    file = tmp_path / "town.osm.pbf"
    with osmium.SimpleWriter(str(file)) as writer:
        for i in range(5):
            writer.add_node(mutable.Node(id=i + 1, location=(at(0, i).lon, at(0, i).lat)))
        writer.add_way(mutable.Way(id=1, nodes=[1, 2, 3, 4, 5], tags={"highway": "primary", "ref": "N201"}))
    return file


@pytest.fixture
def net(tmp_path: Path) -> Path:
    save_network(line(), tmp_path / "line.net")
    return tmp_path / "line.net"


def test_build_writes_a_network_and_says_what_is_in_it(
    extract: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert run("network", "build", "--osm", extract, "--out", tmp_path / "town.net") == 0

    assert load_network(tmp_path / "town.net").road_count == 1
    assert "OpenStreetMap contributors" in capsys.readouterr().out


def test_build_of_a_box_keeps_to_it(extract: Path, tmp_path: Path):
    box = f"{at(0, 0).lon - 0.001},51.9,{at(0, 2).lon + 0.001},52.1"

    run("network", "build", "--osm", extract, "--out", tmp_path / "town.net", "--bbox", box)

    assert load_network(tmp_path / "town.net").bounds[2] == pytest.approx(at(0, 2).lon)


def test_build_of_a_polygon_keeps_to_it(extract: Path, tmp_path: Path):
    west, east = at(0, 0).lon - 0.001, at(0, 2).lon + 0.001
    ring = [[west, 51.9], [east, 51.9], [east, 52.1], [west, 52.1], [west, 51.9]]
    area = tmp_path / "area.geojson"
    area.write_text(json.dumps({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}}))

    run("network", "build", "--osm", extract, "--out", tmp_path / "town.net", "--polygon", area)

    assert load_network(tmp_path / "town.net").bounds[2] == pytest.approx(at(0, 2).lon)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"type": "Point", "coordinates": [5, 52]}',
        '{"type": "Polygon", "coordinates": [[[5, 52]]]}',
        '{"type": "FeatureCollection", "features": []}',
    ],
)
def test_file_without_a_polygon_is_refused(extract: Path, tmp_path: Path, text: str):
    (tmp_path / "area.geojson").write_text(text)

    with pytest.raises(InvalidInput, match="polygon"):
        run(
            *("network", "build", "--osm", extract, "--out", tmp_path / "town.net"),
            *("--polygon", tmp_path / "area.geojson"),
        )


def test_polygon_that_cannot_be_read_is_refused(extract: Path, tmp_path: Path):
    with pytest.raises(InvalidInput, match="cannot be read"):
        run("network", "build", "--osm", extract, "--out", tmp_path / "a.net", "--polygon", tmp_path / "nowhere")


def test_build_of_a_broken_extract_writes_nothing(tmp_path: Path):
    (tmp_path / "broken.osm.pbf").write_bytes(b"broken" * 40)

    with pytest.raises(NetworkFileError, match="not a whole OpenStreetMap extract"):
        run("network", "build", "--osm", tmp_path / "broken.osm.pbf", "--out", tmp_path / "town.net")

    assert not (tmp_path / "town.net").exists()


def test_build_into_a_folder_is_refused(extract: Path, tmp_path: Path):
    with pytest.raises(InvalidInput, match="is a folder"):
        run("network", "build", "--osm", extract, "--out", tmp_path)


@pytest.mark.parametrize("text", ["4,52,5", "a,b,c,d", "5,52,4,53", "4,53,5,52", "4,52,5,99"])
def test_wrong_box_is_refused(text: str):
    with pytest.raises(argparse.ArgumentTypeError, match=r"no box|not four numbers"):
        parse_box(text)


def test_fetch_saves_what_was_downloaded(tmp_path: Path):
    asked: list[str] = []

    def download(places: object) -> Network:
        asked.extend(places)  # type: ignore[arg-type]
        return line()

    fetch_network(["Haarlem, Netherlands"], tmp_path / "haarlem.net", download)

    assert asked == ["Haarlem, Netherlands"]
    assert load_network(tmp_path / "haarlem.net").identity == line().identity


def test_info_counts_what_is_there(net: Path, capsys: pytest.CaptureFixture[str]):
    assert run("network", "info", net) == 0

    told = capsys.readouterr().out
    assert line().identity in told
    assert "reaches      0 of" in told
    assert "primary" in told
    assert "100.0% of the length" in told
    assert "along the straight line" in told


def test_times_adds_a_column_of_seconds(net: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(f"{HEADER}\n1,52.0,5.01,52.0,5.05\n2,52.0,5.05,52.0,5.05\n3,10,10,52.0,5.0\n")

    status = run("times", "--network", net, "--csv", pairs, "--out", tmp_path / "out.csv")

    rows = [row.split(",") for row in (tmp_path / "out.csv").read_text().splitlines()]
    assert status == 1
    assert rows[0] == [*HEADER.split(","), "seconds"]
    assert float(rows[1][-1]) == pytest.approx(46 + 4 * 684.6 / 85 * 3.6, abs=1)
    assert float(rows[2][-1]) == 46.0
    assert rows[3][-1] == ""
    assert "line 4: from: the nearest road is" in capsys.readouterr().err


def test_swapped_coordinates_are_told_by_line(net: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(f"{HEADER}\n1,5.02,52.0,52.0,5.05\n2,52.0,5.02,5.05,52.0\n")

    assert run("times", "--network", net, "--csv", pairs) == 1

    told = capsys.readouterr().err
    assert "line 2: from:" in told
    assert "line 3: to:" in told
    assert told.count("latitude and longitude seem to be swapped") == 2


def test_times_without_signals_are_longer(net: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(f"{HEADER}\n1,52.0,5.01,52.0,5.05\n")

    told = []
    for signals in ("--signals", "--no-signals"):
        run("times", "--network", net, signals, "--csv", pairs)
        told.append(float(capsys.readouterr().out.splitlines()[1].split(",")[-1]))

    assert told[1] > told[0]


def test_bad_rows_are_told_by_line_and_good_ones_computed(
    net: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(f"{HEADER}\n1,fast,5.01,52.0,5.05\n2,52.0,5.01,nan,5.05\n3,52.0,5.01,52.0,5.05\n4,52.0\n")

    status = run("times", "--network", net, "--csv", pairs)

    told = capsys.readouterr()
    assert status == 1
    assert [row.split(",")[-1] != "" for row in told.out.splitlines()] == [True, False, False, True, False]
    for line_number in (2, 3, 5):
        assert f"line {line_number}" in told.err
    assert "line 4" not in told.err


def test_missing_columns_are_told_together(net: Path, tmp_path: Path):
    (tmp_path / "pairs.csv").write_text("from_lat,from_lon\n52,5\n")

    with pytest.raises(InvalidInput) as caught:
        run("times", "--network", net, "--csv", tmp_path / "pairs.csv")

    assert [problem.field for problem in caught.value.problems] == ["to_lat", "to_lon"]


def test_missing_file_is_told(net: Path, tmp_path: Path):
    with pytest.raises(InvalidInput, match="cannot be read"):
        run("times", "--network", net, "--csv", tmp_path / "none.csv")
