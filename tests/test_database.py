"""On SQLite a transaction that will write takes the lock before it reads; one that only reads takes none."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from tests.factories import an_employer
from webapp.database import create_engine, reading

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@contextmanager
def another(database: str) -> Iterator[Session]:
    """A session of its own, which waits for nobody."""
    engine = create_engine(database)
    with engine.connect() as connection, Session(connection) as session:
        session.execute(text("PRAGMA busy_timeout=0"))
        session.rollback()
        yield session
    engine.dispose()


def rename(db: Session) -> None:
    """Read, then write, as every change does."""
    db.execute(text("SELECT name FROM employer")).all()
    db.execute(text("UPDATE employer SET name = name || '!'"))


def test_who_will_write_keeps_others_out_from_the_first_word_on(db: Session, database: str) -> None:
    an_employer(db)
    with another(database) as other:
        db.execute(text("SELECT name FROM employer")).all()
        with pytest.raises(OperationalError):
            rename(other)
        rename(db)
        db.commit()


def test_a_reader_that_writes_after_all_would_be_refused_half_way(db: Session, database: str) -> None:
    an_employer(db)
    was = reading.set(True)
    try:
        with another(database) as other:
            db.execute(text("SELECT name FROM employer")).all()
            rename(other)
            other.commit()
            with pytest.raises(OperationalError):
                rename(db)
    finally:
        reading.reset(was)
        db.rollback()


@pytest.mark.parametrize("address", ["/sign-in", "/nowhere"])
def test_a_page_that_only_reads_leaves_the_thread_as_it_was(app: Flask, address: str) -> None:
    app.test_client().get(address)
    assert not reading.get()
