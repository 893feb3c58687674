"""The chains as they stand in the database, one event at a time, whatever somebody has put into them."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from webapp.audit.events import Event
from webapp.audit.models import AuditChain, AuditEvent
from webapp.audit.records import FUND, Record

EVENTS: sa.Table = AuditEvent.__table__  # type: ignore[attr-defined]
CHAINS: sa.Table = AuditChain.__table__  # type: ignore[attr-defined]
AT_ONCE = 1000  # events fetched together
AS_IT_STANDS: list[Any] = [sa.type_coerce(column, sa.types.NullType()).label(column.name) for column in EVENTS.c]
READ = sa.select(*AS_IT_STANDS).order_by(EVENTS.c.position)  # a time that is none must be found, not raise


class Row(NamedTuple):
    """An event and how it is signed."""

    record: Record
    signature: str


@dataclass(frozen=True)
class End:
    """What is known of a chain's end."""

    chain: int
    count: int
    last: str
    seal: str
    key: str


def events(db: Session, chain: int, after: int = 0) -> Iterator[Row]:
    """The events of a chain in the order of their positions."""
    of_chain = READ.where(EVENTS.c.chain == chain)
    found = db.connection().execute(
        of_chain.where(EVENTS.c.position > after) if after else of_chain, execution_options={"yield_per": AT_ONCE}
    )
    with closing(found):
        for row in found:
            yield Row(Record(*row[:7]), row[7])


def ends(db: Session) -> dict[int, End]:
    """What is known of each chain's end."""
    columns = [CHAINS.c[field.name] for field in fields(End)]
    return {row[0]: End(*row) for row in db.execute(sa.select(*columns))}


def chains_with_events(db: Session) -> set[int]:
    """Whether or not anything is known of their ends."""
    return set(db.execute(sa.select(EVENTS.c.chain).distinct()).scalars())


def anchored_by_run(db: Session, run_id: int) -> dict[str, object] | None:
    """For a delivery note: how many events the fund's chain had when the run began, and the last one's signature."""
    begun = (
        EVENTS.c.chain == FUND,
        EVENTS.c.event == Event.RUN_STARTED,
        EVENTS.c.details.endswith(f'"run":{run_id}}}'),
    )
    found = db.execute(sa.select(EVENTS.c.position, EVENTS.c.signature).where(*begun)).first()
    return {"events": found.position, "last": found.signature} if found else None


def begin_a_snapshot(db: Session) -> None:
    """What others commit from now on is not seen; nobody waits for us."""
    db.rollback()
    if db.get_bind().dialect.name == "postgresql":
        db.connection(execution_options={"isolation_level": "REPEATABLE READ"})
