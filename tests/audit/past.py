"""A past that was noted and anchored, and somebody who can write to the database, but has no key."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from webapp.audit.actions import note, write_anchors
from webapp.audit.actions.noting import CHAINS, EVENTS
from webapp.audit.events import Event
from webapp.audit.queries import verify
from webapp.audit.records import FUND
from webapp.audit.tampering import Tampering
from webapp.ports import Outside

BAKERY, TRADE = 5, 9
Rows = list[dict[str, Any]]
COMMON = (
    (Event.SIGNED_IN, {"factors": 2}),
    (Event.LETTER_ORDERED, {"purpose": "upgrade"}),
    (Event.METHOD_ADDED, {"method": "sms"}),
    (Event.CODE_WRONG, {}),
    (Event.SIGNED_OUT, {}),
)
TRIGGERS = {
    "audit_event": ("audit_event_unchanged", "audit_event_kept", "audit_event_not_emptied"),
    "audit_chain": ("audit_chain_grows", "audit_chain_kept", "audit_chain_not_emptied"),
}


class Past:
    """Three chains with two anchors each, and more after them."""

    def __init__(self, db: Session, outside: Outside) -> None:
        self.db, self.outside = db, outside
        self._goes_by({FUND: 12, BAKERY: 20, TRADE: 9})
        write_anchors(db, outside)
        self.older, self.anchored_first = self.kept(), self._anchored()
        self._goes_by({FUND: 8, BAKERY: 12, TRADE: 7})
        write_anchors(db, outside)
        self.anchored = self._anchored()
        self._goes_by({FUND: 5, BAKERY: 6, TRADE: 4})
        self.whole = self._now = self.kept()
        self.anchors = outside.config.anchors.read_text()

    def _goes_by(self, many: dict[int, int]) -> None:
        for chain, times in many.items():
            for number in range(times):
                event, details = COMMON[number % len(COMMON)]
                company = None if chain == FUND else chain
                self.outside.now.passes(minutes=1)  # type: ignore[attr-defined]
                note(self.db, self.outside, event, about=number, by=number, employer_id=company, **details)
            self.db.commit()

    def _anchored(self) -> dict[int, int]:
        """How long each chain was when it was anchored just now; that it was, is an event of the fund's after that."""
        return {row["chain"]: row["count"] - (row["chain"] == FUND) for row in self.kept()[1]}

    def kept(self) -> tuple[Rows, Rows]:
        """Every row of both tables."""
        self.db.rollback()
        both = [
            [dict(row) for row in self.db.execute(sa.select(table).order_by(*table.primary_key)).mappings()]
            for table in (EVENTS, CHAINS)
        ]
        return both[0], both[1]

    def puts(self, events: Rows, chains: Rows) -> None:
        """Both tables are these rows; who owns the database can do that. Only what differs is written."""
        for table, rows, were in ((EVENTS, events, self._now[0]), (CHAINS, chains, self._now[1])):
            new, old = _by_key(table, rows), _by_key(table, were)
            gone = [key for key, row in old.items() if new.get(key) != row]
            if gone:
                self.db.execute(sa.delete(table).where(sa.tuple_(*table.primary_key).in_(gone)))
            if come := [row for key, row in new.items() if old.get(key) != row]:
                self.db.execute(sa.insert(table), come)
        self.db.commit()
        self._now = events, chains

    def as_it_was(self) -> None:
        """Nothing has been tampered with."""
        self.puts(*self.whole)
        self.outside.config.anchors.write_text(self.anchors)

    def found(self) -> Sequence[Tampering]:
        """What is found."""
        return verify(self.db, self.outside).tamperings


def _by_key(table: sa.Table, rows: Rows) -> dict[tuple[Any, ...], dict[str, Any]]:
    return {tuple(row[column.name] for column in table.primary_key): row for row in rows}


def without_triggers(db: Session) -> None:
    """What the database refuses can be switched off by whoever owns it."""
    for table, names in TRIGGERS.items():
        for name in names:
            if db.get_bind().dialect.name == "sqlite":
                db.execute(sa.text(f"DROP TRIGGER IF EXISTS {name}"))
            else:
                db.execute(sa.text(f"DROP TRIGGER IF EXISTS {name} ON {table}"))
    db.commit()
