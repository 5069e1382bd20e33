"""An advice in JSON terms: what goes over the wire and what a receipt holds."""

from typing import Any

from advisor.hospitals.model import Hospital
from advisor.hospitals.registry import Registry
from advisor.journal.receipt import Receipt
from advisor.kernel import Department, Status
from advisor.protocol.edition import Edition
from advisor.protocol.explain import Language, contact_name, duty_sentence, headline, judgement_sentence, sentence
from advisor.protocol.model import Contact, Reason, Verdict
from advisor.protocol.notices import Notice, notice_sentence
from advisor.protocol.rank import Option
from advisor.services.documents import department_document, freshness_document, moment, position_document
from advisor.services.work_out import Leg, Reference, WorkedOut

Json = Any

SCHEMATIC_LABEL = ("schematisch wegennet — niet voor inzet", "schematic road network — not for use on duty")


def advice_document(receipt: Receipt, worked_out: WorkedOut, reference: Reference) -> dict[str, Json]:
    """Return the advice but for its position; every text in Dutch and, with `_en`, in English."""
    leading = _leading_edition(worked_out, reference)
    drive = receipt.drive
    return {
        "id": receipt.advice_id,
        "as_of": moment(receipt.as_of),
        "seq": receipt.seq,
        "epoch": receipt.epoch,
        "edition": leading.id,
        "edition_label": leading.label,
        "edition_label_en": leading.label_en,
        "network": {
            "id": drive.network,
            "schematic": drive.schematic,
            "label": SCHEMATIC_LABEL[0] if drive.schematic else "",
            "label_en": SCHEMATIC_LABEL[1] if drive.schematic else "",
        },
        "snap_m": round(drive.snap_m, 1),
        "freshness": freshness_document(receipt.feeds, receipt.as_of, leading.freshness_min * 60),
        "options": [
            _option_document(rank, option, receipt, worked_out, reference)
            for rank, option in enumerate(worked_out.options, start=1)
        ],
        "unreachable": list(worked_out.unreachable),
        "notices": [notice_document(notice) for notice in worked_out.notices],
    }


def notice_document(notice: Notice) -> dict[str, Json]:
    """Return a notice with its sentence."""
    return {
        "code": notice.code,
        "level": notice.level,
        "section": notice.section,
        "text": notice_sentence(notice, Language.NL),
        "text_en": notice_sentence(notice, Language.EN),
    }


def _option_document(
    rank: int, option: Option, receipt: Receipt, worked_out: WorkedOut, reference: Reference
) -> dict[str, Json]:
    verdict = option.verdict
    hospital = reference.registry.hospitals[verdict.hospital]
    return {
        "rank": rank,
        "hospital": hospital.id,
        "name": hospital.name,
        "city": hospital.city,
        "position": position_document(hospital.arrival_position),
        "class": verdict.outcome,
        "headline": headline(verdict, Language.NL),
        "headline_en": headline(verdict, Language.EN),
        **_leg_document(worked_out.legs[hospital.id], worked_out.nearest_s),
        "departments": _departments(verdict, receipt, worked_out),
        "rules": [_rule_document(reason) for reason in verdict.reasons],
        "call": _call_document(verdict, hospital, reference.registry),
        "inbound": option.inbound,
        "duties": [_duty_document(code) for code in verdict.duties],
        "judgement": [_judgement_document(code) for code in verdict.judgement],
        "far": rank - 1 in worked_out.far,
        "edition": verdict.edition,
    }


def _leg_document(leg: Leg, nearest_s: float | None) -> dict[str, Json]:
    return {
        "eta_s": round(leg.seconds),
        "eta_low_s": round(leg.low_s),
        "eta_high_s": round(leg.high_s),
        "arrival": moment(leg.arrival.expected),
        "distance_m": None if leg.distance_m is None else round(leg.distance_m),
        "detour_s": None if nearest_s is None else max(0, round(leg.seconds - nearest_s)),
        "eta_source": "geodesic" if leg.geodesic else "network",
    }


def _departments(verdict: Verdict, receipt: Receipt, worked_out: WorkedOut) -> dict[str, Json]:
    states = receipt.states.get(verdict.hospital, {})
    return {
        department.value: {
            **department_document(states.get(department), status, receipt.as_of),
            "at_arrival": verdict.at_arrival.get(department, Status.UNKNOWN),
        }
        for department, status in worked_out.statuses[verdict.hospital].items()
    }


def _rule_document(reason: Reason) -> dict[str, Json]:
    return {
        "id": reason.rule,
        "section": reason.section,
        "effect": reason.effect,
        **_texts(sentence(reason, Language.NL), sentence(reason, Language.EN)),
    }


def _duty_document(code: str) -> dict[str, str]:
    return {"code": code, **_texts(duty_sentence(code, Language.NL), duty_sentence(code, Language.EN))}


def _judgement_document(code: str) -> dict[str, str]:
    return {"code": code, **_texts(judgement_sentence(code, Language.NL), judgement_sentence(code, Language.EN))}


def _call_document(verdict: Verdict, hospital: Hospital, registry: Registry) -> dict[str, Json] | None:
    if verdict.call is None:
        return None
    return {
        "who": contact_name(verdict.call, Language.NL),
        "who_en": contact_name(verdict.call, Language.EN),
        "phone": _phone(verdict, verdict.call, hospital, registry),
    }


def _phone(verdict: Verdict, contact: Contact, hospital: Hospital, registry: Registry) -> str | None:
    if contact in (Contact.MKA, Contact.MMA):
        mka = registry.mkas.get(hospital.mka)
        return mka.phones.get(contact.value) if mka else None
    if contact is Contact.SEH_PHYSICIAN:
        return hospital.phones.get(contact.value)
    department = verdict.reasons[0].values.get("department") if verdict.reasons else None
    return hospital.phones.get(department) if isinstance(department, Department) else None


def _texts(nl: str, en: str) -> dict[str, str]:
    return {"text": nl, "text_en": en}


def _leading_edition(worked_out: WorkedOut, reference: Reference) -> Edition:
    first = worked_out.options[0].verdict.edition if worked_out.options else ""
    return reference.editions.find(first) or reference.editions.national
