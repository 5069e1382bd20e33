"""What is kept of the package is worked out again when anything that it is made of changes."""

from pathlib import Path

from advisor import roads
from advisor.bootstrap.offline import TIMES_CODE


def test_every_module_that_packs_drive_times_names_their_file() -> None:
    [folder] = map(Path, roads.__path__)

    assert {"grid.py", *(module.name for module in folder.glob("device_*.py"))} == set(TIMES_CODE)
