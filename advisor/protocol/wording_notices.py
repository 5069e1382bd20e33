"""What the notices say, in Dutch and English."""

from collections.abc import Callable, Mapping

from advisor.protocol import wording_en, wording_nl
from advisor.protocol.facts import Facts, Vocabulary

WORDS: Mapping[str, Vocabulary] = {"nl": wording_nl.WORDS, "en": wording_en.WORDS}


def _kind_nl(facts: Facts) -> str:
    return "SEH's" if facts.code == "SEH" else f"afdelingen {facts.code}"


def _kind_en(facts: Facts) -> str:
    return "SEHs" if facts.code == "SEH" else f"{facts.code} departments"


def _silent_nl(facts: Facts) -> str:
    whom = "één SEH" if facts["count"] == 1 else f"{facts['count']} SEH's"
    return f"Van {whom} is al {facts['minutes']} minuten of langer geen stand bekend: onbekend is niet open."


def _silent_en(facts: Facts) -> str:
    whom = "one SEH" if facts["count"] == 1 else f"{facts['count']} SEHs"
    return f"No status of {whom} has been heard for {facts['minutes']} minutes or longer: unknown is not open."


_NL: Mapping[str, Callable[[Facts], str]] = {
    "no_destination": lambda facts: (
        "Geen ziekenhuis ontvangt deze patiënt volgens de regels: bel de meldkamer of de MMA."
    ),
    "only_by_consultation": lambda facts: (
        "Geen ziekenhuis ontvangt deze patiënt zonder overleg: bel, of vraag de meldkamer."
    ),
    "lapse_met": lambda facts: (
        f"Alle {_kind_nl(facts)} in {facts['mka']} rood of oranje: vervallen volgens 3.1, bevestig bij MKA."
    ),
    "lapse_pending": lambda facts: (
        f"In {facts['mka']} gaat de laatste open {facts.code} een stop afkondigen: vraag de MKA."
    ),
    "lapse_uncertain": lambda facts: (
        f"Alle bekende {_kind_nl(facts)} in {facts['mka']} dicht of gestopt; of 3.1 geldt is onzeker: vraag de MKA."
    ),
    "lapse_one_away": lambda facts: (
        f"In {facts['mka']} is nog één {facts.code} zonder stop of code: na die vervallen alle stops."
    ),
    "lapse_confirmed": lambda facts: (
        f"De stops van de {_kind_nl(facts)} in {facts['mka']} zijn vervallen volgens 3.1"
        f" (bevestigd om {facts.clock('confirmed_at')})."
    ),
    "statuses_unknown": _silent_nl,
    "all_statuses_unknown": lambda facts: (
        f"Van geen enkele SEH is een stand bekend van de laatste {facts['minutes']} minuten: bel voor u kiest."
    ),
    "abcd_unknown": lambda facts: "De ABCD is nog niet ingevuld.",
    "nobody_known_able": lambda facts: (
        f"Van geen ziekenhuis is bekend dat het {facts.facilities} heeft: bel de meldkamer."
    ),
    "edition_not_in_force": lambda facts: (
        "Het regionale protocol geldt op dit moment niet; alleen de landelijke afspraken."
    ),
    "code_orange_off": lambda facts: "De proef met code oranje staat uit: bij oranje wordt overleg geadviseerd.",
    "stop_ends_soon": lambda facts: (
        f"{facts['name']}: de stop van {facts.department} loopt om {facts.clock('until')} af."
    ),
    "norm_exceeded": lambda facts: (
        f"{facts['name']}: de stop van {facts.department} duurt langer dan de normtijd (sinds {facts.clock('since')})."
    ),
    "impossible_status": lambda facts: (
        f"{facts['name']}: {facts.status} bestaat niet voor {facts.department}; een fout in de gegevens."
    ),
    "plan_starts_soon": lambda facts: (
        f"{facts['name']}: om {facts.clock('start')} begint een geplande stop van {facts.department}."
    ),
}

_EN: Mapping[str, Callable[[Facts], str]] = {
    "no_destination": lambda facts: (
        "By the rules no hospital receives this patient: call the dispatch centre or the MMA."
    ),
    "only_by_consultation": lambda facts: (
        "No hospital receives this patient without a call: call, or ask the dispatch centre."
    ),
    "lapse_met": lambda facts: (
        f"All {_kind_en(facts)} in {facts['mka']} red or orange: lapsed by 3.1, confirm with the MKA."
    ),
    "lapse_pending": lambda facts: (
        f"In {facts['mka']} the last open {facts.code} is about to declare a stop: ask the MKA."
    ),
    "lapse_uncertain": lambda facts: (
        f"All known {_kind_en(facts)} in {facts['mka']} closed or stopped; whether 3.1 holds is uncertain: ask the MKA."
    ),
    "lapse_one_away": lambda facts: (
        f"In {facts['mka']} one {facts.code} is left without a stop or code: after that all lapse."
    ),
    "lapse_confirmed": lambda facts: (
        f"The stops of the {_kind_en(facts)} in {facts['mka']} lapsed by 3.1"
        f" (confirmed at {facts.clock('confirmed_at')})."
    ),
    "statuses_unknown": _silent_en,
    "all_statuses_unknown": lambda facts: (
        f"Of no SEH is a status known from the last {facts['minutes']} minutes: call before you choose."
    ),
    "abcd_unknown": lambda facts: "The ABCD has not been entered yet.",
    "nobody_known_able": lambda facts: f"No hospital is known to have {facts.facilities}: call the dispatch centre.",
    "edition_not_in_force": lambda facts: (
        "The regional protocol does not hold at this moment; national agreements only."
    ),
    "code_orange_off": lambda facts: "The code orange pilot is off: on orange a call is advised.",
    "stop_ends_soon": lambda facts: f"{facts['name']}: the stop of {facts.department} ends at {facts.clock('until')}.",
    "norm_exceeded": lambda facts: (
        f"{facts['name']}: the stop of {facts.department} lasts longer than its norm (since {facts.clock('since')})."
    ),
    "impossible_status": lambda facts: (
        f"{facts['name']}: {facts.status} does not exist for {facts.department}; an error in the data."
    ),
    "plan_starts_soon": lambda facts: (
        f"{facts['name']}: a planned stop of {facts.department} begins at {facts.clock('start')}."
    ),
}

NOTICES: Mapping[str, Mapping[str, Callable[[Facts], str]]] = {"nl": _NL, "en": _EN}
"""Language to notice code to its sentence."""
