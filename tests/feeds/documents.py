"""Documents of other systems, as short as they can be, about the invented region."""

HAVE_NAMESPACE = "urn:oasis:names:tc:emergency:EDXL:HAVE:1.0"


def have(*hospitals: str) -> bytes:
    """Return a document of EDXL-HAVE about hospitals."""
    return (
        f'<HospitalStatus xmlns="{HAVE_NAMESPACE}" xmlns:n="urn:oasis:names:tc:ciq:xnl:3"'
        f' xmlns:p="urn:oasis:names:tc:ciq:xpil:3">{"".join(hospitals)}</HospitalStatus>'
    ).encode()


def hospital(
    name: str = "veldstad", status: str = "Normal", *, at: str = "2026-03-10T14:00:00Z", more: str = "", beds: str = ""
) -> str:
    """Return one hospital of such a document."""
    return f"""<Hospital><Organization><OrganizationInformation>
        <n:OrganisationName><n:NameElement>{name}</n:NameElement></n:OrganisationName>
        </OrganizationInformation></Organization>
        <EmergencyDepartmentStatus><EMSTraffic><EMSTrafficStatus>{status}</EMSTrafficStatus>{more}</EMSTraffic>
        </EmergencyDepartmentStatus>{beds}<LastUpdateTime>{at}</LastUpdateTime></Hospital>"""


def datex(*situations: str, protocol: str = "statefulPush", at: str = "2026-03-10T14:00:00Z") -> bytes:
    """Return a publication of DATEX II version 3."""
    return f"""<mc:messageContainer xmlns:sit="http://datex2.eu/schema/3/situation"
        xmlns:mc="http://datex2.eu/schema/3/messageContainer" xmlns:com="http://datex2.eu/schema/3/common"
        xmlns:loc="http://datex2.eu/schema/3/locationReferencing"
        xmlns:ex="http://datex2.eu/schema/3/exchangeInformation" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        <mc:payload xsi:type="sit:SituationPublication" lang="nl"><com:publicationTime>{at}</com:publicationTime>
        {"".join(situations)}</mc:payload><mc:exchangeInformation><ex:exchangeContext>
        <ex:codedExchangeProtocol>{protocol}</ex:codedExchangeProtocol></ex:exchangeContext></mc:exchangeInformation>
        </mc:messageContainer>""".encode()


POINT = """<loc:pointByCoordinates><loc:pointCoordinates><loc:latitude>52.1</loc:latitude>
    <loc:longitude>5.05</loc:longitude></loc:pointCoordinates></loc:pointByCoordinates>"""

BRIDGE = """<sit:generalNetworkManagementType>bridgeSwingInOperation</sit:generalNetworkManagementType>"""


def situation(
    name: str = "brug1",
    *,
    version_at: str = "2026-03-10T13:59:00Z",
    start: str = "2026-03-10T13:59:00Z",
    until: str = "2026-03-10T14:06:00Z",
    kind: str = "GeneralNetworkManagement",
    what: str = BRIDGE,
    where: str = POINT,
    life: str = "",
    probability: str = "certain",
    information: str = "real",
) -> str:
    """Return one situation of such a publication: a bridge that is open."""
    end = f"<com:overallEndTime>{until}</com:overallEndTime>" if until else ""
    cycle = (
        f"""<sit:management><sit:lifeCycleManagement><com:{life}>true</com:{life}></sit:lifeCycleManagement>
        </sit:management>"""
        if life
        else ""
    )
    return f"""<sit:situation id="S{name}"><sit:headerInformation><com:informationStatus>{information}
        </com:informationStatus></sit:headerInformation>
        <sit:situationRecord xsi:type="sit:{kind}" id="{name}" version="1">
        <sit:situationRecordVersionTime>{version_at}</sit:situationRecordVersionTime>
        <sit:probabilityOfOccurrence>{probability}</sit:probabilityOfOccurrence>
        <sit:validity><com:validityStatus>definedByValidityTimeSpec</com:validityStatus>
        <com:validityTimeSpecification><com:overallStartTime>{start}</com:overallStartTime>{end}
        </com:validityTimeSpecification></sit:validity>
        <sit:locationReference xsi:type="loc:PointLocation">{where}</sit:locationReference>{cycle}{what}
        </sit:situationRecord></sit:situation>"""


HAVE_DOCUMENT = have(hospital())
DATEX_DOCUMENT = datex(situation())
