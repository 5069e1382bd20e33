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
ADVICE_FOLLOWED = (
    both("Advies gevolgd", "Advice followed"),
    both(
        "De eerste keus van elke rit die in de periode begon, naar de plaats van het gekozen ziekenhuis in het advies. "
        "Latere keuzes, onderweg of na een weigering, tellen niet. Volgen is geen doel op zich: de bemanning beslist. "
        "Een regio of ziekenhuis kiest op het gekozen ziekenhuis.",
        "The first choice of every ride that began in the period, by the place of the chosen hospital in the advice. "
        "Later choices, under way or after a refusal, do not count. Following is no aim in itself: the crew decides. "
        "A region or hospital selects by the chosen hospital.",
    ),
)
DEVIATION_REASONS = (
    both("Redenen van een andere keus", "Reasons for another choice"),
    both(
        "De reden die de bemanning opgaf waar de eerste keus niet het eerste ziekenhuis van het advies was. Het is "
        "vrije tekst: alleen wat op hoofdletters en spaties na gelijk is, telt als dezelfde reden.",
        "The reason that the crew gave where the first choice was not the first hospital of the advice. It is free "
        "text: only what is the same but for capitals and blanks counts as the same reason.",
    ),
)
REFUSALS = (
    both("Weigeringen aan de deur", "Refusals at the door"),
    both(
        "Keren dat een bemanning vastlegde dat de patiënt aan de deur niet werd aangenomen, naast de vertrekken "
        "met de patiënt naar dat ziekenhuis, op ritten die in de periode begonnen. Wie zonder vastlegging doorreed, "
        "telt niet; het ziekenhuis is niet gehoord.",
        "Times that a crew noted that the patient was not taken at the door, beside the number of departures with the "
        "patient to that hospital, on rides that began in the period. Who drove on without noting it does not count; "
        "the hospital was not heard.",
    ),
)
CONSULT_OUTCOMES = (
    both("Uitkomst van telefonisch overleg", "Outcome of consultations by telephone"),
    both(
        "Overleggen die bemanningen vastlegden op ritten die in de periode begonnen, naar het gebelde ziekenhuis. "
        "Overleg nodig, niet vastgelegd: ritten waarvan de eerste keus de klasse overleggen had en waarop geen overleg "
        "is vastgelegd; dat kan wel gevoerd zijn.",
        "Consultations that crews noted on rides that began in the period, by the hospital that was phoned. Call "
        "needed, none noted: rides whose first choice had the class call first and on which no call was noted; it may "
        "have been made.",
    ),
)
DETOUR = (
    both("Extra rijtijd door stops", "Extra drive time because of stops"),
    both(
        "Voor het eerste vertrek van elke rit die in de periode begon: de rijtijd naar het gekozen ziekenhuis, of naar "
        "het dichtstbijzijnde waar de patiënt volgens het advies welkom was als dat korter is, min de rijtijd naar het "
        "dichtstbijzijnde ziekenhuis waar dezelfde regels de patiënt welkom hadden genoemd zonder stops en codes. "
        "Rijtijden zijn die van het bewaarde advies: voorspeld, vanaf de plaats van de vraag. Wat de bemanning uit "
        "eigen keus verder reed, telt niet mee. Adviezen waarvan de bewaartijd om is, doen niet mee. Een regio of "
        "ziekenhuis kiest op het gekozen ziekenhuis.",
        "For the first departure of every ride that began in the period: the drive to the chosen hospital, or to the "
        "nearest where the patient was welcome by the advice where that is shorter, less the drive to the nearest "
        "hospital where the same rules would have called the patient welcome without stops and codes. Drive times are "
        "those of the kept advice: predicted, from where it was asked. What the crew drove farther by its own choice "
        "does not count. Advices that are no longer kept do not take part. A region or hospital selects by the chosen "
        "hospital.",
    ),
)
ADVICE_LATENCY = (
    both("Duur van een advies", "Time to give an advice"),
    both(
        "Tijd van het binnenkomen van de vraag op de server tot het advies was uitgerekend, zoals bij elk advies "
        "vastgelegd. Het opschrijven en de weg over het netwerk zitten er niet in, en evenmin wat een toestel "
        "zonder verbinding zelf maakte. Adviezen van voor deze vastlegging heten niet gemeten. Een regio of "
        "ziekenhuis kiest op het eerste ziekenhuis van het advies.",
        "Time from the arrival of the question at the server until the advice was worked out, as recorded with every "
        "advice. Writing it down and the way over the network are not in it, nor is an advice that a device without a "
        "connection made itself. Advices from before this was recorded are called not measured. A region or hospital "
        "selects by the first hospital of the advice.",
    ),
)
ETA_ERROR = (
    both("Voorspelde en werkelijke aankomst", "Predicted and real arrival"),
    both(
        "Het verschil tussen de aankomst die de bemanning vastlegde en de aankomst die bij het vertrek met de patiënt "
        "was voorspeld; boven nul is later dan voorspeld. Alleen ritten die bij het ziekenhuis van dat vertrek "
        "aankwamen. Een verschil van meer dan een uur is weggelaten: dan is de knop later ingedrukt. De band komt uit "
        "het bewaarde advies, naar verhouding om de voorspelling bij het vertrek; alleen het eerste vertrek van "
        "een rit.",
        "The difference between the arrival that the crew noted and the one that was predicted at the departure with "
        "the patient; above zero is later than predicted. Only drives that arrived at the hospital of that departure. "
        "A difference of more than an hour is left out: then the button was pressed later. The band is that of the "
        "kept advice, laid around the prediction at the departure in proportion; only the first departure of a ride.",
    ),
)
STATUS_AGE = (
    both("Leeftijd van de standen bij het advies", "Age of the statuses at the advice"),
    both(
        "Hoe lang voor het advies de bron die het langst zweeg voor het laatst was gehoord, zoals bij elk advies "
        "vastgelegd. Verouderd is ouder dan de grens van de landelijke regels. Zonder bron is er geen leeftijd. Een "
        "regio of ziekenhuis kiest op het eerste ziekenhuis van het advies.",
        "How long before the advice the source that was silent for longest was last heard, as recorded with every "
        "advice. Stale is older than the limit of the national rules. Without a source there is no age. A region or "
        "hospital selects by the first hospital of the advice.",
    ),
)
