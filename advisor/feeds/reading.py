"""What all readers of sources have in common."""

from advisor.kernel import AdvisorError


class UnreadableFeed(AdvisorError, ValueError):
    """An answer of a source of which nothing can be used."""
