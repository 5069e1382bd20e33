"""Keys of other systems, and leases, in memory: the twins of those in SQL."""

import threading
from dataclasses import replace
from datetime import datetime

from advisor.services.api_keys import ApiKey


class MemoryKeys:
    """The twin of the keys in SQL."""

    def __init__(self) -> None:
        self._keys: dict[str, ApiKey] = {}

    def add(self, key: ApiKey) -> None:
        """See `Keys.add`."""
        self._keys[key.id] = key

    def find(self, key_id: str) -> ApiKey | None:
        """See `Keys.find`."""
        return self._keys.get(key_id)

    def list_all(self) -> tuple[ApiKey, ...]:
        """See `Keys.list_all`."""
        return tuple(sorted(self._keys.values(), key=lambda key: (key.source, key.created_at, key.id)))

    def expire(self, key_id: str, at: datetime) -> None:
        """See `Keys.expire`."""
        key = self._keys[key_id]
        if key.expires_at is None or key.expires_at > at:
            self._keys[key_id] = replace(key, expires_at=at)

    def revoke(self, key_id: str, at: datetime) -> None:
        """See `Keys.revoke`."""
        key = self._keys[key_id]
        if key.revoked_at is None:
            self._keys[key_id] = replace(key, revoked_at=at)

    def touch(self, key_id: str, at: datetime) -> None:
        """See `Keys.touch`."""
        self._keys[key_id] = replace(self._keys[key_id], used_at=at)


class MemoryLeases:
    """The twin of the leases in SQL."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._leases: dict[str, tuple[str, datetime]] = {}

    def take(self, name: str, holder: str, now: datetime, until: datetime) -> bool:
        """See `Leases.take`."""
        with self._lock:
            held_by, held_until = self._leases.get(name, (holder, now))
            if held_by != holder and now < held_until:
                return False
            self._leases[name] = holder, until
            return True
