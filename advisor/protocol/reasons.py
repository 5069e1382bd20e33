"""The ids that a reason can carry, each with its place in the source, and how a rule says something."""

from collections.abc import Mapping

from advisor.protocol.members import CONSULT, SEH
from advisor.protocol.model import Contact, Outcome, Reason

SECTIONS: Mapping[str, str] = {
    "COL-1": "2.2",
    "COL-4": "2.2",
    "COL-5": "2.2",
    "COL-6": "3.1",
    "RED-1": "2.3",
    "RED-2": "2.3",
    "RED-3": "2.3",
    "RED-4": "2.3",
    "RED-5": "2.3",
    "RX-1": "2.3",
    "RX-2": "2.3",
    "RX-4": "2.3",
    "RX-5": "2.3",
    "RX-6": "2.3",
    "ORA-2": "2.3",
    "ORA-3": "2.3",
    "ORA-7": "2.3",
    "LAP-1": "3.1",
    "LAP-3": "3.1",
    "LAP-4": "3.1",
    "NAT-1": "LNAZ 2025-Q2",
    "NAT-2": "LNAZ 2025-Q2",
    "NAT-6": "LNAZ 2025-Q2",
    "NAT-8": "LNAZ 2025-Q2",
    "AMB-01": "2.3",
    "AMB-03": "2.3",
    "AMB-04": "LNAZ 2025-Q2",
    "AMB-06": "3.1",
    "AMB-07": "2.3",
    "AMB-08": "2.3",
    "AMB-10": "2.3",
    "AMB-11": "3.1",
    "AMB-12": "3.1",
    "AMB-13": "3.1",
    "AMB-14": "3.1",
    "AMB-16": "2.7",
    "AMB-17": "2.2",
    "AMB-23": "2.2",
    "AMB-27": "2.3",
    "AMB-30": "2.6",
    "AMB-31": "3.1",
    "AMB-32": "2.3",
    "AMB-34": "LNAZ 2025-Q2",
    "AMB-35": "2.3",
    "AMB-36": "3.1",
    "PD-1": "productbesluit",
    "PD-2": "productbesluit",
    "PD-3": "productbesluit",
    "PD-4": "productbesluit",
}
"""Rule id to section: of the regional protocol where it is a number, else of the source or decision named."""

LIFTING = frozenset({"LAP-4", "AMB-36"})
"""Rules by which a stop counts no longer: a confirmed lapse, and one that only waits for its confirmation."""

ABOUT_DATA = frozenset({"PD-4", "AMB-23", "NAT-6"})
"""Rules that say what is the matter with a status and bring in no other reading of it."""

_CALLS: Mapping[str, Contact] = {
    "AMB-11": Contact.MKA,
    "AMB-12": Contact.MKA,
    "AMB-13": Contact.DEPARTMENT,
    "AMB-14": Contact.MKA,
    "LAP-3": Contact.MKA,
    "AMB-35": Contact.MMA,
    "AMB-36": Contact.MKA,
    "RED-1": Contact.SEH_PHYSICIAN,
    "RED-2": Contact.SEH_PHYSICIAN,
    "RED-4": Contact.SEH_PHYSICIAN,
    "COL-6": Contact.DEPARTMENT,
    "AMB-04": Contact.DEPARTMENT,
}
"""Whom to phone when this rule decides, where that is not the SEH physician of a `consult` (ORA-3)."""


def say(rule: str, effect: Outcome | None, **values: object) -> Reason:
    """Return what a rule says, with the section of its source."""
    return Reason(rule=rule, section=SECTIONS[rule], effect=effect, values=values)


def arguing(reason: Reason, effect: Outcome) -> Reason:
    """Return the same reason with another effect."""
    return Reason(rule=reason.rule, section=reason.section, effect=effect, values=reason.values)


def contact_for(reason: Reason, outcome: Outcome) -> Contact | None:
    """Return whom to phone when this reason decides: always somebody for a `consult`, sometimes for the rest."""
    contact = _CALLS.get(reason.rule)
    if contact is None:
        if outcome is not CONSULT:
            return None
        contact = Contact.SEH_PHYSICIAN
    department = reason.values.get("department", SEH)
    if contact is Contact.SEH_PHYSICIAN and department is not SEH:
        return Contact.DEPARTMENT
    if contact is Contact.DEPARTMENT and department is SEH:
        return Contact.SEH_PHYSICIAN
    return contact
