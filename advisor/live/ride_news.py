"""What happened to rides between two boards."""

from dataclasses import dataclass

from advisor.journal.board import Board
from advisor.journal.rides import Proposal, Refusal, Review, Ride


@dataclass(frozen=True, slots=True, kw_only=True)
class RideNews:
    """One ride that is not as it was; `before` is None for a new one.

    `proposals` are those that were made or answered, `reviews` and `refusals` those that came.
    """

    before: Ride | None
    after: Ride

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        known = set() if self.before is None else set(self.before.proposals)
        return tuple(proposal for proposal in self.after.proposals if proposal not in known)

    @property
    def reviews(self) -> tuple[Review, ...]:
        return self.after.reviews[0 if self.before is None else len(self.before.reviews) :]

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        return self.after.refused[0 if self.before is None else len(self.before.refused) :]

    @property
    def hospitals(self) -> frozenset[str]:
        """Return the hospitals that this ride was or is announced to."""
        rides = [ride for ride in (self.before, self.after) if ride is not None and ride.announced_at is not None]
        return frozenset(ride.hospital for ride in rides if ride.hospital)


def ride_news(before: Board, after: Board) -> tuple[RideNews, ...]:
    """Return what is new about rides; a ride that is merely too old to be remembered is no news."""
    if after.rides is before.rides:
        return ()
    pairs = ((before.rides.get(identity), ride) for identity, ride in after.rides.items())
    return tuple(RideNews(before=old, after=ride) for old, ride in pairs if ride is not old and ride != old)
