"""What counts no more is forgotten at night: codes that were mailed, addresses that asked for one, tries long ago.

In portions, each committed by itself; whatever interrupts it, the next night goes on.
"""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

from webapp.accounts.links import AccountLink, ForgottenPassword
from webapp.attempts import Attempts
from webapp.config import DAY, ERASED_AT_ONCE, MAILED_CODES_KEPT, TRIES_KEPT
from webapp.jobs import scheduled
from webapp.ports import Outside


@scheduled("7 5 * * *")
def forget_mailed_codes(db: Session, outside: Outside) -> None:
    """Erase, some time after their end, the codes that were used, withdrawn or have expired; a new address with its.

    And what somebody typed who had forgotten the password, where no job has answered it for a day.
    """
    now = outside.now()
    ended_at = sa.func.coalesce(col(AccountLink.used_at), col(AccountLink.withdrawn_at), col(AccountLink.expires_at))
    erase(db, AccountLink, ended_at < now - MAILED_CODES_KEPT)
    erase(db, ForgottenPassword, col(ForgottenPassword.asked_at) < now - DAY)


@scheduled("11 5 * * *")
def forget_tries(db: Session, outside: Outside) -> None:
    """Erase how many tries were spent where new ones have been free for long."""
    erase(db, Attempts, col(Attempts.ends_at) < outside.now() - TRIES_KEPT)


def erase(db: Session, table: type[SQLModel], over: sa.ColumnElement[bool]) -> None:
    """Delete the rows that are ``over``, a portion in each transaction, each committed."""
    key: Any = sa.inspect(table).primary_key[0]
    some = sa.select(key).where(over).limit(ERASED_AT_ONCE)
    # asked once more: PostgreSQL does not look for the portion again when somebody has just changed a row of it
    portion = sa.delete(table).where(key.in_(some), over)
    while db.execute(portion).rowcount:  # type: ignore[attr-defined]
        db.commit()
    db.commit()
