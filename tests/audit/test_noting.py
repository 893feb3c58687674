"""An event is written with what happened, or not at all; and then nobody can take it back."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from tests.factories import a_user
from webapp.accounts.models import User
from webapp.audit.actions import note, noting
from webapp.audit.events import DETAILS, Event, written
from webapp.audit.models import AuditChain, AuditEvent
from webapp.audit.queries import verify
from webapp.audit.records import FUND
from webapp.database import create_engine
from webapp.ports import Outside

CANARIES = ("4KTT78ZDTZ6M", "123 456", "+41791234567", "anne@favre.example", "demo-Portal-2026", "Rue du Marché 7", "")


def kept(db: Session) -> list[AuditEvent]:
    db.rollback()
    return list(db.exec(select(AuditEvent).order_by(col(AuditEvent.chain), col(AuditEvent.position))).all())


def test_an_event_is_written_with_the_commit(db: Session, outside: Outside) -> None:
    note(db, outside, Event.SIGNED_IN, about=3, by=3, employer_id=7, factors=2)
    note(db, outside, Event.RUN_STARTED, by=9, run=1, letters=12)
    assert kept(db) == []  # it asks by way of a rollback
    note(db, outside, Event.SIGNED_IN, about=3, by=3, employer_id=7, factors=2)
    note(db, outside, Event.RUN_STARTED, by=9, run=1, letters=12)
    db.commit()
    db.commit()
    fund, company = kept(db)
    assert (fund.chain, fund.position, fund.event, fund.about_id, fund.by_id) == (FUND, 1, "run_started", None, 9)
    assert fund.details == '{"letters":12,"run":1}'
    assert (company.chain, company.position, company.about_id, company.at) == (7, 1, 3, outside.now())


def test_what_a_closed_session_gathered_is_forgotten(db: Session, outside: Outside) -> None:
    note(db, outside, Event.SIGNED_OUT, about=1)
    db.close()
    db.commit()
    assert kept(db) == []


@pytest.mark.parametrize("canary", CANARIES)
def test_nothing_secret_can_be_kept(db: Session, outside: Outside, canary: str) -> None:
    for name in (*DETAILS, "code", "email"):
        with pytest.raises(ValueError, match=f"the detail {name} may not be kept") as refused:
            note(db, outside, Event.CODE_WRONG, about=1, **{name: canary})
        assert not canary or canary not in str(refused.value)
    db.commit()
    assert kept(db) == []


def test_the_usual_details_can() -> None:
    assert written({"run": 3, "letters": 100}) == '{"letters":100,"run":3}'
    assert written({"method": "recovery_codes", "version": "2026-01"})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET about_id = 2",
        "DELETE FROM audit_event",
        "DELETE FROM audit_chain",
        "UPDATE audit_chain SET count = count - 1",
        "UPDATE audit_chain SET last = 'x'",
        "UPDATE audit_chain SET chain = 17",
    ],
)
def test_the_database_itself_refuses_to_take_it_back(db: Session, outside: Outside, statement: str) -> None:
    note(db, outside, Event.SIGNED_IN, about=1, factors=1)
    db.commit()
    with pytest.raises(sa.exc.DBAPIError, match="what happened is never taken back"):
        db.execute(sa.text(statement))
    db.rollback()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("table", ["audit_event", "audit_chain"])
def test_nor_can_a_table_be_emptied(db: Session, table: str) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="what happened is never taken back"):
        db.execute(sa.text(f"TRUNCATE {table}"))
    db.rollback()


def test_ten_thousand_are_written_in_a_handful_of_statements(db: Session, outside: Outside) -> None:
    asked: list[str] = []
    sa.event.listen(db.get_bind(), "before_cursor_execute", lambda _c, _u, statement, *_rest: asked.append(statement))
    for number in range(10_000):
        note(db, outside, Event.LETTER_ORDERED, about=number, by=1, employer_id=1 + number % 2, purpose="upgrade")
    db.commit()
    counts = db.execute(sa.select(AuditChain.chain, AuditChain.count).order_by(AuditChain.chain)).all()
    assert [tuple(row) for row in counts] == [(1, 5000), (2, 5000)]
    in_batches = 10_000 * 8 // 1000  # a driver may take so many values at once
    assert len(asked) < 20 + in_batches
    assert verify(db, outside).tamperings == []


def note_at_once(db: Session, *given: Any, **details: Any) -> None:
    """The naive twin: it takes the chain's lock where it stands in the code."""
    note(db, *given, **details)
    noting._write(db)


def both_ways(url: str, outside: Outside, user_id: int, note: Callable[..., None]) -> list[str]:
    """One notes and then changes a person, the other one changes the person and then notes; what they met."""
    engine, halfway, met = create_engine(url), Barrier(2), list[str]()

    def notes(db: Session) -> None:
        note(db, outside, Event.USER_CHANGED, about=user_id, employer_id=7)

    def changes(db: Session) -> None:
        db.execute(sa.update(User).where(col(User.id) == user_id).values(town="Bulle"))

    def act(*steps: Callable[[Session], None]) -> None:
        with Session(engine) as db:
            try:
                steps[0](db)
                halfway.wait(20)
                steps[1](db)
                db.commit()
            except sa.exc.OperationalError as error:
                met.append(type(error.orig).__name__)

    threads = [Thread(target=act, args=steps) for steps in ((notes, changes), (changes, notes))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()
    return met


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)  # SQLite lets nobody else write meanwhile
def test_whatever_else_an_action_locks_nobody_waits_in_a_circle(db: Session, outside: Outside, database: str) -> None:
    user = a_user(db)
    note(db, outside, Event.USER_CREATED, about=user.id, employer_id=7)
    db.commit()
    assert both_ways(database, outside, user.id or 0, note) == []
    assert both_ways(database, outside, user.id or 0, note_at_once) == ["DeadlockDetected"]
