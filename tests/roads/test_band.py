"""The interval around a drive time."""

import numpy as np
import pytest

from advisor.roads.band import ENDS, band
from advisor.roads.model import Profile

NOT_STRAIGHT = np.zeros(3, np.bool_)


@pytest.mark.parametrize("profile", list(Profile))
def test_band_holds_the_drive_time_and_never_begins_before_now(profile: Profile):
    seconds = np.array([0.0, 60.0, 3_600.0])

    low, high = band(seconds, NOT_STRAIGHT, ENDS[profile])

    assert (low >= 0).all()
    assert ((low <= seconds) & (seconds < high)).all()


def test_unreachable_stays_unreachable():
    low, high = band(np.array([np.inf] * 3), NOT_STRAIGHT, ENDS[Profile.SIGNALS], accuracy_m=30)

    assert np.isinf(low).all()
    assert np.isinf(high).all()


def test_without_signals_is_less_certain():
    seconds = np.full(3, 1_500.0)

    sure, unsure = (band(seconds, NOT_STRAIGHT, ENDS[profile]) for profile in (Profile.SIGNALS, Profile.NO_SIGNALS))

    assert (unsure[1] - unsure[0] > sure[1] - sure[0]).all()


def test_uncertain_position_widens_the_band_by_the_time_to_cross_it():
    seconds = np.full(3, 1_500.0)

    sure, unsure = (band(seconds, NOT_STRAIGHT, ENDS[Profile.SIGNALS], accuracy_m=metres) for metres in (0, 300))

    assert unsure[1] - sure[1] == pytest.approx(36.0)
    assert sure[0] - unsure[0] == pytest.approx(36.0)
