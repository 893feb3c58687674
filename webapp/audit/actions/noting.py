"""Noting what happened: in the transaction of what happened, as the last thing before its commit.

A chain is locked from its first event to the commit. So events are gathered while an action runs and written when it
commits, in the order of the chains: whatever else an action locks, it holds no chain meanwhile, and two that note in
the same chains never wait for each other in a circle. What is rolled back was never noted.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session

from webapp.audit.events import Event, written
from webapp.audit.models import AuditChain, AuditEvent
from webapp.audit.records import FUND, START, Record, seal_of_head, signature
from webapp.ports import Outside
from webapp.seal import Seal

EVENTS: sa.Table = AuditEvent.__table__  # type: ignore[attr-defined]
CHAINS: sa.Table = AuditChain.__table__  # type: ignore[attr-defined]
MINE = CHAINS.c.chain == sa.bindparam("of")
HOLD = sa.select(CHAINS.c.count, CHAINS.c.last, CHAINS.c.key).where(MINE).with_for_update()
KEEP = sa.update(CHAINS).where(MINE).values({name: sa.bindparam(f"new_{name}") for name in ("count", "last", "seal")})
ADD = sa.insert(EVENTS)
GATHERED = "audit"  # where a session keeps what is to be written at its commit


@dataclass(frozen=True)
class Noted:
    """One event that has no place in its chain yet."""

    seal: Seal
    chain: int
    at: datetime
    event: Event
    about_id: int | None
    by_id: int | None
    details: str


def note(
    db: Session,
    outside: Outside,
    event: Event,
    *,
    about: int | None = None,
    by: int | None = None,
    employer_id: int | None = None,
    **details: object,
) -> None:
    """Have ``event`` written when the caller commits: ``about`` whose account, ``by`` whom (ids).

    It stands in the chain of the company ``employer_id``, which its administrators read; without one, in the fund's.
    For ten thousand people, call it for each: they are written together. ValueError for details not foreseen in
    ``events.py``: nothing secret can be kept by mistake.
    """
    if not db.in_transaction():
        db.begin()
    chain = FUND if employer_id is None else employer_id
    noted = Noted(outside.seal, chain, outside.now(), event, about, by, written(details))
    db.info.setdefault(GATHERED, []).append(noted)


@sa.event.listens_for(Session, "before_commit")
def _write(db: Session) -> None:
    gathered: list[Noted] = db.info.get(GATHERED, [])
    if not gathered:
        return
    db.flush()  # all else that the action locks comes first
    connection = db.connection()
    for chain, some in groupby(sorted(gathered, key=lambda noted: noted.chain), key=lambda noted: noted.chain):
        _append(connection, chain, list(some))
    db.info.pop(GATHERED)


@sa.event.listens_for(Session, "after_transaction_end")
def _forget(db: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        db.info.pop(GATHERED, None)


def _append(connection: Connection, chain: int, some: list[Noted]) -> None:
    seal = some[0].seal
    count, last, sealed = connection.execute(HOLD, {"of": chain}).first() or _begun(connection, seal, chain)
    key = bytes.fromhex(seal.open(sealed.encode()))
    rows = []
    for noted in some:
        count += 1
        record = Record(chain, count, noted.at, noted.event.value, noted.about_id, noted.by_id, noted.details)
        last = signature(key, last, record)
        rows.append({**record._asdict(), "signature": last})
    connection.execute(ADD, rows)
    end = {"new_count": count, "new_last": last, "new_seal": seal_of_head(key, chain, count, last)}
    connection.execute(KEEP, {"of": chain, **end})


def _begun(connection: Connection, seal: Seal, chain: int) -> Any:
    """A chain without events, held until the commit; whoever wants to begin the same one waits, and finds it."""
    key = secrets.token_bytes(32)
    kept = {"key": seal.close(key.hex()).decode(), "seal": seal_of_head(key, chain, 0, START)}
    dialect = {"postgresql": postgresql, "sqlite": sqlite}[connection.dialect.name]
    new = dialect.insert(CHAINS).values(chain=chain, count=0, last=START, **kept)
    connection.execute(new.on_conflict_do_nothing())
    return connection.execute(HOLD, {"of": chain}).one()
