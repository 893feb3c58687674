"""Everything that the database holds, to be compared with what it held before, and to be put back."""

import sqlite3
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

Rows = dict[str, list[tuple[Any, ...]]]
Facts = dict[str, dict[tuple[Any, ...], dict[str, Any]]]  # table, primary key, column
DRAWN = set("hash kept key last password_hash public_id seal sealed sealed_pdf sha256 signature".split())


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


def facts_changed(before: Rows, after: Rows) -> dict[str, int]:
    """How often what changed: ``table.column`` in a row that stayed, ``+table`` for one that came, ``-table`` gone."""
    found: list[str] = []
    was, is_now = facts(before), facts(after)
    for name in changed(before, after):
        old, new = was[name], is_now[name]
        found += [f"+{name}" for _ in new.keys() - old.keys()] + [f"-{name}" for _ in old.keys() - new.keys()]
        for key in old.keys() & new.keys():
            found += [f"{name}.{fact}" for fact, value in old[key].items() if new[key][fact] != value]
    return {fact: found.count(fact) for fact in sorted(found)}


def undrawn(rows: Rows) -> Facts:
    """The same without what is drawn anew each time: two ways of doing the same leave the same."""
    return {
        name: {
            key: {fact: value is None if fact in DRAWN else value for fact, value in row.items()}
            for key, row in table.items()
        }
        for name, table in facts(rows).items()
    }


def drawn(rows: Rows) -> set[Any]:
    """What undrawn() leaves out."""
    kept = [row for table in facts(rows).values() for row in table.values()]
    return {value for row in kept for fact, value in row.items() if fact in DRAWN}


def facts(rows: Rows) -> Facts:
    """Each value by its table, the row's key and its column."""
    found: Facts = {}
    for name, kept in rows.items():
        table = SQLModel.metadata.tables[name]
        keys = [column.name for column in table.primary_key]
        named = [dict(zip(table.columns.keys(), row, strict=True)) for row in kept]
        found[name] = {tuple(row[key] for key in keys): row for row in named}
    return found


def copy_of(db: Session) -> Callable[[], None]:
    """What puts everything back as it is now; on SQLite the whole file, so that the next ids are the same too."""
    engine = db.get_bind().engine
    if engine.dialect.name == "sqlite":
        kept = sqlite3.connect(":memory:")
        _copies(engine, kept, back=False)
        return lambda: _copies(engine, kept, back=True)
    rows = everything(db)
    return lambda: _rewrites(engine, rows)


def _copies(engine: sa.Engine, kept: sqlite3.Connection, *, back: bool) -> None:
    file = sqlite3.connect(str(engine.url.database))
    kept.backup(file) if back else file.backup(kept)
    file.close()


def _rewrites(engine: sa.Engine, rows: Rows) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("SET LOCAL session_replication_role = replica"))  # no trigger, no foreign key
        for table in SQLModel.metadata.sorted_tables:
            connection.execute(sa.delete(table))
            if rows[table.name]:
                connection.execute(
                    sa.insert(table), [dict(zip(table.columns.keys(), row, strict=True)) for row in rows[table.name]]
                )
            if "id" in table.columns:
                last = max((row[table.columns.keys().index("id")] for row in rows[table.name]), default=0)
                sequence = sa.func.pg_get_serial_sequence(table.name, "id")
                connection.execute(sa.select(sa.func.setval(sequence, last + 1, False)))
