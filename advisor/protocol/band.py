"""What happens between the earliest and the latest arrival (PD-2)."""

from collections.abc import Iterable
from datetime import datetime

from advisor.kernel import Department
from advisor.protocol.hours import last_closing, next_opening
from advisor.protocol.model import Arrival
from advisor.protocol.standing import View


def boundary_within(view: View, departments: Iterable[Department], arrival: Arrival) -> dict[str, object]:
    """Return the first instant in the band at which a department changes: `boundary`, `at`, `department`, `status`.

    Empty when there is none. `boundary` is "until", "planned", "grace", "closes" or "opens".
    """
    found = [entry for entry in _candidates(view, departments, arrival) if arrival.early <= entry[2] <= arrival.late]
    if not found:
        return {}
    kind, department, at = min(found, key=lambda entry: entry[2])
    state = view.states.get(department)
    status = None if state is None else state.status
    return {"boundary": kind, "at": at, "department": department, "status": status}


def changes_within(view: View, departments: Iterable[Department], arrival: Arrival) -> bool:
    """Tell whether a department may stand differently at the two ends of the band; opening hours always may."""
    if view.site.opening is not None:
        return True
    for department in departments:
        state = view.states.get(department)
        if state is None:
            continue
        if state.until is not None and arrival.early < state.until <= arrival.late:
            return True
        if state.planned_from is not None and arrival.early <= state.planned_from < arrival.late:
            return True
    return False


def _candidates(
    view: View, departments: Iterable[Department], arrival: Arrival
) -> Iterable[tuple[str, Department, datetime]]:
    for department in departments:
        state = view.states.get(department)
        if state is None:
            continue
        if state.until is not None:
            yield "until", department, state.until
        if state.planned_from is not None:
            yield "planned", department, state.planned_from
        if state.since is not None and view.edition.grace is not None:
            yield "grace", department, state.since + view.edition.grace
    if view.site.opening is not None:
        yield "closes", Department.SEH, last_closing(view.site.opening, arrival.late)
        yield "opens", Department.SEH, next_opening(view.site.opening, arrival.early)
