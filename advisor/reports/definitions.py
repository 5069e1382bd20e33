"""What is counted in each list and indicator: titles and definitions in both languages."""

from collections.abc import Mapping

from advisor.reports.words import both
from advisor.services.refusals import Wording
from advisor.services.reporting import EventKind

LISTS: Mapping[EventKind, tuple[Wording, Wording]] = {
    EventKind.NORM_BREACHES: (
        both("Overschreden normtijden", "Norm times exceeded"),
        both(
            "Stops en codes die in de periode begonnen en langer duurden dan de normtijd die het regionale protocol op "
            "dat moment voor die afdeling en stand noemt. Waar het protocol geen normtijd noemt, staat een stop hier "
            "niet. Een lopende stop telt tot nu en heeft nog geen einde. De normtijd is een streven: overschrijding is "
            "een vraag, geen fout. Een bron die zwijgt beëindigt een stop niet; die duurt tot het genoemde einde.",
            "Stops and codes that began in the period and lasted longer than the norm time that the regional protocol "
            "gives at that moment for that department and status. Where the protocol gives none, a stop is not listed. "
            "A running stop counts until now and has no end yet. The norm time is an aim: exceeding it is a question, "
            "not a fault. A source that falls silent does not end a stop; it lasts until the end that was given.",
        ),
    ),
    EventKind.PLANNED_STOPS: (
        both("Geplande langdurige stops", "Planned long stops"),
        both(
            "Vooraf aangekondigde stops waarvan het aangekondigde begin in de periode valt, met wat ervan gekomen is. "
            "Op tijd is zoveel uur vooraf als het protocol vraagt. Uitgevoerd is de stop die binnen de aankondiging "
            "werkelijk is afgekondigd; zonder tijden is er geen afgekondigd.",
            "Stops announced ahead whose announced beginning falls in the period, and what became of them. In time "
            "means as many hours ahead as the protocol asks. Carried out is the stop that was really declared within "
            "the announcement; without times none was.",
        ),
    ),
    EventKind.REFUSALS: (
        both("Weigeringen aan de deur", "Refusals at the door"),
        both(
            "Keren dat een bemanning vastlegde dat het gekozen ziekenhuis de patiënt niet aannam, op ritten die in de "
            "periode begonnen. De reden is die van de bemanning; het ziekenhuis is niet gehoord. Klasse en stand zijn "
            "die bij het vertrek met de patiënt.",
            "Times that a crew noted that the chosen hospital did not take the patient, on rides that began in the "
            "period. The reason is the crew's; the hospital was not heard. Class and status are those at the departure "
            "with the patient.",
        ),
    ),
    EventKind.LAPSES: (
        both("Vervallen stops (regel 3.1)", "Lapsed stops (rule 3.1)"),
        both(
            "Keren dat een meldkamer bevestigde dat alle stops van een categorie in haar regio vervallen. Minuten "
            "lopen van de bevestiging tot de laatste van die stops uit beeld was, of tot nu.",
            "Times that a dispatch centre confirmed that all stops of a category in its region lapse. Minutes run from "
            "the confirmation until the last of those stops was gone, or until now.",
        ),
    ),
    EventKind.DEVIATIONS: (
        both("Andere keus dan het eerste advies", "Other choice than the first advised"),
        both(
            "Ritten die in de periode begonnen en waarvan de eerste keus niet het eerste ziekenhuis van het advies "
            "was, met de reden die de bemanning gaf. Latere keuzes onderweg of na een weigering tellen niet. Afwijken "
            "mag: het advies beslist niet.",
            "Rides that began in the period whose first choice was not the first hospital of the advice, with the "
            "reason that the crew gave. Later choices under way or after a refusal do not count. To deviate is "
            "allowed: the advice does not decide.",
        ),
    ),
}

STOPS_BY_HOUR = (
    both("Begin van SEH-stops, per weekdag en uur", "Beginning of ED stops, by weekday and hour"),
    both(
        "Rode stops van de afdeling SEH die in de periode begonnen, naar weekdag en uur van dat begin in Nederlandse "
        "tijd. Wat van één afdeling tegelijk door de console en een bron is gemeld, is één stop; verlengen maakt geen "
        "nieuwe, opnieuw afkondigen na het einde wel. Correcties tellen alsof het altijd zo was.",
        "Red stops of the emergency department that began in the period, by weekday and hour of that beginning in "
        "Dutch time. What the console and a source told of one department at a time is one stop; an extension makes no "
        "new one, to declare again after the end does. Corrections count as if it had always been so.",
    ),
)
MINUTES_PER_REGION = (
    both("Stops en minuten per regio", "Stops and minutes per region"),
    both(
        "Minuten van rode SEH-stops die in de periode vielen, opgeteld over ziekenhuizen, ook als die gelijk liepen; "
        "een lopende stop telt tot nu. Aantallen en gemiddelde duur gaan over stops die in de periode begonnen. Langer "
        "dan de norm: de norm van het regionale protocol van dat moment; regio's zonder norm hebben er geen. Met "
        "een regio of ziekenhuis als keus staan er ziekenhuizen in plaats van regio's: niet voor publicatie. Meer "
        "stops betekenen niet vanzelf slechter bereikbare zorg.",
        "Minutes of red ED stops that fell in the period, added up over hospitals, also where they ran at the same "
        "time; a running stop counts until now. Counts and mean duration are about stops that began in the period. "
        "Longer than the norm: the norm time of the regional protocol of that moment; regions without one have none. "
        "With a region or hospital chosen there are hospitals instead of regions: not for publication. More stops do "
        "not by themselves mean that care is harder to reach.",
    ),
)
