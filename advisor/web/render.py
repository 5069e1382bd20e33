"""From domain values to what goes over the wire; times in UTC with `Z`."""

from datetime import datetime

from advisor.hospitals.model import Hospital
from advisor.hospitals.registry import Registry
from advisor.journal.stop import Plan, Stop
from advisor.kernel import Position
from advisor.services.stop_history import PastStop

PLAN_NOTICE_MIN = 24 * 60


def render_time(moment: datetime) -> str:
    """Write a moment as RFC 3339 in UTC, to the millisecond."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def render_optional_time(moment: datetime | None) -> str | None:
    """Write a moment that may be absent."""
    return None if moment is None else render_time(moment)


def render_position(position: Position) -> dict[str, float]:
    """Write a position, to a tenth of a metre."""
    return {"lat": round(position.lat, 6), "lon": round(position.lon, 6)}


def render_hospital(hospital: Hospital, registry: Registry) -> dict[str, object]:
    """Write what the registry knows about a hospital, each fact with its source."""
    opening = hospital.opening
    return {
        "id": hospital.id,
        "name": hospital.name,
        "city": hospital.city,
        "address": hospital.address,
        "postcode": hospital.postcode,
        "position": render_position(hospital.position),
        "entrance": render_position(hospital.entrance) if hospital.entrance else None,
        "veiligheidsregio": registry.veiligheidsregios.get(hospital.veiligheidsregio, hospital.veiligheidsregio),
        "mka": hospital.mka,
        "subregion": hospital.subregion,
        "roaz": hospital.roaz,
        "protocol": hospital.protocol,
        "policy": hospital.policy,
        "departments": {department.value: known.value for department, known in hospital.departments.items()},
        "capabilities": {capability.value: known.value for capability, known in hospital.capabilities.items()},
        "sources": {facility.value: fact.source for facility, fact in hospital.facilities.items()}
        | dict(hospital.sources),
        "opening": {
            "opens": opening.opens.isoformat("minutes"),
            "closes": opening.closes.isoformat("minutes"),
            "source": opening.source,
        }
        if opening
        else None,
        "limited_hours": hospital.limited_hours,
        "phones": dict(hospital.phones),
        "note": hospital.note,
    }


def render_stop(stop: Stop, norm_min: int | None) -> dict[str, object]:
    """Write a stop; `norm_min` is the agreed standard duration of its kind, if there is one."""
    return {
        "id": stop.id,
        "hospital": stop.hospital,
        "department": stop.department,
        "status": stop.status,
        "reason": stop.reason,
        "note": stop.note,
        "since": render_time(stop.declared_at),
        "until": render_time(stop.until),
        "ended_at": render_optional_time(stop.ended_at),
        "by": stop.declared_by,
        "norm_min": norm_min,
        "planned": stop.plan_id is not None,
        "corrected_at": render_optional_time(stop.corrected_at),
        "void": stop.void,
        "extensions": stop.extensions,
        "checklist": stop.checklist,
        "peers_called": stop.peers_called,
    }


def render_past_stop(past: PastStop, norm_min: int | None) -> dict[str, object]:
    """Write a stop with everything that was done with it."""
    return {
        **render_stop(past.stop, norm_min),
        "acts": [
            {
                "act": each.act,
                "at": render_time(each.at),
                "by": each.by,
                "until": render_optional_time(each.until),
                "why": each.why,
            }
            for each in past.acts
        ],
    }


def render_plan(plan: Plan) -> dict[str, object]:
    """Write an announced stop; `late` when it was announced less than a day ahead (protocol section 2.6)."""
    ahead_min = (plan.start - plan.announced_at).total_seconds() / 60
    return {
        "id": plan.id,
        "hospital": plan.hospital,
        "department": plan.department,
        "reason": plan.reason,
        "from": render_time(plan.start),
        "until": render_time(plan.until),
        "note": plan.note,
        "announced_at": render_time(plan.announced_at),
        "by": plan.announced_by,
        "stop": plan.stop_id,
        "late": ahead_min < PLAN_NOTICE_MIN,
    }
