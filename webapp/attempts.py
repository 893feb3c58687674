"""The one ledger of attempts: spend first, look afterwards, so that no race gives a try more than allowed.

Whoever limits anything (passwords, letter codes, SMS codes, messages) spends here; nobody counts elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel

from webapp.database import UtcDateTime


@dataclass(frozen=True)
class Limit:
    """``tries`` within ``window``; who has spent them waits ``pause``, twice as long each time if ``doubling``.

    A success makes the next pause short again, unless there was one in the time for which pauses are ``remembered``.
    """

    tries: int
    window: timedelta
    pause: timedelta
    doubling: bool = False
    remembered: timedelta = timedelta()


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
    paused_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # when the last pause began


@dataclass
class Tally:
    """A row of Attempts in hand: reading it as a model cost more than the statement."""

    subject: str
    spent: int
    pauses: int
    ends_at: datetime
    paused_at: datetime | None = None

    def take(self, limit: Limit, now: datetime) -> Try:
        """One try out of this row; the caller holds its lock."""
        if now >= self.ends_at or not self.spent:
            self.spent, self.ends_at = 0, now + limit.window
        if self.spent >= limit.tries:
            return Try(free_at=self.ends_at)
        self.spent += 1
        if self.spent == limit.tries:
            self.ends_at = now + limit.pause * (2 ** min(self.pauses, 10) if limit.doubling else 1)
            self.pauses, self.paused_at = self.pauses + 1, now
        return Try(left=limit.tries - self.spent)


ROW: sa.Table = Attempts.__table__  # type: ignore[attr-defined]
KEPT = ("spent", "pauses", "ends_at", "paused_at")
MINE = sa.update(ROW).where(ROW.c.subject == sa.bindparam("of"))
KEEP = MINE.values({name: sa.bindparam(name) for name in KEPT})
LOOK = sa.select(ROW).where(ROW.c.subject == sa.bindparam("of"))
FORGIVE = MINE.values(spent=0, pauses=0)
REFUND = MINE.where(ROW.c.spent > 0).values(spent=ROW.c.spent - 1)
USED_UP = ROW.c.spent >= sa.bindparam("most")  # then the last one was right, and no reason for a pause
GIVE_BACK = MINE.values(
    spent=sa.case((ROW.c.spent > sa.bindparam("tries"), ROW.c.spent - sa.bindparam("tries")), else_=0),
    ends_at=sa.case((USED_UP, sa.bindparam("fresh", type_=UtcDateTime)), else_=ROW.c.ends_at),
    pauses=sa.case(
        (sa.func.coalesce(ROW.c.paused_at <= sa.bindparam("forgotten", type_=UtcDateTime), sa.true()), 0),
        (USED_UP & (ROW.c.pauses > 0), ROW.c.pauses - 1),
        else_=ROW.c.pauses,
    ),
)


@cache
def _hold(dialect: str) -> Any:
    """Make the row unless it is there, and hold it until the commit, whoever else wants it: in one statement."""
    made = {"postgresql": postgresql, "sqlite": sqlite}[dialect].insert(ROW)
    return made.on_conflict_do_update(index_elements=[ROW.c.subject], set_={"spent": ROW.c.spent}).returning(*ROW.c)


def spend(db: Session, subject: str, limit: Limit, now: datetime) -> Try:
    """Take one try of ``subject``, and commit it: it counts even if what follows fails."""
    return spend_each(db, {subject: limit}, now)


def spend_each(db: Session, limits: Mapping[str, Limit], now: datetime) -> Try:
    """Take one try of each subject, in the order given, and commit them all together.

    The first subject that has none left ends it, and is the answer; what those before it spent stays spent.
    """
    taken, connection, spent = Try(), db.connection(), []
    for subject, limit in limits.items():
        unspent = {"subject": subject, "spent": 0, "pauses": 0, "ends_at": now + limit.window}
        tally = Tally(*connection.execute(_hold(connection.dialect.name), unspent).one())
        taken = tally.take(limit, now)
        if not taken.granted:
            break
        spent.append({"of": subject, **{name: getattr(tally, name) for name in KEPT}})
    if spent:
        connection.execute(KEEP, spent)
    db.commit()
    return taken


def waiting_until(db: Session, subject: str, limit: Limit, now: datetime) -> datetime | None:
    """From when on the next try is free; None when one is free now. Spends nothing."""
    row = db.execute(LOOK, {"of": subject}).first()
    return row.ends_at if row and row.spent >= limit.tries and now < row.ends_at else None


def forgive(db: Session, subject: str) -> None:
    """Start afresh after a success; the caller commits. The row stays: another try may be waiting for its lock."""
    db.execute(FORGIVE, {"of": subject})


def give_back(db: Session, subject: str, tries: int, limit: Limit, now: datetime) -> None:
    """After a success: only its own ``tries`` are forgiven, for somebody else may be guessing; the caller commits."""
    given = {"of": subject, "tries": tries, "most": limit.tries}
    db.execute(GIVE_BACK, given | {"fresh": now + limit.window, "forgotten": now - limit.remembered})


def refund(db: Session, subject: str) -> None:
    """Give back one try that was right, so that success never uses up a shared limit; the caller commits."""
    db.execute(REFUND, {"of": subject})
