"""The process is killed with -9 in the middle of an order of 10,000: all have a letter, or nobody has."""

import multiprocessing
import os
import random
import secrets
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.synchronize import Event

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from tests.conftest import PROVE
from tests.factories import a_user, an_administrator, an_employer
from webapp.accounts.folding import searchable
from webapp.accounts.models import User, public_id
from webapp.config import Config
from webapp.database import create_engine
from webapp.jobs import Jobs
from webapp.letters.models import Letter
from webapp.ports import Outside
from webapp.upgrade.actions.bulk import order_for_many
from webapp.upgrade.models import BulkOrder, BulkOrderLine

ROUNDS = 30 if PROVE else 3
PEOPLE = 10_000
PORTION = 250
FORK = multiprocessing.get_context("fork")


@pytest.fixture
def admin(db: Session) -> User:
    """Who administers 10,000 people."""
    company = an_employer(db)
    admin = an_administrator(db, company)
    pattern = a_user(db, company)
    db.refresh(pattern)
    one = pattern.model_dump(exclude={"id"})
    rows = [one | {"public_id": public_id(), "email": f"{number}@company.example"} for number in range(PEOPLE - 2)]
    db.execute(sa.insert(User), [row | {"search": searchable("a", "b", row["email"])} for row in rows])
    db.commit()
    return admin


def order_in_one(db: Session, outside: Outside, admin: User, ids: list[int]) -> None:
    """What the portal does."""
    given = {"by": admin, "user_ids": ids, "employer_id": admin.employer_id, "key": secrets.token_hex(16)}
    order_for_many(db, outside, **given)


def order_in_portions(db: Session, outside: Outside, admin: User, ids: list[int]) -> None:
    """The naive twin: a commit now and then."""
    for start in range(0, len(ids), PORTION):
        order_in_one(db, outside, admin, ids[start : start + PORTION])


def orders(outside: Outside, work: Callable[..., None], begun: Event) -> None:
    """One press, in a process of its own."""
    jobs = Jobs(outside.config)
    engine = create_engine(outside.config.database)
    with Session(engine, expire_on_commit=False) as db:
        admin = db.exec(select(User).where(col(User.administrator).is_(True))).one()
        ids = [one or 0 for one in db.exec(select(User.id)).all()]
        jobs.backlog(db)
        db.commit()
        begun.set()
        work(db, replace(outside, jobs=jobs), admin, ids)
    os._exit(0)


def pressed(outside: Outside, work: Callable[..., None], after: float | None) -> float:
    """Seconds that the order took; killed ``after`` so many seconds."""
    begun = FORK.Event()
    process = FORK.Process(target=orders, args=(outside, work, begun))
    process.start()
    assert begun.wait(60)
    start = time.monotonic()
    if after is not None:
        time.sleep(after)
        os.kill(process.pid or 0, signal.SIGKILL)
    process.join(120)
    return time.monotonic() - start


def counts(db: Session, config: Config) -> tuple[int, ...]:
    """Letters, lines, orders and waiting jobs, once the database has noticed that the process is gone."""
    if db.get_bind().dialect.name == "postgresql":
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        while db.execute(sa.text(others)).scalar_one():
            db.rollback()
            time.sleep(0.05)
    tables = (Letter, BulkOrderLine, BulkOrder)
    found = [db.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in tables]
    waiting = Jobs(config).backlog(db).waiting
    db.rollback()
    return *found, waiting


def cleared(db: Session) -> None:
    """As before the order; its job stays."""
    for table in (BulkOrderLine, Letter, BulkOrder):
        db.execute(sa.delete(table))
    db.commit()


def test_all_or_none(db: Session, outside: Outside, admin: User) -> None:
    chances = random.Random(17)
    db.close()
    takes, jobs = pressed(outside, order_in_one, None), 1
    assert counts(db, outside.config) == (PEOPLE, PEOPLE, 1, jobs)
    outcomes = []
    for _round in range(ROUNDS):
        cleared(db)
        db.close()
        after = chances.uniform(0, takes)
        pressed(outside, order_in_one, after)
        found = counts(db, outside.config)
        outcomes.append(found)
        assert found in ((0, 0, 0, jobs), (PEOPLE, PEOPLE, 1, jobs + 1)), outcomes
        jobs, takes = found[-1], min(takes, after) if found[0] else takes  # it was through by then: sooner, next time
    assert min(outcomes)[0] == 0, "no kill came in time"


def test_who_commits_now_and_then_is_caught(db: Session, outside: Outside, admin: User) -> None:
    db.close()
    for after in (0.3, 0.6, 0.9, 1.2):
        pressed(outside, order_in_portions, after)
        if 0 < counts(db, outside.config)[0] < PEOPLE:
            return
        cleared(db)
        db.close()
    pytest.fail("never caught in the act")
