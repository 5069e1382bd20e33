"""One advice on the command line, as a table or as JSON."""

import argparse
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.commands.moments import parse_moment
from advisor.kernel import AMSTERDAM, HospitalId, InvalidInput, Position, Problem
from advisor.protocol.model import Answer, ConsultOutcome, Origin, Patient, Stability, Suspicion, TreatmentRelation
from advisor.services.access import Actor, Role

if TYPE_CHECKING:
    from advisor.services.world import World
    from advisor.settings import Settings

WIDTH_WITHOUT_TERMINAL = 140

_OPERATOR = Actor(name="command-line", role=Role.ADMIN)
_COLOURS = {
    "welcome": "green",
    "welcome_exception": "green",
    "consult": "yellow",
    "divert": "red",
    "unsuitable": "dim",
    "closed": "dim",
}
_STATUSES = {
    "green": "groen",
    "orange": "oranje",
    "red": "rood",
    "calamity": "calamiteit",
    "grey": "grijs",
    "unknown": "onbekend",
}
_CLASSES = {
    "welcome": "welkom",
    "welcome_exception": "welkom (uitzondering)",
    "consult": "eerst bellen",
    "divert": "uitwijken",
    "unsuitable": "niet geschikt",
    "closed": "gesloten",
}


def register(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser("advise", help="one advice, as a table or as JSON")
    parser.add_argument("--lat", type=float, required=True, help="latitude in degrees (WGS84)")
    parser.add_argument("--lon", type=float, required=True, help="longitude in degrees (WGS84)")
    parser.add_argument("--abcd", choices=[*Stability], default=Stability.UNKNOWN, help="default: unknown")
    parser.add_argument("--suspicion", choices=[*Suspicion], default=Suspicion.GENERAL, help="default: general")
    parser.add_argument("--origin", choices=[*Origin], default=Origin.EMERGENCY_CALL, help="default: 112")
    parser.add_argument("--inside", metavar="HOSPITAL", help="where the patient is, for --origin internal")
    parser.add_argument("--signals", action=argparse.BooleanOptionalAction, default=True, help="optical and acoustic")
    parser.add_argument(
        "--relation",
        metavar="HOSPITAL=ACTIVE:RELATED",
        action="append",
        default=[],
        help="treatment relation, such as olvg-oost=yes:doubt (yes, no or doubt); may be repeated",
    )
    parser.add_argument(
        "--consult", metavar="HOSPITAL=OUTCOME", action="append", default=[], help="accepted or refused; repeatable"
    )
    parser.add_argument("--at", metavar="TIME", help="the moment, RFC 3339 with offset; default: now")
    parser.add_argument("--all", action="store_true", help="all hospitals, not the first fifteen")
    parser.add_argument("--json", action="store_true", help="the whole advice as JSON")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    import orjson  # noqa: PLC0415 - for a quick `--help`

    from advisor.commands.progress import Progress  # noqa: PLC0415
    from advisor.services.give_advice import consider_advice  # noqa: PLC0415
    from advisor.settings import read_settings  # noqa: PLC0415

    settings = read_settings(os.environ)
    progress = Progress()
    try:
        world = _world(settings, progress)
    finally:
        progress.close()
    case, now = _case(options, world), _moment(options.at) or world.clock()
    # Considered, not given: a look from the command line is no advice to a crew and leaves no trace.
    advice = consider_advice(case, actor=_OPERATOR, now=now, world=world).advice.document
    if options.json:
        print(orjson.dumps(advice, option=orjson.OPT_INDENT_2).decode())
    else:
        _print_table(advice, most=None if options.all else 15)
    return 0


def _world(settings: "Settings", progress: Any) -> "World":
    from advisor.bootstrap.keeping import open_nothing, open_store  # noqa: PLC0415
    from advisor.bootstrap.material import load_registry, open_atlas  # noqa: PLC0415
    from advisor.bootstrap.world import make_world  # noqa: PLC0415

    atlas = open_atlas(settings, load_registry(settings.registry), progress)
    store = open_store(settings, gevent=False) if _has_database(settings) else open_nothing()
    return make_world(settings, store, roads=atlas)


def _has_database(settings: "Settings") -> bool:
    # A look must not make a database where there is none.
    scheme, _, path = settings.database_url.partition(":///")
    return scheme != "sqlite" or Path(path).exists()


def _case(options: argparse.Namespace, world: "World") -> Any:
    from advisor.services.advice_case import AdviceCase  # noqa: PLC0415

    problems: list[Problem] = []
    hospitals = world.registry.hospitals

    def known(field: str, name: str) -> HospitalId:
        if name not in hospitals:
            problems.append(Problem(field=field, message=f"no hospital with id {name!r}"))
        return HospitalId(name)

    def pairs(field: str, texts: list[str]) -> dict[HospitalId, str]:
        return {known(field, name): value for name, _, value in (text.partition("=") for text in texts)}

    patient = Patient(
        abcd=Stability(options.abcd),
        suspicion=Suspicion(options.suspicion),
        origin=Origin(options.origin),
        inside=known("--inside", options.inside) if options.inside else None,
        relation={
            hospital: _relation(text, problems) for hospital, text in pairs("--relation", options.relation).items()
        },
        consult={hospital: _outcome(text, problems) for hospital, text in pairs("--consult", options.consult).items()},
    )
    if problems:
        raise InvalidInput(problems)
    return AdviceCase(position=Position(lat=options.lat, lon=options.lon), patient=patient, signals=options.signals)


def _relation(text: str, problems: list[Problem]) -> TreatmentRelation:
    active, _, related = text.partition(":")
    values = {answer.value for answer in Answer}
    if active not in values or (related or "no") not in values:
        problems.append(Problem(field="--relation", message=f"must be ACTIVE:RELATED of yes, no, doubt; not {text!r}"))
        return TreatmentRelation()
    return TreatmentRelation(active=Answer(active), related=Answer(related or "no"))


def _outcome(text: str, problems: list[Problem]) -> ConsultOutcome:
    if text not in {outcome.value for outcome in ConsultOutcome}:
        problems.append(Problem(field="--consult", message=f"must be accepted or refused, not {text!r}"))
        return ConsultOutcome.REFUSED
    return ConsultOutcome(text)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else parse_moment(text, "--at")


def _print_table(advice: Mapping[str, Any], most: int | None) -> None:
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415

    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH_WITHOUT_TERMINAL)
    for notice in advice["notices"]:
        console.print(f"[bold]{notice['text']}[/bold]")
    if not advice["freshness"]["source"]:
        console.print("[bold yellow]Geen bron met standen: alle standen zijn onbekend.[/bold yellow]")
    table = Table("#", "ziekenhuis", "min", "aankomst", "klasse", "SEH", "reden", header_style="bold", box=None)
    for option in advice["options"][:most]:
        table.add_row(*_row(option), style=_COLOURS[option["class"]])
    console.print(table)
    hidden = len(advice["options"]) - (most or len(advice["options"]))
    if hidden > 0:
        console.print(f"… en nog {hidden} ziekenhuizen (--all)")
    label = advice["network"]["label"] or advice["network"]["id"]
    console.print(f"{advice['edition_label']} · {label} · {_clock(advice['as_of'], '%d-%m-%Y %H:%M')}", style="dim")


def _row(option: Mapping[str, Any]) -> tuple[str, ...]:
    straight = " (hemelsbreed)" if option["eta_source"] == "geodesic" else ""
    return (
        str(option["rank"]),
        option["name"] + straight,
        f"{option['eta_s'] / 60:.0f} ({option['eta_low_s'] / 60:.0f}–{option['eta_high_s'] / 60:.0f})",
        _clock(option["arrival"], "%H:%M"),
        _CLASSES[option["class"]],
        _seh(option["departments"].get("SEH")),
        option["headline"],
    )


def _seh(shown: Mapping[str, Any] | None) -> str:
    if shown is None:
        return "–"
    now, then = _STATUSES[shown["status"]], _STATUSES[shown["at_arrival"]]
    return now if now == then else f"{now} → {then}"


def _clock(text: str, form: str) -> str:

    return datetime.fromisoformat(text).astimezone(AMSTERDAM).strftime(form)
