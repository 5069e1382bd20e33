"""Writes the access log: a line for every request that reaches something about care, people or access itself."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import Flask, Response, g, request

from advisor.journal.rides import Ride
from advisor.kernel import RideId
from advisor.services.access import Actor
from advisor.services.authenticate import Known
from advisor.services.free_text import holds_bsn
from advisor.services.ports import JournalUnavailable
from advisor.services.security import Access, AccessOutcome, Action
from advisor.web.context import now, parts
from advisor.web.openapi.operations import OPERATIONS
from advisor.web.problems import render_problem, respond

PREFIX = "/api/v1"
OPENID_BACK = "openid.come_back"

NOT_LOGGED = frozenset(
    {
        "hospitals", "board", "menu", "map", "tile", "route", "reach", "places", "closures", "me", "ways",
        "package", "packagePart",
        "healthz", "readyz", "metrics", "description",
        "have", "fhirMetadata", "fhirLocations", "fhirLocation", "fhirServices", "fhirService",
    }
)  # fmt: skip
"""Operations that show what everybody who is logged in, or anybody at all, may see of hospitals and roads."""

SOON = frozenset({"giveAdvice", "reportPosition"})
"""Nobody in an ambulance waits for these lines: the journal has the fact itself already, with who and when."""

EXECUTED = frozenset({"giveAdvice", "replayAdvice", "logIn", "pairDevice"})


_MADE_HERE = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What a request reached, as far as its address does not say it; `concerns` is whose it is."""

    kind: str
    object: str
    concerns: str = ""


def note_access(kind: str, identity: str, concerns: str = "") -> None:
    """Say what this request reached, for its line in the access log."""
    g.reached = (Reached(kind=kind, object=identity, concerns=concerns),)


def note_rides(rides: Iterable[Ride]) -> None:
    """Say which rides this request shows: each gets a line, so that its crew can see who looked."""
    note_crews({ride.id: ride.opened_by for ride in rides})


def note_crews(crews: Mapping[RideId, str]) -> None:
    """Say the same of rides whose crews are known by name."""
    g.reached = tuple(Reached(kind="ride", object=ride, concerns=crew) for ride, crew in crews.items())


def note_actor(actor: Actor) -> None:
    """Say who this request turned out to be."""
    g.acting = actor.name, actor.role.value


def note_attempt(name: str) -> None:
    """Say as whom somebody tried to log in; "" when there is no such account, whatever was typed."""
    g.acting = name, ""


def keep_access_log(app: Flask) -> None:
    """Begin to write lines for the requests of an application."""
    names = {(method, _rule(path)): operation.name for (method, path), operation in OPERATIONS.items()}

    @app.after_request
    def log_access(response: Response) -> Response:
        event = _event(names)
        who = _who()
        if event in {"", *NOT_LOGGED} or who is None:
            return response
        try:
            _write(_lines(event, who, response.status_code), event)
        except JournalUnavailable as error:
            return response if response.status_code >= 400 else respond(render_problem(error))
        return response


def log_line(known: Known, event: str, action: Action, kind: str, identity: str) -> None:
    """Write down what somebody reached on the live line, without letting the client wait."""
    parts().world.security.access_log.note_soon(
        Access(
            at=now(),
            event=event,
            action=action,
            user=known.actor.name,
            role=known.actor.role.value,
            access_point=f"line {access_point(known.session.pairing)}",
            kind=kind,
            object=identity,
            concerns=known.actor.name if kind == "advice" else "",
        )
    )


def access_point(device: str = "") -> str:
    """Return through which door this request came: the kind of program, its address, and the paired device."""
    way = "program" if request.headers.get("Authorization") else "page"
    return " ".join(part for part in (way, request.remote_addr or "", device and f"device {device}") if part)


def _rule(path: str) -> str:
    return PREFIX + path.replace("{", "<").replace("}", ">")


def _event(names: dict[tuple[str, str], str]) -> str:
    rule = request.url_rule
    if rule is None:
        return ""
    if rule.endpoint == OPENID_BACK:
        return "logIn"
    method = "GET" if request.method == "HEAD" else request.method
    return names.get((method, rule.rule.replace("<int:", "<")), "")


def _who() -> tuple[str, str] | None:
    """Return name and role of who acts; None for who never was anybody: such requests reach nothing."""
    if "acting" in g:
        found: tuple[str, str] = g.acting
        return found
    known: Known | None = g.get("known")
    return None if known is None else (known.actor.name, known.actor.role.value)


def _lines(event: str, who: tuple[str, str], status: int) -> list[Access]:
    known: Known | None = g.get("known")
    door = access_point("" if known is None else known.session.pairing)
    return [
        Access(
            at=now(),
            event=event,
            action=_action(event),
            user=who[0],
            role=who[1],
            access_point=door,
            kind=reached.kind,
            object="" if status >= 400 and _is_typed(reached.object) else reached.object,
            concerns=reached.concerns,
            outcome=_outcome(status),
        )
        for reached in g.get("reached") or (_in_address(),)
    ]


def _in_address() -> Reached:
    for name, value in (request.view_args or {}).items():
        return Reached(kind=name.removesuffix("_id"), object=str(value)[:200])
    return Reached(kind="", object="")


def _is_typed(identity: str) -> bool:
    """Tell whether an id could be the number of a citizen that somebody typed: none of ours looks like that."""
    return holds_bsn(identity) and not _MADE_HERE.fullmatch(identity)


def _action(event: str) -> Action:
    if event in EXECUTED:
        return Action.EXECUTE
    if request.method in {"GET", "HEAD"}:
        return Action.READ
    if request.method == "DELETE":
        return Action.DELETE
    return Action.UPDATE if request.view_args else Action.CREATE


def _outcome(status: int) -> AccessOutcome:
    if status < 400:
        return AccessOutcome.SUCCESS
    return AccessOutcome.REFUSED if status in {401, 403, 429} else AccessOutcome.FAILED


def _write(lines: list[Access], event: str) -> None:
    log = parts().world.security.access_log
    if event not in SOON:
        log.note(*lines)
        return
    for line in lines:
        log.note_soon(line)
