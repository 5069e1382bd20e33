"""Tables for people: with a title and heads in two languages, as JSON and as CSV."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from advisor.protocol.explain import Language
from advisor.services.documents import moment
from advisor.services.refusals import Wording

Json = Any
Cell = str | int | float | datetime | Wording | None

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table; every row has a cell for every column, `None` where nothing is known."""

    id: str
    title: Wording
    columns: tuple[Wording, ...]
    rows: tuple[tuple[Cell, ...], ...]


def wording_document(text: Wording) -> dict[str, str]:
    """Return a text in JSON terms."""
    return {"nl": text.nl, "en": text.en}


def rows_document(sheet: Sheet) -> dict[str, Json]:
    """Return the heads and rows of a table in JSON terms; moments as RFC 3339 in UTC."""
    return {
        "columns": [wording_document(column) for column in sheet.columns],
        "rows": [[cell_document(cell) for cell in row] for row in sheet.rows],
    }


def sheet_document(sheet: Sheet) -> dict[str, Json]:
    """Return a table in JSON terms."""
    return {"id": sheet.id, "title": wording_document(sheet.title), **rows_document(sheet)}


def sheet_lines(sheet: Sheet, language: Language) -> list[list[str]]:
    """Return the heads and rows of a table as texts in one language."""
    heads = [getattr(column, language) for column in sheet.columns]
    return [heads, *([_text(cell, language) for cell in row] for row in sheet.rows)]


def sheets_csv(sheets: Sequence[Sheet], language: Language) -> str:
    """Return tables as CSV, one under the other; several get their titles above them and a blank line between."""
    text = io.StringIO()
    writer = csv.writer(text)
    for number, sheet in enumerate(sheets):
        if number:
            writer.writerow([])
        if len(sheets) > 1:
            writer.writerow([getattr(sheet.title, language)])
        writer.writerows(map(harmless, line) for line in sheet_lines(sheet, language))
    return text.getvalue()


def harmless(value: object) -> str:
    """Keep a text that somebody wrote from being taken for a formula by a spreadsheet; a number stays a number."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULAS) and not _is_number(text) else text


def cell_document(cell: Cell) -> Json:
    """Return one cell in JSON terms."""
    if isinstance(cell, Wording):
        return wording_document(cell)
    return moment(cell) if isinstance(cell, datetime) else cell


def _text(cell: Cell, language: Language) -> str:
    if isinstance(cell, Wording):
        return str(getattr(cell, language))
    if isinstance(cell, datetime):
        return moment(cell) or ""
    return "" if cell is None else str(cell)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
