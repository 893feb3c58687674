"""The one ledger of attempts: spend first, look afterwards, so that no race gives a try more than allowed.

Whoever limits anything (passwords, letter codes, SMS codes, messages) spends here; nobody counts elsewhere.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from webapp.database import UtcDateTime, insert_unless_there


@dataclass(frozen=True)
class Limit:
    """``tries`` within ``window``; who has spent them waits ``pause``, twice as long each time if ``doubling``."""

    tries: int
    window: timedelta
    pause: timedelta
    doubling: bool = False


@dataclass(frozen=True)
class Try:
    """What became of asking for a try: granted, with so many left after it, or free again only from an instant on."""

    left: int = 0
    free_at: datetime | None = None

    @property
    def granted(self) -> bool:
        """Whether the try may be made."""
        return self.free_at is None


class Attempts(SQLModel, table=True):
    """How many tries a subject has spent in its running window; pauses only grow until the subject succeeds."""

    __tablename__ = "attempts"

    subject: str = Field(primary_key=True)
    spent: int = 0
    pauses: int = 0
    ends_at: datetime = Field(sa_type=UtcDateTime)

    def take(self, limit: Limit, now: datetime) -> Try:
        """One try out of this row; the caller holds its lock."""
        if now >= self.ends_at or not self.spent:
            self.spent, self.ends_at = 0, now + limit.window
        if self.spent >= limit.tries:
            return Try(free_at=self.ends_at)
        self.spent += 1
        if self.spent == limit.tries:
            self.ends_at = now + limit.pause * (2 ** min(self.pauses, 10) if limit.doubling else 1)
            self.pauses += 1
        return Try(left=limit.tries - self.spent)


def spend(db: Session, subject: str, limit: Limit, now: datetime) -> Try:
    """Take one try of ``subject``, and commit it: it counts even if what follows fails."""
    insert_unless_there(db, Attempts, subject=subject, spent=0, pauses=0, ends_at=now + limit.window)
    row = db.exec(select(Attempts).where(Attempts.subject == subject).with_for_update()).one()
    db.refresh(row)  # the session may hold an older copy
    taken = row.take(limit, now)
    db.commit()
    return taken


def waiting_until(db: Session, subject: str, limit: Limit, now: datetime) -> datetime | None:
    """From when on the next try is free; None when one is free now. Spends nothing."""
    row = db.get(Attempts, subject)
    return row.ends_at if row and row.spent >= limit.tries and now < row.ends_at else None


def forgive(db: Session, subject: str) -> None:
    """Start afresh after a success; the caller commits. The row stays: another try may be waiting for its lock."""
    db.execute(sa.update(Attempts).where(col(Attempts.subject) == subject).values(spent=0, pauses=0))


def refund(db: Session, subject: str) -> None:
    """Give back one try that was right, so that success never uses up a shared limit; the caller commits."""
    given_back = sa.update(Attempts).where(col(Attempts.subject) == subject, col(Attempts.spent) > 0)
    db.execute(given_back.values(spent=Attempts.spent - 1))
