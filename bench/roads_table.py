"""The figures of the roads as a page of the documentation."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "docs" / "ROADS_MEASURED.md"
HEAD = """# What drive times cost

*Made by `python -m bench`, or `python -m bench.roads --write`; {machine}.*

"""
QUESTIONS = """## One position to all emergency departments

Processor time of one thread, in microseconds: the median over five rounds of each percentile; engines that take
seconds answer five questions once, Valhalla thirty. The same network and places for all. Uitwijk and Valhalla begin
at a position and find the road themselves, the others are told a junction. Memory is what answering needs beside
the network, in megabytes. The ratio is that of the medians to the first line.

"""
GROWTH = """## How it grows

Seconds on the wall unless a line says otherwise. The first opening makes all tables, later ones map them into
memory. Valhalla builds its tiles from the same extract with two threads.

"""
CLOSURES = """## When roads close

Seconds until the drive times have followed, the median of five; and drive times asked while motorways close against
idle ones, in microseconds on the wall. From report to advice adds the second in which closures are gathered.

"""
EXACT = """## Exactness

Against Dijkstra's algorithm of scipy, which shares nothing with the tables. They hold quarter seconds, so half of
one may differ.

"""
GROWTH_ROWS = {
    "nodes": "junctions",
    "edges": "directed roads between them",
    "joined": "EDs on the network",
    "build_s": "building the network from its extract",
    "build_processor_s": "the same, processor time",
    "build_peak_mb": "the same, memory at most, MB",
    "first_open_s": "first opening",
    "next_open_s": "next opening",
    "next_open_processor_s": "the same, processor time",
    "reach_45_min_s": "area within 45 minutes of any ED of the region",
    "valhalla_tiles_s": "Valhalla's tiles",
}
CLOSURE_ROWS = {
    "anywhere_s": "one road",
    "anywhere_processor_s": "the same, processor time",
    "motorway_s": "a motorway",
    "motorway_processor_s": "the same, processor time",
    "100_at_once_s": "a hundred roads",
    "100_at_once_processor_s": "the same, processor time",
    "area_s": "the roads of 3 by 2 km at a fifth of their speed",
    "area_processor_s": "the same, processor time",
    "wide_s": "the roads of 90 by 55 km at a fifth of their speed",
    "wide_processor_s": "the same, processor time",
    "report_to_advice_most_s": "from report to advice at most, without the last",
    "wide_report_to_advice_most_s": "the same, with it",
    "idle_p50_us": "drive times when idle, p50",
    "idle_p99_us": "drive times when idle, p99",
    "refreshing_p50_us": "drive times meanwhile, p50",
    "refreshing_p99_us": "drive times meanwhile, p99",
    "p50_ratio": "ratio, p50",
    "p99_ratio": "ratio, p99",
}
EXACT_ROWS = {"pairs": "positions and EDs", "largest_difference_s": "largest difference, s"}

Figures = Mapping[str, Any]


def write_page(found: Mapping[str, Figures], machine: str, page: Path = PAGE) -> None:
    """Write the page; `found` is what `bench.roads` measured, by network."""
    page.write_text(render_page(found, machine))


def render_page(found: Mapping[str, Figures], machine: str) -> str:
    """Make the page from the figures by network."""
    labels = list(found)
    parts = [HEAD.format(machine=machine), QUESTIONS]
    for label in labels:
        rows = [
            (row["name"], *(_text(row[name]) for name in ("p50_us", "p99_us", "ratio", "memory_mb")))
            for row in found[label]["answers"]
        ]
        parts.append(_table((label, "p50", "p99", "ratio", "memory"), rows))
    closures = {label: figures["closures"] for label, figures in found.items()}
    exact = {label: figures["exact"] for label, figures in found.items()}
    for text, names, figures in (
        (GROWTH, GROWTH_ROWS, found),
        (CLOSURES, CLOSURE_ROWS, closures),
        (EXACT, EXACT_ROWS, exact),
    ):
        parts += [text, _side_by_side(names, figures)]
    return "\n".join(part.strip("\n") + "\n" for part in parts)


def _side_by_side(names: Mapping[str, str], found: Mapping[str, Figures]) -> str:
    """Put networks side by side, a line for each figure that any of them has."""
    rows = [
        (title, *(_text(figures.get(name, "")) for figures in found.values()))
        for name, title in names.items()
        if any(name in figures for figures in found.values())
    ]
    return _table(("", *found), rows)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---", *("---:" for _ in head[1:])), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)
