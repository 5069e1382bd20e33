"""Who is logged in, and what the protocol lets this account declare."""

from flask import Blueprint, Response, request

from advisor.kernel import Department, Status
from advisor.protocol.duties import LAPSE_DUTIES, PLAN_DUTIES
from advisor.protocol.edition import Edition
from advisor.protocol.escalation import measures_for
from advisor.protocol.explain import Language, duty_sentence, stop_reason_name
from advisor.protocol.referral import referral_words
from advisor.services.access import Actor
from advisor.services.stop_rules import edition_for
from advisor.web.answer import answer
from advisor.web.auth import csrf_token, require_actor
from advisor.web.context import now, parts
from advisor.web.fields import Fields

routes = Blueprint("me", __name__)


@routes.get("/me")
def me() -> Response:
    """Tell who is logged in, and the token that calls with the cookie must carry."""
    actor = require_actor()
    return answer(
        {
            "name": actor.name,
            "role": actor.role,
            "hospital": actor.hospital,
            "region": actor.region or None,
            "demo": parts().demo,
            "version": parts().version,
            "csrf": csrf_token(),
        }
    )


@routes.get("/protocol")
def protocol() -> Response:
    """Tell what can be declared at the caller's hospital now, or at `?hospital=`, or by the national rules."""
    return answer(_render(_edition(require_actor())))


def _edition(actor: Actor) -> Edition:
    world = parts().world
    fields = Fields(request.args.to_dict(), world.registry.hospitals)
    hospital = fields.find_hospital("hospital") or actor.hospital
    fields.finish()
    return edition_for(hospital, now(), world) if hospital else world.editions.national


def _render(edition: Edition) -> dict[str, object]:
    return {
        "edition": edition.id,
        "label": edition.label,
        "label_en": edition.label_en,
        "warning_before_end_min": edition.warning_before_end_min,
        "departments": {department.value: _department(edition, department) for department in Department},
        "planned_notice_h": edition.numbers["planned_notice"].value,
        "plan_duties": [_duty(code) for code in PLAN_DUTIES],
        "lapse_duties": [_duty(code) for code in LAPSE_DUTIES],
        "extend_duty": _duty("reassess_before_extending"),
        "referral": {
            status.value: [
                {"rule": each.rule, "section": each.section, "text": each.nl, "text_en": each.en} for each in passages
            ]
            for status, passages in referral_words(edition).items()
        },
    }


def _duty(code: str) -> dict[str, str]:
    return {"code": code, "text": duty_sentence(code, Language.NL), "text_en": duty_sentence(code, Language.EN)}


def _department(edition: Edition, department: Department) -> dict[str, object]:
    norms = {status.value: edition.norm_min(department, status) for status in (Status.RED, Status.ORANGE)}
    return {
        "statuses": [status.value for status in edition.allowed_statuses(department)],
        "norm_min": {status: minutes for status, minutes in norms.items() if minutes is not None},
        "reasons": [reason.value for reason in edition.reasons_for(department)],
        "reasons_en": [stop_reason_name(reason, Language.EN) for reason in edition.reasons_for(department)],
        "checklist": [
            {"code": each.code, "area": each.area.value, "rule": each.rule, "text": each.nl, "text_en": each.en}
            for each in measures_for(department)
        ],
    }
