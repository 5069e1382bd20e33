"""The promises of the layout that the import linter cannot see: purity, and heavy libraries in one place."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ADVISOR = ROOT / "advisor"
PURE = ("kernel.py", "protocol", "hospitals", "journal")
IMPURE_MODULES = {
    "time",
    "random",
    "secrets",
    "os",
    "pathlib",
    "io",
    "socket",
    "uuid",
    "tempfile",
    "subprocess",
    "threading",
}
CLOCK_CALLS = {"now", "utcnow", "today"}
TREE = {
    "app.py", "advisor", "static", "tests", "requirements.txt", "Procfile", "README.md", "Makefile", "pyproject.toml",
    "CHANGELOG.md", "LICENSE", "docs", "bench", ".ci", ".gitignore",
}  # fmt: skip
NOT_OURS = {
    ".git",
    ".venv",
    "var",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".import_linter_cache",
    ".hypothesis",
    "__pycache__",
}


def modules(*parts: str) -> list[Path]:
    """All Python files of the named parts of the package."""
    paths = [ADVISOR / part for part in parts]
    return [file for path in paths for file in ([path] if path.suffix else sorted(path.rglob("*.py")))]


def imported(path: Path) -> set[str]:
    """Top-level names of everything a file imports, wherever in the file."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


def called(path: Path) -> set[str]:
    """Names of all attributes and functions that a file calls."""
    calls = (node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    return {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}


@pytest.mark.parametrize("path", modules(*PURE), ids=lambda path: str(path.relative_to(ADVISOR)))
def test_core_imports_the_standard_library_alone(path: Path) -> None:
    assert imported(path) <= sys.stdlib_module_names | {"advisor"}


@pytest.mark.parametrize("path", modules(*PURE), ids=lambda path: str(path.relative_to(ADVISOR)))
def test_core_reads_neither_clock_nor_file_nor_chance(path: Path) -> None:
    assert not imported(path) & IMPURE_MODULES
    assert not called(path) & (CLOCK_CALLS | {"open"})


def test_openstreetmap_libraries_are_imported_by_the_builder_alone() -> None:
    users = {
        str(path.relative_to(ADVISOR)) for path in sorted(ADVISOR.rglob("*.py")) if imported(path) & {"osmnx", "osmium"}
    }

    assert users <= {"roads/build.py"}


def test_top_of_the_tree_holds_only_what_was_agreed() -> None:
    found = {path.name for path in ROOT.iterdir()} - NOT_OURS

    assert found <= TREE
