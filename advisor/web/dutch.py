"""What is wrong with an input, in Dutch: the services and the wire say it in English, with values in it."""

import re

PHRASES = (
    (r"is required", r"ontbreekt"),
    (r"unknown field", r"onbekend veld"),
    (r"must be a JSON object", r"moet een JSON-object zijn"),
    (r"must be a text", r"moet een tekst zijn"),
    (r"must be a list of texts", r"moet een lijst van teksten zijn"),
    (r"must be a list of at most (\d+) positions", r"moet een lijst van hoogstens \1 posities zijn"),
    (r"must be (\d+) to (\d+) points for (\S+)", r"moet \1 tot \2 punten hebben voor \3"),
    (r"must be 0 \(closed\) or less than 1 \(slowed\)", r"moet 0 (gesloten) of minder dan 1 (vertraagd) zijn"),
    (r"must be true or false", r"moet true of false zijn"),
    (r"must not be empty", r"mag niet leeg zijn"),
    (r"must not hold control characters", r"mag geen stuurtekens bevatten"),
    (r"must (?:have|be) at most (\d+) characters", r"mag hoogstens \1 tekens hebben"),
    (r"must be at most (\d+) texts of at most (\d+) characters", r"mag hoogstens \1 teksten van \2 tekens hebben"),
    (r"must have at most (\d+) entries", r"mag hoogstens \1 regels hebben"),
    (r"must have (\d+) to (\d+) characters", r"moet \1 tot \2 tekens hebben"),
    (r"must be one of (.+)", r"moet een van deze zijn: \1"),
    (r"must be letters out of (.+)", r"moet bestaan uit letters van \1"),
    (r"must be a number from (\S+) to (\S+)", r"moet een getal zijn van \1 tot \2"),
    (r"must be a time with its offset, such as (\S+)", r"moet een tijd met tijdzone zijn, zoals \1"),
    (r"must be a day, such as (\S+)", r"moet een dag zijn, zoals \1"),
    (r"must be before the end of the period", r"moet voor het einde van de periode liggen"),
    (r"the period may be (\d+) days at most", r"de periode mag hoogstens \1 dagen zijn"),
    (r"has not begun yet", r"is nog niet begonnen"),
    (r"no such region", r"deze regio bestaat hier niet"),
    (r"'(.*)' is not of the form 2026-Q1", r"'\1' heeft niet de vorm 2026-Q1"),
    (r"must lie in the years (\d+) to (\d+)", r"moet in de jaren \1 tot \2 liggen"),
    (r"must be in the future", r"moet in de toekomst liggen"),
    (r"must be after now", r"moet in de toekomst liggen"),
    (r"must be after the present end", r"moet na het huidige einde liggen"),
    (r"must be after the start", r"moet na het begin liggen"),
    (r"must be after the declaration", r"moet na de afkondiging liggen"),
    (r"must not be in the future", r"mag niet in de toekomst liggen"),
    (r"must lie between the declaration and now", r"moet tussen de afkondiging en nu liggen"),
    (r"must say why", r"moet zeggen waarom"),
    (
        r"must say why another hospital than the first is chosen",
        r"moet zeggen waarom niet het eerste ziekenhuis is gekozen",
    ),
    (r"the advice has no hospital (.+)", r"dit ziekenhuis staat niet in het advies: \1"),
    (r"must be within (\d+) days(?: of .+)?", r"mag hoogstens \1 dagen vooruit liggen"),
    (r"no such hospital(?:: (.+))?", r"dit ziekenhuis bestaat hier niet"),
    (r"no hospital with id (.+)", r"dit ziekenhuis bestaat hier niet: \1"),
    (r"no meldkamer region (.+)", r"deze meldkamerregio bestaat niet: \1"),
    (r"(\S+) has no (\S+)", r"\1 heeft geen \2"),
    (r"'(.+)' is not a reason for (\S+)", r"'\1' is geen reden voor \2"),
    (r"(\S+) cannot be declared for (\S+)", r"\1 kan voor \2 niet worden afgekondigd"),
    (
        r"holds a number that could be a citizen service number \(BSN\); leave out who the patient is",
        r"bevat een getal dat een burgerservicenummer (BSN) kan zijn; laat weg wie de patiënt is",
    ),
    (
        r"lat and lon seem to be swapped: (\S+) is a longitude here and (\S+) a latitude",
        r"lat en lon lijken verwisseld: \1 is hier een lengtegraad en \2 een breedtegraad",
    ),
    (r"no such tile; zoom goes to (\d+)", r"deze kaarttegel bestaat niet; de zoom gaat tot \1"),
)
"""English pattern and Dutch words; a test sees to it that everything the wire can say is among them."""

_COMPILED = tuple((re.compile(english, re.DOTALL), dutch) for english, dutch in PHRASES)


def in_dutch(message: str) -> str:
    """Say a message in Dutch; one that is not known stays as it is."""
    for english, dutch in _COMPILED:
        match = english.fullmatch(message)
        if match is not None:
            return match.expand(dutch)
    return message
