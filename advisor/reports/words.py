"""Words that the reports share, in both languages."""

from advisor.kernel import Status
from advisor.protocol.explain import Language, outcome_name, status_name, stop_reason_name
from advisor.protocol.model import ConsultOutcome, Outcome, StopReason
from advisor.services.refusals import Wording


def both(nl: str, en: str) -> Wording:
    """Return a text in both languages."""
    return Wording(nl=nl, en=en)


def of_status(status: Status | None) -> Wording | None:
    """Return a status in words."""
    return None if status is None else _STATUSES[status]


def of_outcome(outcome: Outcome | None) -> Wording | None:
    """Return a class of the advice in words."""
    return None if outcome is None else _OUTCOMES[outcome]


def of_reason(reason: StopReason | None) -> Wording | None:
    """Return a reason of the menu in words."""
    return None if reason is None else _REASONS[reason]


def of_consult(outcome: ConsultOutcome) -> Wording:
    """Return how a consultation ended in words."""
    return _CONSULTS[outcome]


def yes_no(*, value: bool) -> Wording:
    """Return yes or no."""
    return both("ja", "yes") if value else both("nee", "no")


_STATUSES = {each: both(*(status_name(each, language) for language in Language)) for each in Status}
_OUTCOMES = {each: both(*(outcome_name(each, language) for language in Language)) for each in Outcome}
_REASONS = {each: both(*(stop_reason_name(each, language) for language in Language)) for each in StopReason}
_CONSULTS = {
    ConsultOutcome.ACCEPTED: both("akkoord", "accepted"),
    ConsultOutcome.REFUSED: both("afgewezen", "refused"),
}

HOSPITAL = both("Ziekenhuis", "Hospital")
REGION = both("ROAZ-regio", "ROAZ region")
MKA = both("Meldkamerregio", "Dispatch region")
DEPARTMENT = both("Afdeling", "Department")
STATUS = both("Stand", "Status")
START = both("Begin", "Start")
END = both("Einde", "End")
MINUTES = both("Minuten", "Minutes")
REASON = both("Reden", "Reason")
RIDE = both("Rit", "Ride")
MOMENT = both("Tijdstip", "Time")
BY = both("Door", "By")
WEEKDAY = both("Weekdag", "Weekday")
HOUR = both("uur", "h")
COUNT = both("Aantal", "Count")
SHARE = both("Aandeel (%)", "Share (%)")
RIDES = both("ritten", "rides")
STOPS = both("stops", "stops")
MIN = both("min", "min")
PERCENT = both("%", "%")
WEEKDAYS = (
    *(both("maandag", "Monday"), both("dinsdag", "Tuesday"), both("woensdag", "Wednesday")),
    *(both("donderdag", "Thursday"), both("vrijdag", "Friday"), both("zaterdag", "Saturday")),
    both("zondag", "Sunday"),
)
