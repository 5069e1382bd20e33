"""Names of towns for the map, the weighty ones marked."""

from collections.abc import Iterable

from advisor.kernel import Position


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split("; "))


RANKS: tuple[frozenset[str], ...] = (
    _names(
        "Alkmaar; Almere; Amersfoort; Amsterdam; Apeldoorn; Arnhem; Den Haag; Den Helder; Dordrecht; Haarlem; "
        "Hoorn; Leeuwarden; Leiden; Lelystad; Nijmegen; Rotterdam; 's-Hertogenbosch; Utrecht; Zwolle"
    ),
    _names(
        "Alphen aan den Rijn; Amstelveen; Barneveld; Beverwijk; Bussum; Castricum; Culemborg; Delft; Deventer; "
        "Drachten; Dronten; Ede; Emmeloord; Enkhuizen; Gorinchem; Gouda; Harderwijk; Harlingen; Heerenveen; "
        "Heerhugowaard; Hilversum; Hoofddorp; Houten; Huizen; IJmuiden; Kampen; Katwijk; Meppel; Nieuwegein; "
        "Nijkerk; Purmerend; Schagen; Sneek; Soest; Steenwijk; Tiel; Veenendaal; Volendam; Weesp; Woerden; Zaandam; "
        "Zeist; Zoetermeer"
    ),
    _names(
        "Aalsmeer; Abcoude; Andijk; Anna Paulowna; Assendelft; Baarn; Badhoevedorp; Bergen; Biddinghuizen; "
        "Bilthoven; Bloemendaal; Bodegraven; Bolsward; Bovenkarspel; Breukelen; Bunnik; Bunschoten-Spakenburg; "
        "Callantsoog; De Bilt; De Meern; Den Oever; Diemen; Doorn; Driebergen; Edam; Eemnes; Egmond aan Zee; "
        "Elburg; Ermelo; Heemskerk; Heemstede; Heiloo; Hillegom; Hippolytushoef; IJsselstein; Joure; Julianadorp; "
        "Krommenie; Laren; Leerdam; Lemmer; Leusden; Lisse; Maarssen; Medemblik; Middenbeemster; Middenmeer; "
        "Mijdrecht; Monnickendam; Montfoort; Muiden; Naarden; Nieuw-Vennep; Noordwijk; Nunspeet; Obdam; Opmeer; "
        "Oudewater; Petten; Putten; Rhenen; Sassenheim; Schiphol; Schoonhoven; Soesterberg; Swifterbant; Uitgeest; "
        "Uithoorn; Urk; Vianen; Vinkeveen; Vleuten; Voorthuizen; Wageningen; Warmenhuizen; Wieringerwerf; "
        "Wijk bij Duurstede; Winkel; Wognum; Wolvega; Wormerveer; Zandvoort; Zeewolde"
    ),
)
"""Towns by weight: those by which one finds one's way in the whole country, in a province, in a region.

Weight is the number of people in steps (some 80,000, 25,000, 7,000), raised where a town stands alone in its country.
"""

Label = tuple[str, float, float, int]
"""Name, latitude, longitude, and rank from 0 (drawn from afar) to 3 (drawn near by)."""


def label_places(places: Iterable[tuple[str, Position]], bounds: tuple[float, float, float, float]) -> list[Label]:
    """List the places within bounds (west, south, east, north in degrees), the weightiest first.

    What tells two places of one name apart stands in brackets behind it; on a map their positions do that.
    """
    west, south, east, north = bounds
    labels = [
        (name.split(" (")[0], round(at.lat, 3), round(at.lon, 3), _rank(name))
        for name, at in places
        if west <= at.lon <= east and south <= at.lat <= north
    ]
    return sorted(labels, key=lambda label: (label[3], label[0]))


def _rank(name: str) -> int:
    return next((rank for rank, names in enumerate(RANKS) if name in names), len(RANKS))
