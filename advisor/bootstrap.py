"""Puts the program together: the only place that knows every part."""

from importlib.resources import files

from advisor.hospitals.registry import Registry, parse_registry


def load_registry() -> Registry:
    """Read the registry of hospitals that comes with the program.

    Raises
    ------
    InvalidInput
        With every problem of its data files.
    """
    data = files("advisor.hospitals") / "data"
    documents = {
        entry.name: entry.read_text(encoding="utf-8") for entry in data.iterdir() if entry.name.endswith(".toml")
    }
    return parse_registry(dict(sorted(documents.items())))
