"""Redis, a worker and PostgreSQL fail one after the other, in small; `python -m tests.faults` does it at full size."""

from pathlib import Path

import pytest

from tests.faults.trial import Plan, run_trial

PLAN = Plan(pages=40, redis_away_s=2, postgresql_away_s=1, calm_s=1.5, pause_s=0.15)


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_nothing_that_was_acknowledged_is_lost_and_every_page_is_right_again_after_the_faults(tmp_path: Path) -> None:
    outcome = run_trial(PLAN, tmp_path)

    assert outcome.is_sound, outcome
    assert len(outcome.tally.acknowledged) > 50
    assert max(outcome.without_redis.values()) < 3
