"""Drive times as a device finds them on its lattice: the page's own code, run without a browser."""

import base64
import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from advisor.kernel import Position
from advisor.roads.atlas import Atlas
from advisor.roads.grid import lay_grid_of_times, pack_grid
from advisor.roads.model import Profile

Pack = Callable[[Atlas], bytes]

SCRIPT = Path(__file__).with_name("times.mjs")
WINTER_MS = 3_600_000


def pack_lattice(atlas: Atlas) -> bytes:
    """Return the drive times on a lattice, also of a network that would go along whole."""
    return pack_grid(lay_grid_of_times(atlas))


def device_times(
    atlas: Atlas,
    positions: Sequence[Position],
    profile: Profile,
    at: datetime,
    folder: Path,
    pack: Pack = pack_lattice,
    *,
    headings_deg: Sequence[float] = (),
) -> list[Any]:
    """Return per position, per destination: seconds, low, high, and whether it is estimated along the straight line.

    `None` for a position that is too far from every road. The moment must be one of winter time. `headings_deg` are
    the courses at the positions, all or none.
    """
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node on this machine; `make test` installs it")
    question = {
        "grid": base64.b64encode(pack(atlas)).decode(),
        "zone": [[0, WINTER_MS]],
        "destinations": {one.id: {"lat": one.position.lat, "lon": one.position.lon} for one in atlas.destinations},
        "asked": [
            {
                "position": {"lat": one.lat, "lon": one.lon},
                "signals": profile is Profile.SIGNALS,
                "at": at.timestamp() * 1000,
                **({} if heading_deg is None else {"heading_deg": heading_deg}),
            }
            for one, heading_deg in zip_longest(positions, headings_deg)
        ],
    }
    file = folder / "asked.json"
    file.write_text(json.dumps(question), encoding="utf-8")
    ran = subprocess.run([node, str(SCRIPT), str(file)], capture_output=True, text=True, check=True)
    answered: list[Any] = json.loads(ran.stdout)
    return answered
