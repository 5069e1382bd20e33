"""Several TOML documents as one: tables and lists joined, single facts overridden by later documents."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from advisor.hospitals.table import Findings
from advisor.kernel import InvalidInput, Problem

TOP_FIELDS = frozenset(
    {
        "sources",
        "veiligheidsregio",
        "roaz",
        "protocols",
        "mka",
        "defaults",
        "hospital",
        "closed",
        "override",
        "override_mka",
    }
)
OVERRIDABLE = {
    "override": frozenset(
        {"also", "position", "entrance", "mka", "subregion", "policy", "hours", "facilities", "phones", "note"}
    ),
    "override_mka": frozenset({"complete", "source", "phones"}),
}

Content = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a list in the documents: where it stands, and its raw content."""

    where: str
    content: object

    def text(self, key: str) -> str:
        """Give the text of a field, or "" when there is none."""
        value = self.content.get(key) if isinstance(self.content, dict) else None
        return value if isinstance(value, str) else ""


def load_documents(documents: Mapping[str, str]) -> dict[str, Content]:
    """Read the TOML syntax of every document.

    Raises
    ------
    InvalidInput
        Names every document that is not TOML.
    """
    contents: dict[str, Content] = {}
    problems = []
    for name, text in documents.items():
        try:
            contents[name] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            problems.append(Problem(field=name, message=f"is not TOML: {error}"))
    if problems:
        raise InvalidInput(problems)
    return contents


def check_top_fields(contents: Mapping[str, Content], findings: Findings) -> None:
    """Note every top-level field that means nothing."""
    for name, content in contents.items():
        for key in content:
            if key not in TOP_FIELDS:
                findings.add(f"{name}: {key}", f"unknown field; known are {', '.join(sorted(TOP_FIELDS))}")


def join_tables(contents: Mapping[str, Content], key: str, findings: Findings) -> dict[str, object]:
    """Join a table that may be spread over documents; a name that occurs twice is a problem."""
    joined: dict[str, object] = {}
    for name, content in contents.items():
        table = content.get(key, {})
        if not isinstance(table, dict):
            findings.add(f"{name}: {key}", "must be a table")
            continue
        for entry, value in table.items():
            if entry in joined:
                findings.add(f"{name}: {key}.{entry}", "occurs twice")
            joined.setdefault(entry, value)
    return joined


def join_texts(contents: Mapping[str, Content], key: str, findings: Findings) -> dict[str, str]:
    """Join a table of texts as `join_tables` does."""
    texts = {}
    for entry, value in join_tables(contents, key, findings).items():
        if isinstance(value, str) and value.strip():
            texts[entry] = value
        else:
            findings.add(f"{key}.{entry}", "must be a text that is not empty")
    return texts


def join_lists(contents: Mapping[str, Content], key: str, label: str, findings: Findings) -> list[Entry]:
    """Join a list that may be spread over documents; `label` is the field that names an entry in messages."""
    joined = []
    for name, content in contents.items():
        items = content.get(key, [])
        if not isinstance(items, list):
            findings.add(f"{name}: {key}", "must be a list")
            continue
        for number, item in enumerate(items, start=1):
            title = item.get(label) if isinstance(item, dict) else None
            joined.append(Entry(where=f"{name}: {title or f'{key} {number}'}", content=item))
    return joined


def join_names(contents: Mapping[str, Content], key: str, findings: Findings) -> tuple[str, ...]:
    """Join a list of names; a name that occurs twice is a problem."""
    names: list[str] = []
    for name, content in contents.items():
        items = content.get(key, [])
        if not (isinstance(items, list) and all(isinstance(item, str) and item.strip() for item in items)):
            findings.add(f"{name}: {key}", "must be a list of texts")
            continue
        for item in items:
            if item in names:
                findings.add(f"{name}: {key}", f"{item!r} occurs twice")
            names.append(item)
    return tuple(names)


def unique(entries: list[Entry], label: str, findings: Findings) -> list[Entry]:
    """Keep the first entry of every name; note the others."""
    kept: dict[str, Entry] = {}
    for number, entry in enumerate(entries):
        title = entry.text(label)
        if title and title in kept:
            findings.add(entry.where, f"{label} {title!r} occurs twice; the first is in {kept[title].where}")
        kept.setdefault(title or f"#{number}", entry)
    return list(kept.values())


def override(
    entries: list[Entry], label: str, contents: Mapping[str, Content], key: str, findings: Findings
) -> list[Entry]:
    """Lay the overriding tables `[key.NAME]` of all documents, in their order, over the entries of that name.

    Tables inside an entry that hold one fact a line (facilities, phones) are laid over line by line; any
    other field is replaced. A name without an entry and a field outside `OVERRIDABLE` are problems.
    """
    laid = list(entries)
    places = {entry.text(label): place for place, entry in enumerate(entries)}
    for name, content in contents.items():
        tables = content.get(key, {})
        if not isinstance(tables, dict):
            findings.add(f"{name}: {key}", "must be a table")
            continue
        for title, table in tables.items():
            where = f"{name}: {key}.{title}"
            if title not in places:
                findings.add(where, f"no entry with {label} {title!r} to override")
            elif _may_override(table, OVERRIDABLE[key], where, findings):
                laid[places[title]] = _lay_over(laid[places[title]], table, name)
    return laid


def _may_override(table: object, allowed: Collection[str], where: str, findings: Findings) -> bool:
    if not isinstance(table, dict):
        findings.add(where, "must be a table")
        return False
    wrong = [key for key in table if key not in allowed]
    for key in wrong:
        findings.add(f"{where}.{key}", f"cannot be overridden; possible are {', '.join(sorted(allowed))}")
    return not wrong


def _lay_over(entry: Entry, table: Content, document: str) -> Entry:
    content = dict(entry.content) if isinstance(entry.content, dict) else {}
    for key, value in table.items():
        below = content.get(key)
        line_by_line = key in {"facilities", "phones"} and isinstance(below, dict) and isinstance(value, dict)
        content[key] = {**below, **value} if line_by_line else value  # type: ignore[dict-item]
    return Entry(where=f"{entry.where} (with {document})", content=content)
