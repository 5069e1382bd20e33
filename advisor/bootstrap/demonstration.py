"""The demonstration: its accounts, what it reports and declares, its ambulances and their rides."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from advisor.bootstrap.simulation import load_figures
from advisor.kernel import HospitalId
from advisor.services.access import Role
from advisor.services.accounts import Account

if TYPE_CHECKING:
    from advisor.live.loops import Loop
    from advisor.services.world import World

DEMONSTRATION_PASSWORD = "uitwijk-demo"  # noqa: S105 - printed at the start; the demonstration holds nothing real
DEMONSTRATION_SEED = 2026
PLAYED_BY_HAND = HospitalId("olvg-oost")
"""The hospital whose log-in is given out: its stops are left to whoever uses that."""

FEED_EVERY_S, ACT_EVERY_S, MOVE_EVERY_S = 30.0, 5.0, 3.0
AMBULANCES = 20

DEMONSTRATION_ACCOUNTS = tuple(
    Account(
        name=name,
        role=role,
        hospital=PLAYED_BY_HAND if role is Role.HOSPITAL else None,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    for name, role in (
        ("nurse", Role.NURSE),
        ("dispatcher", Role.DISPATCHER),
        ("mma", Role.MMA),
        (PLAYED_BY_HAND, Role.HOSPITAL),
        ("gp", Role.GP),
        ("admin", Role.ADMIN),
    )
)


def play_demonstration(
    world: "World", tell_ambulances: Callable[[Mapping[str, object]], None], *, rides: bool
) -> "tuple[Loop, ...]":
    """Prepare the demonstration: its accounts, what it reports and declares, its ambulances and, if wanted, rides."""
    from advisor.live.loops import Loop  # noqa: PLC0415 - as above
    from advisor.simulation.ambulances import Fleet, trips_of  # noqa: PLC0415
    from advisor.simulation.crews import Crews  # noqa: PLC0415
    from advisor.simulation.demonstration import Demonstration  # noqa: PLC0415

    _add_demonstration_accounts(world)
    assumptions, rates = load_figures()
    departments = Demonstration(world, rates, seed=DEMONSTRATION_SEED, unscripted=frozenset({PLAYED_BY_HAND}))
    departments.start(world.clock())
    sites = [site for site in world.registry if site.protocol]
    fleet = Fleet(
        world.roads,
        sites,
        assumptions,
        seed=DEMONSTRATION_SEED,
        size=AMBULANCES,
        trips=lambda: trips_of(world.journal.board()),
    )
    loops = (
        Loop("demonstration feed", lambda: departments.report(world.clock()), every_s=FEED_EVERY_S),
        Loop("demonstration stops", lambda: departments.act(world.clock()), every_s=ACT_EVERY_S),
        Loop("demonstration ambulances", lambda: tell_ambulances(fleet.document(world.clock())), every_s=MOVE_EVERY_S),
    )
    if not rides:
        return loops
    crews = Crews(world, fleet, seed=DEMONSTRATION_SEED)
    return (*loops, Loop("demonstration rides", lambda: crews.act(world.clock()), every_s=ACT_EVERY_S))


def _add_demonstration_accounts(world: "World") -> None:
    for account in DEMONSTRATION_ACCOUNTS:
        if world.accounts.find(account.name) is None:
            world.accounts.add(account, world.passwords.hash(DEMONSTRATION_PASSWORD))
