"""Advice without a connection: what the device says is what the server would say, and it says so at once."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from playwright.sync_api import Browser, Page, expect

from advisor.bootstrap.material import load_editions
from advisor.commands import case_wire as wire
from advisor.kernel import HospitalId
from advisor.protocol.decide import judge
from advisor.protocol.rank import Option, rank
from advisor.protocol.situation import NO_RELATION
from tests.browser.doors import Doors
from tests.browser.people import OOST, Line, Nurse
from tests.offline.random_boards import Case, case_document, expected_document, random_cases
from tests.web.server import Server

HARNESS = Path(__file__).parents[1] / "offline" / "device.js"
SHARED = Path(os.environ.get("UITWIJK_SHARED", Path(__file__).parents[3] / "shared"))
CASES = SHARED / "cases" / "protocol.json"
VERDICTS = 50_000
HOSPITALS = 8
IN_WORDS = 100
"""Boards of which the sentences are compared too; writing them takes most of the time."""
BATCH = 250
READY_WITHIN_S = 180.0
"""The package is worked out beside the server at its first start."""
KEPT_WITHIN_S = 90.0
KEPT = """async () => {
  const kept = async () => {
    const { recallKept } = await import('/static/js/offline/kept.js');
    return Boolean(await recallKept('package', 'grid') && await recallKept('board', 'last'));
  };
  return Promise.race([kept(), new Promise((resolve) => { setTimeout(() => resolve(false), 5000); })]);
}"""
"""With an end of its own: the browser sets no limit to an evaluation."""
FALLS_SILENT = """() => {
  const before = window.fetch;
  window.silences = 0;
  window.fetch = async (path, options) => {
    const answer = await before(path, options);
    if (window.silences || !String(path).includes('/package/grid/')) return answer;
    window.silences += 1;
    const { value } = await answer.body.getReader().read();
    return new Response(new ReadableStream({
      start(onward) {
        onward.enqueue(value);
        options.signal?.addEventListener('abort', () => onward.error(options.signal.reason));
      },
    }));
  };
}"""
"""The first time, the drive times begin to come and then nothing comes any more."""
SILENT_MS = 20_000
AGAIN_MS = 15_000


def wait_for_package(line: Line) -> None:
    """Wait until the server has worked out what devices keep."""
    give_up = time.monotonic() + READY_WITHIN_S
    while not line.get("/api/v1/package")["parts"]:
        assert time.monotonic() < give_up, "the package for devices was not made"
        time.sleep(0.5)


def wait_until_kept(page: Page) -> None:
    """Wait until the device keeps what it needs without a connection."""
    give_up = time.monotonic() + KEPT_WITHIN_S
    while not page.evaluate(KEPT):
        assert time.monotonic() < give_up, "the device does not keep the package"
        time.sleep(0.5)


@pytest.fixture(scope="module")
def device(doors: Doors) -> Iterator[Page]:
    """A page that holds nothing but what judges on a device, with the rules that the server gives out."""
    context = doors.make("nurse", gps=False, service_workers="block")
    wait_for_package(Line(context.request))
    page = context.new_page()
    page.route("**/device.js", lambda route: route.fulfill(body=HARNESS.read_text(), content_type="text/javascript"))
    page.goto("/static/js/vendor/README.md")
    page.evaluate("async () => { globalThis.device = await import('/device.js'); }")
    yield page
    context.close()


def differing(device: Page, cases: list[Case], *, in_words: bool) -> list[int]:
    """Return the places of the boards about which the device says something else than the rules."""
    editions = load_editions()
    batch = [[case_document(case), expected_document(case, editions, in_words=in_words)] for case in cases]
    text = orjson.dumps(batch, option=orjson.OPT_NON_STR_KEYS).decode()
    found: list[int] = device.evaluate(
        "([text, inWords]) => device.differing(JSON.parse(text), inWords)", [text, in_words]
    )
    return found


def test_device_says_in_the_same_words_what_the_rules_say(device: Page) -> None:
    assert differing(device, list(random_cases(1, IN_WORDS)), in_words=True) == []


def test_fifty_thousand_verdicts_are_the_same_and_in_the_same_order(device: Page) -> None:
    boards = VERDICTS // HOSPITALS
    cases = random_cases(2, boards)
    wrong = [
        (start, differing(device, [next(cases) for _ in range(min(BATCH, boards - start))], in_words=False))
        for start in range(0, boards, BATCH)
    ]

    assert [(start, places) for start, places in wrong if places] == []


@pytest.mark.skipif(not CASES.exists(), reason=f"no cases at {CASES}; set UITWIJK_SHARED")
def test_every_written_case_has_the_same_class_on_the_device(device: Page) -> None:
    document, editions = json.loads(CASES.read_text("utf-8")), load_editions()
    differs = []
    for each in document["classify"]:
        case = written_case(each, each["hospital"], each["eta_minutes"], document["regions"])
        said = device.evaluate("text => device.answer(JSON.parse(text), true)", as_text(case))
        mine = next(one for one in said if one[0] == each["hospital"]["id"])
        expected = next(
            one for one in expected_document(case, editions, in_words=True) if one[0] == each["hospital"]["id"]
        )
        if mine != json.loads(orjson.dumps(expected)):
            differs.append(each["id"])

    assert differs == []
    assert len(document["classify"]) > 100


@pytest.mark.skipif(not CASES.exists(), reason=f"no cases at {CASES}; set UITWIJK_SHARED")
def test_every_written_order_is_the_same_on_the_device(device: Page) -> None:
    document, editions = json.loads(CASES.read_text("utf-8")), load_editions()
    for each in document["ranking"]:
        cases = [written_case(each, one, one["eta"], document["regions"]) for one in each["hospitals"]]
        boards = [
            {**case_document(case), "hospital": one["id"]} for one, case in zip(each["hospitals"], cases, strict=True)
        ]
        said = device.evaluate(
            "text => { const [patient, boards] = JSON.parse(text); return device.order(patient, boards); }",
            orjson.dumps([boards[0]["patient"], boards], option=orjson.OPT_NON_STR_KEYS).decode(),
        )

        assert said == [[verdict.hospital, verdict.outcome] for verdict in in_order(cases, each, editions)], each["id"]


def test_taps_are_answered_when_the_server_is_gone(browser: Browser, tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        doors = Doors(browser, server.address)
        context = doors.make("nurse", gps=True)
        wait_for_package(Line(context.request))
        page = context.new_page()
        page.goto("/")
        nurse = Nurse(page)
        nurse.wait_for_list()
        wait_until_kept(page)
        server.kill()
        expect(page.get_by_text("GEEN VERBINDING — stand van")).to_be_visible(timeout=60_000)

        nurse.choose("STEMI")

        expect(nurse.row("BovenIJ Ziekenhuis")).to_contain_text("Heeft niet: PCI")
        expect(nurse.row(OOST)).to_contain_text("Welkom")
        nurse.choose("Algemeen")
        expect(nurse.row("BovenIJ Ziekenhuis")).not_to_contain_text("Heeft niet")
        page.reload()
        nurse.wait_for_list()
        expect(page.get_by_text("GEEN VERBINDING — stand van")).to_be_visible(timeout=60_000)
        context.close()


def test_package_that_stops_coming_is_asked_for_again(doors: Doors) -> None:
    context = doors.make("nurse", gps=True, service_workers="block")
    wait_for_package(Line(context.request))
    page = context.new_page()
    page.clock.install()
    page.add_init_script(f"({FALLS_SILENT})()")
    page.goto("/")
    Nurse(page).wait_for_list()
    page.wait_for_function("() => window.silences === 1")

    page.clock.fast_forward(SILENT_MS + 1000)
    page.clock.fast_forward(AGAIN_MS + 1000)

    wait_until_kept(page)
    context.close()


def written_case(each: Any, hospital: Any, minutes: float, regions: Any) -> Case:
    """Return a case of the file as one patient on one board."""
    now = wire.moment(each["now"])
    named = each.get("region", "none")
    picture = wire.picture(hospital, regions[named] if isinstance(named, str) else named, now)
    arrival = wire.exact_arrival(now, minutes)
    return Case(
        patient=wire.patient(each["patient"]),
        picture=picture,
        arrivals=dict.fromkeys(picture.sites, arrival),
        inbound=dict.fromkeys(picture.sites, 0),
        now=now,
    )


def in_order(cases: list[Case], each: Any, editions: Any) -> Iterator[Any]:
    """Yield the verdicts about the hospitals of a case, each on its own board, in the server's order."""
    patient = wire.patient(each["patient"])
    options = []
    for one, case in zip(each["hospitals"], cases, strict=True):
        hospital = HospitalId(one["id"])
        site = case.picture.sites[hospital]
        options.append(
            Option(
                verdict=judge(patient, site, case.picture, case.arrivals[hospital], case.now, editions),
                name=site.name,
                drive_time_s=one["eta"] * 60,
                relation=patient.relation.get(hospital, NO_RELATION),
            )
        )
    return (option.verdict for option in rank(options, patient))


def as_text(case: Case) -> str:
    """Return a case as JSON."""
    return orjson.dumps(case_document(case), option=orjson.OPT_NON_STR_KEYS).decode()
