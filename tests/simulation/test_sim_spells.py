"""The stops of the simulated region: at the published rates, in clusters, and what the platform tells of them."""

import math
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from statistics import fmean, variance

import pytest

from advisor.kernel import Department, HospitalId, Status
from advisor.protocol.model import StopReason
from advisor.protocol.stops import effective_status
from advisor.simulation.calls import AMSTERDAM
from advisor.simulation.run import Region
from advisor.simulation.scene import Scene, make_scene
from advisor.simulation.spells import Spell
from tests.simulation.straight import straight_region

START = date(2026, 2, 2)
DAYS = 360
NOON = datetime(2026, 2, 3, 12, tzinfo=UTC)
NHFL = "Noord-Holland/Flevoland"
SEH = Department.SEH


@pytest.fixture(scope="module")
def region() -> Region:
    return straight_region()


@pytest.fixture(scope="module")
def scene(region: Region) -> Scene:
    """Four quarters of stops: enough for the averages to settle."""
    return make_scene(5, (START, DAYS), region.registry, region.editions, region.assumptions, region.rates)


def of_region(scene: Scene, region: Region, name: str, status: Status = Status.RED) -> list[Spell]:
    """The stops of the emergency departments of a region, but for those of the day before the period."""
    hospitals = region.registry.hospitals
    return [
        spell
        for spell in scene.spells
        if spell.department is SEH
        and spell.status is status
        and hospitals[spell.hospital].roaz == name
        and spell.start.astimezone(AMSTERDAM).date() >= START
    ]


@pytest.mark.parametrize(
    "name", ["Noord-Holland/Flevoland", "Noord-Nederland", "Midden-Nederland", "Zuidwest-Nederland"]
)
def test_region_has_the_published_number_of_stops_and_minutes(scene: Scene, region: Region, name: str) -> None:
    rate, stops = region.rates.regions[name], of_region(scene, region, name)
    expected = rate.per_day * DAYS
    # Days differ and stops set off others: the spread is wider than that of as many independent stops.
    spread = math.sqrt(expected * (1 + rate.per_day / 3) * 2)
    lengths_min = [(spell.end - spell.start) / timedelta(minutes=1) for spell in stops]

    assert abs(len(stops) - expected) < 3.5 * spread
    assert fmean(lengths_min) == pytest.approx(rate.mean_min, rel=0.06)


def test_where_it_was_agreed_never_to_stop_there_is_none(scene: Scene, region: Region) -> None:
    assert of_region(scene, region, "Euregio") == []


def test_stops_of_a_region_come_in_clusters(scene: Scene, region: Region) -> None:
    days = Counter(spell.start.astimezone(AMSTERDAM).date() for spell in of_region(scene, region, NHFL))
    counts = [days[START + timedelta(days=day)] for day in range(DAYS)]

    assert variance(counts) > 1.8 * fmean(counts)


def test_code_orange_is_declared_where_it_is_on_trial_alone(scene: Scene, region: Region) -> None:
    orange = {region.registry.hospitals[one.hospital].roaz for one in scene.spells if one.status is Status.ORANGE}

    assert orange == {NHFL}


def test_calamities_are_rare_and_technical(scene: Scene) -> None:
    calamities = [spell for spell in scene.spells if spell.status is Status.CALAMITY]

    assert 15 < len(calamities) < 75
    assert {spell.reason for spell in calamities} == {StopReason.TECHNICAL}


def test_department_has_one_stop_at_a_time(scene: Scene) -> None:
    last: dict[tuple[HospitalId, Department], datetime] = {}
    for spell in scene.spells:
        place = (spell.hospital, spell.department)
        assert last.get(place, spell.start) <= spell.start
        last[place] = spell.end


def test_entered_end_always_lies_ahead(scene: Scene) -> None:
    for spell in scene.spells[:300]:
        minutes = int((spell.end - spell.start) / timedelta(minutes=1))
        moments = [spell.start + timedelta(minutes=minute) for minute in range(minutes)]
        assert all(spell.until(moment) > moment for moment in moments)


def spell(hospital: str, start: datetime, minutes: int, status: Status = Status.RED) -> Spell:
    """A stop whose end was entered as it came."""
    end = start + timedelta(minutes=minutes)
    return Spell(
        hospital=HospitalId(hospital),
        department=SEH,
        status=status,
        reason=StopReason.PATIENT_PEAK,
        start=start,
        end=end,
        entered=((start, end),),
    )


def a_scene(region: Region, spells: Sequence[Spell], outages: Sequence[tuple[datetime, datetime]] = ()) -> Scene:
    """A world of these stops."""
    return Scene(region.registry, region.editions, spells, outages)


def seh(scene: Scene, hospital: str, now: datetime, *, heard: bool = False) -> Status:
    """The status of an emergency department as the rules take it."""
    picture = scene.heard(now) if heard else scene.truth(now)
    return effective_status(picture, HospitalId(hospital), SEH, now, now, scene.editions)


def test_stop_runs_from_its_start_until_its_end(region: Region) -> None:
    scene = a_scene(region, [spell("olvg-oost", NOON, 60)])
    moments = (NOON - timedelta(seconds=1), NOON, NOON + timedelta(minutes=59), NOON + timedelta(minutes=60))

    assert [seh(scene, "olvg-oost", one) for one in moments] == [Status.GREEN, Status.RED, Status.RED, Status.GREEN]


def test_platform_tells_half_a_minute_late_at_most(region: Region) -> None:
    scene = a_scene(region, [spell("olvg-oost", NOON + timedelta(seconds=10), 60)])

    assert seh(scene, "olvg-oost", NOON + timedelta(seconds=20), heard=True) is Status.GREEN
    assert seh(scene, "olvg-oost", NOON + timedelta(seconds=30), heard=True) is Status.RED


def test_silent_platform_tells_nothing_new_and_then_nothing_at_all(region: Region) -> None:
    silent = [(NOON, NOON + timedelta(hours=1))]
    scene = a_scene(region, [spell("olvg-oost", NOON + timedelta(minutes=1), 120)], silent)

    assert seh(scene, "olvg-oost", NOON + timedelta(minutes=10), heard=True) is Status.GREEN
    assert seh(scene, "olvg-oost", NOON + timedelta(minutes=16), heard=True) is Status.UNKNOWN
    assert seh(scene, "olvg-oost", NOON + timedelta(minutes=61), heard=True) is Status.RED


def test_code_orange_can_be_taken_out_of_the_platform(region: Region) -> None:
    scene = a_scene(region, [spell("olvg-oost", NOON, 60, Status.ORANGE), spell("bovenij", NOON, 60)])
    picture = scene.heard(NOON, orange=False)

    assert scene.shows_orange(NOON)
    assert picture.states[HospitalId("olvg-oost")][SEH].status is Status.GREEN
    assert picture.states[HospitalId("bovenij")][SEH].status is Status.RED


def test_stops_lapse_after_all_departments_of_a_region_stopped_and_a_dispatcher_confirmed(region: Region) -> None:
    amsterdam = [site for site in region.registry if site.mka == "MKA Amsterdam"]
    spells = [spell(site.id, NOON + timedelta(minutes=number), 180) for number, site in enumerate(amsterdam)]
    scene = a_scene(region, spells)
    met = spells[-1].start
    scene.confirm_lapses(timedelta(minutes=5))

    assert [(episode.mka, episode.start) for episode in scene.episodes] == [("MKA Amsterdam", met)]
    assert seh(scene, "olvg-oost", met + timedelta(minutes=4)) is Status.RED
    assert seh(scene, "olvg-oost", met + timedelta(minutes=5)) is not Status.RED


def test_no_lapse_while_one_department_is_open(region: Region) -> None:
    amsterdam = [site for site in region.registry if site.mka == "MKA Amsterdam"]
    scene = a_scene(region, [spell(site.id, NOON, 180) for site in amsterdam[1:]])
    scene.confirm_lapses(timedelta(minutes=5))

    assert scene.episodes == ()
