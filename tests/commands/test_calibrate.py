"""`calibrate`, as it is typed: on a CSV file and on the journal."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from advisor.__main__ import main
from advisor.bootstrap.keeping import open_store
from advisor.bootstrap.material import load_speeds
from advisor.commands.rides_csv import read_rides
from advisor.kernel import HospitalId, InvalidInput, Position
from advisor.roads.calibration import parse_calibration
from advisor.roads.model import Profile, RoadClass
from advisor.roads.network import save_network
from advisor.roads.speeds import speed_table
from advisor.services.choose_destination import ChooseDestination, choose_destination
from advisor.services.depart import depart
from advisor.services.give_advice import give_advice
from advisor.services.open_ride import open_ride
from advisor.services.ride_steps import RideStep, announce_ride, arrive
from advisor.services.world import World
from advisor.settings import read_settings
from tests.roads.networks import at as spot
from tests.roads.test_recalibration import drives, town, truth
from tests.world import NURSE, VELDSTAD, a_case, a_world, at

HEADER = "from_lat,from_lon,to_lat,to_lon,minutes"
PLACES = {HospitalId("here"): Position(lat=52.0, lon=5.0)}


@pytest.fixture
def rides(tmp_path: Path) -> Path:
    """A hundred and sixty rides whose truth is known."""
    rows = [
        f"{d.start.lat},{d.start.lon},{d.end.lat},{d.end.lon},{d.seconds / 60:.3f}" for d in drives(160, noise=0.02)
    ]
    return written(tmp_path, HEADER, rows)


@pytest.fixture
def net(tmp_path: Path) -> Path:
    save_network(town(), tmp_path / "town.net")
    return tmp_path / "town.net"


def written(folder: Path, header: str, rows: Sequence[str]) -> Path:
    file = folder / "rides.csv"
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return file


def calibrate(*arguments: object) -> int:
    return main(["calibrate", *map(str, arguments)])


def test_calibration_is_written_and_can_be_switched_on(
    rides: Path, net: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert calibrate(rides, "--network", net, "--out", tmp_path / "own.json") == 0

    speeds = load_speeds(tmp_path / "own.json")
    assert speeds[Profile.SIGNALS].open_kph[RoadClass.PRIMARY] == pytest.approx(
        truth().open_kph[RoadClass.PRIMARY], rel=0.06
    )
    assert speeds[Profile.NO_SIGNALS] == speed_table(Profile.NO_SIGNALS)
    printed = capsys.readouterr().out
    assert "## With signals: 160 rides" in printed
    assert "| country to country | 160 |" in printed
    assert "UITWIJK_CALIBRATION=" in printed


def test_bad_rows_are_told_by_their_line_and_the_others_are_used(
    rides: Path, net: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = ["53.9,5.0,52.0,5.0,12", "52.0,5.0,52.05,5.0,x", f"{spot(1, 1.5).lat},{spot(1, 1.5).lon},52.0,5.0,230"]
    file = written(tmp_path, HEADER, [*rides.read_text().splitlines()[1:], *bad])

    assert calibrate(file, "--network", net) == 1

    told = capsys.readouterr()
    assert [line.split(":")[1].strip() for line in told.err.splitlines() if line.startswith("error")] == [
        "line 162",
        "line 163",
        "line 164",
    ]
    assert "## With signals: 160 rides" in told.out


def test_too_few_rides_change_nothing(net: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    few = written(tmp_path, HEADER, [f"{spot(1, 1.5).lat},{spot(1, 1.5).lon},52.0,5.0,4.0"])

    assert calibrate(few, "--network", net, "--out", tmp_path / "own.json") == 2

    assert "too few rides that can be used (1 with signals); a profile needs 100" in capsys.readouterr().err
    assert not (tmp_path / "own.json").exists()


def test_profile_without_rides_keeps_the_calibration_in_force(
    rides: Path, net: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "slow.csv"
    slow.write_text(
        "\n".join(f"{line},signals" if n == 0 else f"{line},0" for n, line in enumerate(rides.read_text().splitlines()))
    )
    calibrate(slow, "--network", net, "--out", tmp_path / "first.json")
    monkeypatch.setenv("UITWIJK_CALIBRATION", str(tmp_path / "first.json"))

    calibrate(rides, "--network", net, "--out", tmp_path / "second.json")

    first, second = (parse_calibration((tmp_path / f"{name}.json").read_text()) for name in ("first", "second"))
    assert set(first.tables) == {Profile.NO_SIGNALS}
    assert second.tables[Profile.NO_SIGNALS] == first.tables[Profile.NO_SIGNALS]
    assert set(second.tables) == set(Profile)


def test_columns_that_are_missing_are_all_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as raised:
        read_rides(written(tmp_path, "from_lat,arrived", []), PLACES)

    assert [problem.field for problem in raised.value.problems] == ["from_lon", "hospital", "minutes"]


def test_row_may_name_a_hospital_and_two_moments(tmp_path: Path) -> None:
    row = "52.1,5.1,here,2026-03-01T08:00:00+01:00,2026-03-01T08:11:30+01:00,0"
    header = "from_lat,from_lon,hospital,departed,arrived,signals"

    (ride,), problems = read_rides(written(tmp_path, header, [row]), PLACES)

    assert (ride.end, ride.seconds, ride.signals, problems) == (PLACES[HospitalId("here")], 690.0, False, [])
    assert ride.departed_at == datetime(2026, 3, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("91,5,here,5,,", "lat"),
        ("52,5,nowhere,5,,", "hospital"),
        ("52,5,,5,,", "to_lat"),
        ("52,5,here,nan,,", "minutes"),
        ("52,5,here,0.1,,", "minutes"),
        ("52,5,here,,2026-03-01T08:00:00,", "departed"),
        ("52,5,here,,2026-03-01T08:00:00Z,", "is missing"),
        ("52,5,here,5,,maybe", "signals"),
    ],
)
def test_wrong_row_says_what_is_the_matter(tmp_path: Path, row: str, told: str) -> None:
    header = "from_lat,from_lon,hospital,minutes,departed,signals"

    rides, ((line, problem),) = read_rides(written(tmp_path, header, [row]), PLACES)

    assert (rides, line) == ([], 2)
    assert told in problem.message


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with 110 rides that take a fifth longer than foretold, one an hour."""
    file = tmp_path_factory.mktemp("journal") / "own.db"
    store = open_store(read_settings({"UITWIJK_DATABASE_URL": f"sqlite:///{file}"}), gevent=False)
    world, random = replace(a_world(), journal=store.journal), Random(5)
    for number in range(110):
        ride_of(world, at(60 * number), random)
    return file


@pytest.fixture
def journal(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder; the journal with those rides is in force."""
    monkeypatch.setenv("UITWIJK_VAR", str(tmp_path))
    monkeypatch.setenv("UITWIJK_DATABASE_URL", f"sqlite:///{filled}")
    return tmp_path


def ride_of(world: World, now: datetime, random: Random) -> None:
    """A ride from somewhere along the road to Veldstad that takes a fifth longer than foretold."""
    advice = give_advice(a_case(lon=4.6 + random.random() / 3), actor=NURSE, now=now, world=world)
    step = RideStep(ride_id=open_ride(advice.id, actor=NURSE, now=now, world=world).id)
    choice = ChooseDestination(ride_id=step.ride_id, hospital=VELDSTAD, reason="dichtbij")
    choose_destination(choice, actor=NURSE, now=now, world=world)
    announce_ride(step, actor=NURSE, now=now, world=world)
    ride = depart(step, actor=NURSE, now=now, world=world)
    assert ride.expected_at is not None
    arrive(step, actor=NURSE, now=now + (ride.expected_at - now) * random.uniform(1.15, 1.25), world=world)


def test_journal_gives_a_factor_without_any_position(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert calibrate("--journal", "--out", journal / "own.json") == 0

    table = load_speeds(journal / "own.json")[Profile.SIGNALS]
    shipped = speed_table(Profile.SIGNALS)
    factors = {old / new for old, new in zip(shipped.open_kph, table.open_kph, strict=True)}
    assert min(factors) == pytest.approx(max(factors), rel=0.02)
    assert max(factors) == pytest.approx(1.2, rel=0.05)
    assert "## With signals: 110 rides" in capsys.readouterr().out


def test_rides_of_before_the_calibration_in_force_do_not_count_again(
    journal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calibrate("--journal", "--out", journal / "own.json")
    monkeypatch.setenv("UITWIJK_CALIBRATION", str(journal / "own.json"))

    assert calibrate("--journal") == 2

    assert "too few rides that can be used (none)" in capsys.readouterr().err


def test_rides_count_from_the_day_that_is_asked_for(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = at(60 * 100).date().isoformat()

    assert calibrate("--journal", "--since", day) == 2

    assert "with signals); a profile needs 100" in capsys.readouterr().err
