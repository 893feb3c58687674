"""Everything that the database holds, to be compared with what it held before."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

Rows = dict[str, list[tuple[Any, ...]]]


def everything(db: Session, *, but: tuple[str, ...] = ()) -> Rows:
    """All rows of all tables of the portal, without the tables named in ``but``."""
    db.rollback()
    db.expire_all()
    tables = [table for table in SQLModel.metadata.sorted_tables if table.name not in but]
    found = {
        table.name: [tuple(row) for row in db.execute(sa.select(table).order_by(*table.primary_key))]
        for table in tables
    }
    db.rollback()
    return found


def changed(before: Rows, after: Rows) -> set[str]:
    """The tables that are not as they were, save the audit: whatever is done is noted there."""
    return {name for name in before if before[name] != after[name] and not name.startswith("audit_")}
