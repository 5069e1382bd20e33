"""Charts of the results as SVG: bars with their interval, and the load per emergency department."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

Json = Any
WIDTH, ROW, LEFT, RIGHT, TOP = 720, 26, 190, 90, 44
INK, FAINT, BAR, OTHER = "#1b1f24", "#d0d7de", "#2f6db5", "#c2571a"

LABELS = {
    "nearest": "nearest",
    "board": "nearest, not red",
    "crew": "suitable, not red",
    "uitwijk": "Uitwijk",
    "uitwijk_no_orange": "Uitwijk, no code orange",
    "uitwijk_now": "Uitwijk, status now",
}
CHARTS = {
    "detour": ("detour_mean_min", "Detour against the nearest open ED, mean minutes"),
    "received": ("received_mean_min", "Until received, mean minutes from departure"),
    "critical": ("received_critical_mean_min", "Time-critical patients: until received, mean minutes"),
    "suitable": ("suitable_first_critical_pct", "Time-critical patients: first hospital has what they need, %"),
    "against": ("against_stop_per_1000", "Brought to a stop against the protocol, per 1,000 patients"),
    "orange": ("against_orange_per_1000", "Brought to a code orange against the protocol, per 1,000 patients"),
    "refused": ("refused_at_door_per_1000", "Refused at the door, per 1,000 patients"),
    "calls": ("consult_calls_per_1000", "Telephone consultations, per 1,000 patients"),
}


def draw_charts(summary: Mapping[str, Json]) -> dict[str, str]:
    """Return the charts of a summary by file name."""
    policies = summary["policies"]
    charts = {
        f"{name}.svg": bars(title, [(LABELS[policy], of_policy[measure]) for policy, of_policy in policies.items()])
        for name, (measure, title) in CHARTS.items()
    }
    loads = summary["load_per_day"]
    if "nearest" in loads and "uitwijk" in loads:
        charts["load.svg"] = pairs("Patients a day: nearest (blue) and Uitwijk (orange)", _paired(loads))
    return charts


def bars(title: str, rows: Sequence[tuple[str, Mapping[str, float]]]) -> str:
    """Draw one bar per row with the interval of its mean."""
    most = max((interval["high"] for _, interval in rows), default=0.0) or 1.0
    parts = []
    for number, (label, interval) in enumerate(rows):
        y = TOP + number * ROW
        low, mean, high = (_x(max(interval[end], 0.0), most) for end in ("low", "mean", "high"))
        parts += [
            _text(LEFT - 8, y + 15, label, "end"),
            f'<rect x="{LEFT}" y="{y + 3}" width="{mean - LEFT:.1f}" height="16" fill="{BAR}"/>',
            f'<path d="M{low:.1f} {y + 11}H{high:.1f}M{low:.1f} {y + 7}v8M{high:.1f} {y + 7}v8" stroke="{INK}"/>',
            _text(high + 6, y + 15, f"{interval['mean']:.2f}", "start"),
        ]
    return _page(title, parts, len(rows))


def pairs(title: str, rows: Sequence[tuple[str, float, float]]) -> str:
    """Draw two dots per row, joined by a line."""
    most = max((max(one, other) for _, one, other in rows), default=0.0) or 1.0
    parts = []
    for number, (label, one, other) in enumerate(rows):
        y = TOP + number * ROW + 11
        parts += [
            _text(LEFT - 8, y + 4, label, "end"),
            f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="{FAINT}"/>',
            f'<path d="M{_x(one, most):.1f} {y}H{_x(other, most):.1f}" stroke="{INK}"/>',
            f'<circle cx="{_x(one, most):.1f}" cy="{y}" r="5" fill="{BAR}"/>',
            f'<circle cx="{_x(other, most):.1f}" cy="{y}" r="5" fill="{OTHER}"/>',
            _text(WIDTH - RIGHT + 8, y + 4, f"{one:.1f} / {other:.1f}", "start"),
        ]
    return _page(title, parts, len(rows))


def _paired(loads: Mapping[str, Json]) -> list[tuple[str, float, float]]:
    hospitals = sorted({*loads["nearest"], *loads["uitwijk"]})
    nothing = {"mean": 0.0}
    rows = [
        (one, loads["nearest"].get(one, nothing)["mean"], loads["uitwijk"].get(one, nothing)["mean"])
        for one in hospitals
    ]
    return [row for row in rows if max(row[1:]) >= 1.0]


def _x(value: float, most: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * value / most


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'


def _page(title: str, parts: Iterable[str], rows: int) -> str:
    height = TOP + rows * ROW + 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="sans-serif" font-size="13" fill="{INK}" role="img">'
        f'<title>{escape(title)}</title><rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'
        f'<text x="12" y="24" font-size="15" font-weight="bold">{escape(title)}</text>{"".join(parts)}</svg>\n'
    )
