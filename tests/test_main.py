"""The command line beside its commands."""

import pytest

from advisor import __version__
from advisor.__main__ import main


def test_command_line_tells_which_version_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])

    assert capsys.readouterr().out == f"Uitwijk {__version__}\n"
