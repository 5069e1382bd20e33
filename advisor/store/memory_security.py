"""Second factors, paired devices and access log in memory, for tests and simulations; forgotten with the process."""

from dataclasses import replace
from datetime import datetime

from advisor.services.security import Access, AccessQuery, Factor, Logged, Pairing, Security


class MemorySecondFactors:
    """The twin of the second factors in SQL."""

    def __init__(self) -> None:
        self._factors: dict[str, Factor] = {}

    def keep(self, name: str, secret: str, at: datetime) -> None:
        """See `SecondFactors.keep`."""
        del at  # kept on record in SQL alone
        self._factors[name] = Factor(secret=secret, last_step=0)

    def find(self, name: str) -> Factor | None:
        """See `SecondFactors.find`."""
        return self._factors.get(name)

    def use_step(self, name: str, step: int) -> bool:
        """See `SecondFactors.use_step`."""
        factor = self._factors.get(name)
        if factor is None or factor.last_step >= step:
            return False
        self._factors[name] = replace(factor, last_step=step)
        return True

    def remove(self, name: str) -> bool:
        """See `SecondFactors.remove`."""
        return self._factors.pop(name, None) is not None


class MemoryPairings:
    """The twin of the paired devices in SQL."""

    def __init__(self) -> None:
        self._pairings: dict[str, Pairing] = {}

    def add(self, pairing: Pairing) -> None:
        """See `Pairings.add`."""
        self._pairings[pairing.id] = pairing

    def find(self, identity: str) -> Pairing | None:
        """See `Pairings.find`."""
        return self._pairings.get(identity)

    def redeem(self, code_digest: str, at: datetime) -> Pairing | None:
        """See `Pairings.redeem`."""
        for pairing in self._pairings.values():
            unused = pairing.used_at is None and pairing.ended_at is None
            if pairing.code_digest == code_digest and unused and at < pairing.expires_at:
                self._pairings[pairing.id] = replace(pairing, used_at=at)
                return self._pairings[pairing.id]
        return None

    def end(self, identity: str, at: datetime) -> None:
        """See `Pairings.end`."""
        pairing = self._pairings[identity]
        if pairing.ended_at is None:
            self._pairings[identity] = replace(pairing, ended_at=at)

    def list_since(self, since: datetime) -> tuple[Pairing, ...]:
        """See `Pairings.list_since`."""
        found = [pairing for pairing in self._pairings.values() if pairing.issued_at > since]
        return tuple(sorted(found, key=lambda pairing: pairing.issued_at, reverse=True))


class MemoryAccessLog:
    """The twin of the access log in SQL."""

    def __init__(self) -> None:
        self._lines: list[Logged] = []

    def note(self, *lines: Access) -> None:
        """See `AccessLog.note`."""
        self._lines += (Logged(seq=seq, access=line) for seq, line in enumerate(lines, start=len(self._lines) + 1))

    def note_soon(self, access: Access) -> None:
        """See `AccessLog.note_soon`; here it is at once."""
        self.note(access)

    def flush(self) -> None:
        """See `AccessLog.flush`."""

    def close(self) -> None:
        """See `AccessLog.close`."""

    def read(self, query: AccessQuery) -> tuple[Logged, ...]:
        """See `AccessLog.read`."""
        found = [line for line in reversed(self._lines) if _fits(line, query)]
        return tuple(found[: query.limit])

    def forget(self, before: datetime) -> int:
        """See `AccessLog.forget`."""
        kept = [line for line in self._lines if line.access.at >= before]
        dropped, self._lines = len(self._lines) - len(kept), kept
        return dropped


def memory_security(*, second_factor_required: bool = False) -> Security:
    """Return a security that begins with nothing."""
    return Security(
        second_factors=MemorySecondFactors(),
        pairings=MemoryPairings(),
        access_log=MemoryAccessLog(),
        second_factor_required=second_factor_required,
    )


def _fits(line: Logged, query: AccessQuery) -> bool:
    access = line.access
    return (
        query.person in ("", access.user, access.concerns)
        and query.user in ("", access.user)
        and query.object in ("", access.object)
        and (query.before is None or line.seq < query.before)
    )
