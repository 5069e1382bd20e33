"""A small invented registry: Veldstad (can do everything) and Oeverdam (small), in one meldkamer region."""

from collections.abc import Callable, Mapping
from importlib.resources import files

import pytest

from advisor.hospitals.registry import Registry, parse_registry
from advisor.kernel import InvalidInput

REGIONS = """
protocols = ["nhfl"]
roaz = ["Verzinregio"]

[veiligheidsregio]
VR01 = "Verzonnen land"

[[mka]]
name = "MKA Verzonnen"
subregions = ["Noord", "Zuid"]
complete = true
source = "plan"

[defaults]
policy = ["lpz", "plan"]
[defaults.facilities]
SR = ["yes", "plan"]
CTT = ["unknown", "plan"]
EHLH = ["unknown", "plan"]
CCU = ["unknown", "plan"]
LEVEL1 = ["no", "plan"]
VASCULAR = ["unknown", "plan"]
OBSTETRICS = ["unknown", "plan"]
BURNS = ["no", "plan"]
CHILD = ["unknown", "plan"]
THROMBECTOMY = ["unknown", "plan"]

[sources]
plan = "Drawn up for these tests."
visit = "Seen on site."
"""

HOSPITALS = """
[[hospital]]
id = "veldstad"
name = "Veldstad MC"
city = "Veldstad"
also = ["Académie"]
address = "Hoofdweg 1"
postcode = "1234 AB"
position = { lat = 52.10000, lon = 5.10000, source = "visit" }
entrance = { lat = 52.10100, lon = 5.10100, source = "visit" }
veiligheidsregio = "VR01"
roaz = ["Verzinregio", "plan"]
mka = ["MKA Verzonnen", "plan"]
subregion = "Noord"
protocol = "nhfl"
[hospital.facilities]
SEH = ["yes", "plan"]
PCI = ["yes", "visit"]
LEVEL1 = ["yes", "visit"]

[[hospital]]
id = "oeverdam"
name = "Oeverdam"
city = "Oeverdam"
address = "Kade 2"
postcode = "4321 BA"
position = { lat = 52.20000, lon = 5.20000, source = "plan" }
veiligheidsregio = "VR01"
roaz = ["Verzinregio", "plan"]
hours = { opens = "08:00", closes = "22:30", source = "visit" }
[hospital.facilities]
SEH = ["yes", "plan"]
PCI = ["unknown", "plan"]

[[closed]]
name = "Het Oude Huis"
city = "Veldstad"
position = { lat = 52.11000, lon = 5.11000, source = "plan" }
reason = "Gesloten."
reason_en = "Closed."
source = "plan"
"""


@pytest.fixture
def documents() -> dict[str, str]:
    return {"regions.toml": REGIONS, "sites.toml": HOSPITALS}


@pytest.fixture
def problems_of() -> Callable[[Mapping[str, str]], list[str]]:
    def problems_of(documents: Mapping[str, str]) -> list[str]:
        with pytest.raises(InvalidInput) as caught:
            parse_registry(documents)
        return [str(problem) for problem in caught.value.problems]

    return problems_of


@pytest.fixture(scope="session")
def shipped() -> Registry:
    """Give the registry that comes with the program."""
    data = files("advisor.hospitals") / "data"
    return parse_registry({entry.name: entry.read_text(encoding="utf-8") for entry in data.iterdir()})
