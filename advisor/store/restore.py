"""What must be done after a journal was put back from a backup."""

import uuid

from sqlalchemy import Connection, delete, select, update

from advisor.store.database import Database
from advisor.store.tables import checkpoints, journal


def get_epoch(database: Database) -> str:
    """Get the identity of a journal; raises as `renew_epoch`."""
    epoch: str = database.read(lambda connection: connection.execute(select(journal.c.epoch)).scalar_one())
    return epoch


def renew_epoch(database: Database) -> str:
    """Give a restored journal a new identity, and return it; run before the program starts again.

    Facts that were written after the backup are gone and their numbers will be given to others. With the new
    identity every client sees that, and begins anew instead of believing that it is up to date.

    Raises
    ------
    JournalUnavailable
        When the database cannot be reached.
    """
    epoch = str(uuid.uuid4())

    def renew(connection: Connection) -> None:
        connection.execute(update(journal).values(epoch=epoch))
        connection.execute(delete(checkpoints))

    database.write(renew)
    return epoch
