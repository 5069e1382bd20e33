"""One advice from question to receipt, fetched and worked out again."""

import hashlib
import zlib
from dataclasses import replace
from typing import Any

import orjson
import pytest

from advisor.hospitals.registry import parse_registry
from advisor.journal.events import AdviceGiven, Event
from advisor.kernel import AdviceId, Position, Status
from advisor.protocol.model import Answer, ConsultOutcome, EnRoute, Origin, Stability, Suspicion, TreatmentRelation
from advisor.roads.model import OffNetwork
from advisor.services.access import Actor, Forbidden
from advisor.services.advice_case import case_document, read_case
from advisor.services.get_advice import DamagedReceipt, get_advice, replay_advice
from advisor.services.give_advice import Advice, canonical, consider_advice, give_advice
from advisor.services.reference import ReferenceMissing, adopt_reference
from advisor.services.refusals import NotFound
from advisor.services.world import World
from advisor.store.memory import MemoryJournal
from tests.world import (
    EVERYBODY,
    FEED,
    GP,
    HOGEBERG,
    NOW,
    NURSE,
    OEVERDAM,
    OVERKANT,
    VELDSTAD,
    OneRoad,
    a_case,
    a_world,
    all_green,
    at,
    declared,
    ended,
    region_documents,
)

EVERYTHING = {
    "abcd": Stability.UNSTABLE,
    "letters": frozenset("AB"),
    "suspicion": Suspicion.STEMI,
    "origin": Origin.INTERNAL,
    "inside": OEVERDAM,
    "relation": {VELDSTAD: TreatmentRelation(active=Answer.YES, related=Answer.DOUBT)},
    "en_route": {VELDSTAD: EnRoute(departed_at=at(-5)), OEVERDAM: EnRoute(departed_at=at(-5), announced_at=at(-4))},
    "consult": {HOGEBERG: ConsultOutcome.REFUSED},
    "gp_accepted": {HOGEBERG: True},
    "shockroom": False,
}


def give(*events: Event, now: Any = NOW, **patient: object) -> Advice:
    return give_advice(a_case(patient=patient), actor=NURSE, now=now, world=a_world(*all_green(now), *events))


def order(advice: Advice) -> list[str]:
    return [option["hospital"] for option in advice.document["options"]]


def option(advice: Advice, hospital: str) -> dict[str, Any]:
    return next(each for each in advice.document["options"] if each["hospital"] == hospital)


class TestAnswer:
    def test_open_hospitals_stand_in_the_order_of_the_drive(self) -> None:
        assert order(give()) == [VELDSTAD, OEVERDAM, HOGEBERG, OVERKANT]

    def test_hospital_with_a_red_stop_comes_after_the_open_ones(self) -> None:
        advice = give(declared())

        assert (order(advice)[0], order(advice)[-1]) == (OEVERDAM, VELDSTAD)
        assert (option(advice, VELDSTAD)["class"], advice.first) == ("divert", OEVERDAM)

    def test_unstable_patient_is_welcome_at_the_nearest_in_spite_of_its_stop(self) -> None:
        advice = give(declared(), abcd=Stability.UNSTABLE)

        assert (order(advice)[0], option(advice, VELDSTAD)["class"]) == (VELDSTAD, "welcome_exception")

    def test_ending_the_stop_brings_the_hospital_back(self) -> None:
        assert order(give(declared(when=at(-9)), ended(when=NOW)))[0] == VELDSTAD

    def test_every_hospital_is_in_the_answer(self) -> None:
        assert sorted(order(give(declared()))) == sorted([VELDSTAD, OEVERDAM, HOGEBERG, OVERKANT])

    def test_minutes_come_from_the_roads(self) -> None:
        told = option(give(), VELDSTAD)

        assert (told["eta_s"], told["eta_low_s"], told["eta_high_s"], told["distance_m"]) == (340, 306, 374, 6800)
        assert (told["arrival"], told["eta_source"]) == ("2026-03-10T14:05:40.000Z", "network")

    def test_without_signals_it_takes_longer(self) -> None:
        case = a_case(signals=False)

        advice = give_advice(case, actor=NURSE, now=NOW, world=a_world(*all_green()))

        assert option(advice, VELDSTAD)["eta_s"] == 453

    def test_detour_is_counted_from_the_nearest_that_can_treat_the_patient(self) -> None:
        advice = give(suspicion=Suspicion.STEMI)

        assert [option(advice, each)["detour_s"] for each in (VELDSTAD, HOGEBERG, OVERKANT)] == [0, 0, 680]

    def test_status_now_and_at_arrival_are_both_told(self) -> None:
        soon_over = declared(until=at(3), when=at(-60))

        told = option(give(soon_over), VELDSTAD)["departments"]["SEH"]

        assert (told["status"], told["at_arrival"], told["until"]) == ("red", "green", "2026-03-10T14:03:00.000Z")

    def test_every_rule_that_spoke_has_a_sentence_in_both_languages(self) -> None:
        rules = [rule for each in give(declared()).document["options"] for rule in each["rules"]]

        assert rules
        assert all(rule["text"] and rule["text_en"] and rule["section"] for rule in rules)

    def test_call_has_the_number_where_it_is_on_record(self) -> None:
        in_doubt = {VELDSTAD: TreatmentRelation(active=Answer.DOUBT)}

        advice = give(declared(status=Status.ORANGE), relation=in_doubt)

        assert option(advice, VELDSTAD)["call"]["phone"] == "020 000 00 01"

    def test_hospital_that_no_road_leads_to_is_named_apart(self) -> None:
        world = a_world(*all_green(), roads=OneRoad(closed=frozenset({OEVERDAM})))

        advice = give_advice(a_case(), actor=NURSE, now=NOW, world=world)

        assert (advice.document["unreachable"], OEVERDAM in order(advice)) == ([OEVERDAM], False)

    def test_position_off_the_network_is_an_error_and_nothing_is_written(self) -> None:
        world = a_world()
        far = replace(a_case(), position=Position(lat=50.0, lon=5.0))

        with pytest.raises(OffNetwork):
            give_advice(far, actor=NURSE, now=NOW, world=world)

        assert world.journal.head() == 0

    def test_without_any_feed_nothing_is_fresh(self) -> None:
        advice = give_advice(a_case(), actor=NURSE, now=NOW, world=a_world())

        assert advice.document["freshness"] == {"age_s": None, "stale": True, "source": ""}

    @pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.role)
    def test_every_role_but_gp_and_feed_gets_advice(self, actor: Actor) -> None:
        world = a_world(*all_green())

        if actor in (GP, FEED):
            with pytest.raises(Forbidden):
                give_advice(a_case(), actor=actor, now=NOW, world=world)
        else:
            assert give_advice(a_case(), actor=actor, now=NOW, world=world).first == VELDSTAD

    def test_considering_writes_nothing(self) -> None:
        world = a_world()

        consider_advice(a_case(), actor=NURSE, now=NOW, world=world)

        assert world.journal.head() == 0

    def test_same_question_at_the_same_moment_has_the_same_answer(self) -> None:
        assert canonical(give(declared()).document["options"]) == canonical(give(declared()).document["options"])


class TestReceipt:
    @pytest.fixture
    def world(self) -> World:
        return a_world(*all_green(), declared())

    @pytest.fixture
    def advice(self, world: World) -> Advice:
        return give_advice(a_case(patient=EVERYTHING), actor=NURSE, now=at(1), world=world)

    def test_given_advice_is_one_fact(self, world: World, advice: Advice) -> None:
        last = world.journal.read(world.journal.head() - 1, 1)[0].event

        assert isinstance(last, AdviceGiven)
        assert (last.advice_id, last.first, last.by) == (advice.id, advice.first, "nurse")

    def test_case_comes_back_as_it_was(self) -> None:
        case = replace(a_case(patient=EVERYTHING), accuracy_m=12.5, heading_deg=271.0)

        assert read_case(orjson.loads(orjson.dumps(case_document(case))), case.position) == case

    def test_stored_advice_is_what_was_answered(self, world: World, advice: Advice) -> None:
        fetched = get_advice(advice.id, actor=NURSE, world=world)

        assert canonical(fetched.document) == canonical(advice.document)

    def test_replay_is_byte_equal(self, world: World, advice: Advice) -> None:
        assert replay_advice(advice.id, actor=NURSE, world=world).differences == ()

    def test_replay_is_byte_equal_after_the_board_has_changed(self, world: World, advice: Advice) -> None:
        world.journal.transact(lambda _: [ended(when=at(2))])

        assert replay_advice(advice.id, actor=NURSE, world=world).differences == ()

    def test_replay_is_byte_equal_over_roads_that_have_changed(self, world: World, advice: Advice) -> None:
        elsewhere = replace(world, roads=OneRoad(closed=frozenset({VELDSTAD})))

        assert replay_advice(advice.id, actor=NURSE, world=elsewhere).differences == ()

    def test_replay_uses_the_registry_of_its_time(self) -> None:
        then = a_world(*all_green())
        adopt_reference(now=NOW, world=then)
        advice = give_advice(a_case(), actor=NURSE, now=NOW, world=then)

        again = replay_advice(advice.id, actor=NURSE, world=renamed(then))

        assert (again.differences, option(again.advice, VELDSTAD)["name"]) == ((), "Veldstad")

    def test_replay_without_the_registry_of_its_time_says_so(self, world: World, advice: Advice) -> None:
        with pytest.raises(ReferenceMissing, match="registry"):
            replay_advice(advice.id, actor=NURSE, world=renamed(world))

    def test_replay_uses_the_editions_of_its_time(self) -> None:
        then = a_world(*all_green(), declared(status=Status.ORANGE))
        adopt_reference(now=NOW, world=then)
        advice = give_advice(a_case(), actor=NURSE, now=NOW, world=then)
        without_orange = replace(then, editions=then.editions.with_pilot("code_orange", active=False))

        assert replay_advice(advice.id, actor=NURSE, world=without_orange).differences == ()

    def test_reference_is_adopted_once(self) -> None:
        world = a_world()

        adopt_reference(now=NOW, world=world)
        adopt_reference(now=at(1), world=world)

        assert world.journal.head() == 2

    def test_answer_that_comes_out_differently_names_the_difference(self, world: World, advice: Advice) -> None:
        forged = forge(world, advice, lambda answer: answer["options"][0].update(eta_s=1))

        [difference] = replay_advice(advice.id, actor=NURSE, world=forged).differences

        assert difference == f"options[0].eta_s: 1 → {advice.document['options'][0]['eta_s']}"

    def test_receipt_that_was_altered_is_refused(self, world: World, advice: Advice) -> None:
        altered = forge(world, advice, lambda answer: answer["options"][0].update(eta_s=1), resign=False)

        with pytest.raises(DamagedReceipt):
            get_advice(advice.id, actor=NURSE, world=altered)

    def test_position_may_be_removed_and_the_rest_still_replays(self, world: World, advice: Advice) -> None:
        packed = zlib.decompress(world.journal.enclosure(advice.id) or b"").split(b"\n", 1)[1]
        without = with_enclosure(world, advice, zlib.compress(b"null\n" + packed), digest_in(world, advice))

        replay = replay_advice(advice.id, actor=NURSE, world=without)

        assert (replay.differences, replay.advice.document["position"]) == ((), None)

    def test_unknown_advice_is_not_found(self, world: World) -> None:
        with pytest.raises(NotFound):
            get_advice(AdviceId("never"), actor=NURSE, world=world)

    def test_stop_id_is_no_advice(self, world: World) -> None:
        with pytest.raises(NotFound):
            get_advice(AdviceId("s1"), actor=NURSE, world=world)

    def test_gp_sees_no_advice(self, world: World, advice: Advice) -> None:
        with pytest.raises(Forbidden):
            get_advice(advice.id, actor=GP, world=world)


def renamed(world: World) -> World:
    """Return the world after Veldstad got another name."""
    documents = {
        name: text.replace('name = "Veldstad"', 'name = "Nieuwstad"') for name, text in region_documents().items()
    }
    return replace(world, registry=parse_registry(documents), registry_documents=documents)


def digest_in(world: World, advice: Advice) -> str:
    event = world.journal.about(advice.id)[0].event
    assert isinstance(event, AdviceGiven)
    return event.digest


def forge(world: World, advice: Advice, change: Any, *, resign: bool = True) -> World:
    """Return a world in which the stored answer was changed; `resign` gives it a digest that fits."""
    position, text = zlib.decompress(world.journal.enclosure(advice.id) or b"").split(b"\n", 1)
    document = orjson.loads(text)
    change(document["answer"])
    forged = canonical(document)
    digest = hashlib.sha256(forged).hexdigest() if resign else digest_in(world, advice)
    return with_enclosure(world, advice, zlib.compress(position + b"\n" + forged), digest)


def with_enclosure(world: World, advice: Advice, packed: bytes, digest: str) -> World:
    journal = MemoryJournal()
    event = AdviceGiven(at=at(1), by="nurse", advice_id=advice.id, digest=digest, first=advice.first, receipt=packed)
    journal.transact(lambda _: [event])
    return replace(world, journal=journal)
