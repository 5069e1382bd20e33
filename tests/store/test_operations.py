"""What docs/OPERATIONS.md says of backup and restore, as it stands there."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from advisor.store.database import Database
from advisor.store.sql_journal import SqlJournal
from tests.postgresql import Server
from tests.store.test_journal_contract import write
from tests.world import declared, heard

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "OPERATIONS.md").read_text("utf-8")
BLOCKS: dict[str, str] = dict(re.findall(r"<!-- tried: (.+?) -->\n```sh\n(.+?)```", TEXT, re.DOTALL))


@dataclass
class Machine:
    """Where the commands are run: a database, and a folder for backups."""

    url: str
    folder: Path
    more_path: str = ""

    def do(self, block: str) -> None:
        """Run the commands of a block of the document."""
        search = os.pathsep.join(filter(None, (str(Path(sys.executable).parent), self.more_path, os.environ["PATH"])))
        kept = {name: value for name, value in os.environ.items() if not name.startswith("UITWIJK_")}
        places = {
            "UITWIJK_VAR": str(self.folder),
            "UITWIJK_DATABASE_URL": self.url,
            "BACKUP": str(self.folder / "backup"),
        }
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", BLOCKS[block]],
            cwd=ROOT,
            env={**kept, **places, "PATH": search},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


@pytest.fixture(params=["sqlite", "postgresql"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    """A machine with a database of either kind."""
    (tmp_path / "backup").mkdir()
    if request.param == "sqlite":
        if shutil.which("sqlite3") is None:
            pytest.skip("the program sqlite3 is not installed")
        return Machine(f"sqlite:///{tmp_path / 'uitwijk.db'}", tmp_path)
    server: Server = request.getfixturevalue("postgresql")
    return Machine(server.emptied_database("kept"), tmp_path, str(server.programs))


def test_restored_backup_has_its_facts_and_another_epoch(machine: Machine, open_at: Callable[[str], Database]) -> None:
    kind = machine.url.partition(":")[0]
    with closing(open_at(machine.url)) as database:
        journal = SqlJournal(database)
        write(journal, declared())
        machine.do(f"backup {kind}")
        write(journal, heard())

    machine.do(f"restore {kind}")

    restored = SqlJournal(open_at(machine.url))
    assert [recorded.event for recorded in restored.read(0, 9)] == [declared()]
    assert restored.epoch != journal.epoch


def test_every_flag_of_the_procfile_has_its_reason_in_the_document() -> None:
    flags = set(re.findall(r"--[a-z-]+", (ROOT / "Procfile").read_text("utf-8"))) - {"--bind"}

    assert flags == set(re.findall(r"^\| `(--[a-z-]+)", TEXT, re.MULTILINE))


def test_every_setting_that_the_document_names_exists() -> None:
    settings = (ROOT / "advisor" / "settings.py").read_text("utf-8")

    assert not [name for name in re.findall(r"UITWIJK_([A-Z_]+)", TEXT) if f'"{name}"' not in settings]


def test_every_figure_that_the_document_names_is_told() -> None:
    metrics = (ROOT / "advisor" / "web" / "metrics.py").read_text("utf-8")
    named = {name.removesuffix("_count") for name in re.findall(r"uitwijk_[a-z_]+(?=[ {`>=])", TEXT)}

    assert not [name for name in named if name not in metrics]
