"""What a simulation plays in: hospitals, editions, roads and the figures about the region."""

from typing import TYPE_CHECKING

from advisor.bootstrap.material import Report, load_editions, load_registry, open_atlas, package_documents
from advisor.settings import Settings

if TYPE_CHECKING:
    from advisor.services.ports import Roads
    from advisor.simulation.assumptions import Assumptions
    from advisor.simulation.rates import Rates
    from advisor.simulation.run import Region

DATA = "advisor.simulation"


def open_region(settings: Settings, report: Report | None = None, roads: "Roads | None" = None) -> "Region":
    """Open the region of a simulation on the network of the settings, or on other `roads`.

    Raises
    ------
    NetworkFileError
        When the network file cannot be used.
    """
    from advisor.simulation.run import Region  # noqa: PLC0415 - numpy is slow to import

    registry = load_registry(settings.registry)
    assumptions, rates = load_figures()
    return Region(
        registry=registry,
        editions=load_editions(),
        roads=roads or open_atlas(settings, registry, report),
        assumptions=assumptions,
        rates=rates,
    )


def load_figures() -> "tuple[Assumptions, Rates]":
    """Read what is published and assumed about the region: its calls and patients, and its stops."""
    from advisor.simulation.assumptions import parse_assumptions  # noqa: PLC0415 - as above
    from advisor.simulation.rates import parse_rates  # noqa: PLC0415

    documents = package_documents(DATA, ".toml") | package_documents(DATA, ".csv")
    assumptions = parse_assumptions(documents["region.toml"], documents["municipalities.csv"])
    return assumptions, parse_rates(documents["stop_rates.toml"])
