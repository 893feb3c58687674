"""Whoever dies while telling of the end of mandates tells nobody twice and forgets nobody; a naive twin does."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.accounts.test_running_out import ENDED, ENDED_HERE, World, at
from webapp.accounts.actions import running_out, tell_of_ends
from webapp.accounts.mandates import Mandate
from webapp.accounts.models import Employer, User
from webapp.accounts.queries import administrators_of
from webapp.ports import Outside

Job = Callable[[Session, Outside], None]


class Died(Exception):
    """The process was killed at this point."""


@pytest.fixture
def world(db: Session, outside: Outside) -> World:
    """Somebody whose mandate ran out yesterday, and two administrators: three e-mails."""
    world = World(db, outside)
    outside.now.time = at(1, month=1)  # type: ignore[attr-defined]
    return world


def dies_and_is_done_again(world: World, monkeypatch: pytest.MonkeyPatch, job: Job, at_the: int) -> None:
    """The process dies while it writes this e-mail; then another one does the job, and another one again."""
    real, written = running_out.write_to, []

    def write(*args: Any, **context: Any) -> None:
        written.append(args)
        if len(written) == at_the:
            raise Died
        real(*args, **context)

    with monkeypatch.context() as dying:
        dying.setattr(running_out, "write_to", write)
        with pytest.raises(Died):
            job(world.db, world.outside)
    world.db.rollback()  # nobody commits for the dead
    for _again in range(2):
        job(world.db, world.outside)


@pytest.mark.parametrize("at_the", [1, 2, 3])
def test_everybody_is_told_once(world: World, monkeypatch: pytest.MonkeyPatch, at_the: int) -> None:
    dies_and_is_done_again(world, monkeypatch, tell_of_ends, at_the)
    assert (world.told(), world.told_here()) == ([ENDED], [ENDED_HERE])
    assert len(world.noted()) == 2


def tell_naively(db: Session, outside: Outside) -> None:
    """As many portals do it: write to everybody, then remember that it is done."""
    for mandate in db.exec(select(Mandate).where(col(Mandate.told_of_end_at).is_(None))).all():
        facts: dict[str, Any] = {"company": db.get_one(Employer, mandate.employer_id).name, "last": mandate.ends_on}
        about = facts | {"holder": "", "office": "", "mandate": ""}
        running_out.write_to(db, outside, db.get_one(User, mandate.user_id), "mandate_run_out", **facts)
        db.commit()
        for boss in administrators_of(db, mandate.employer_id):
            running_out.write_to(db, outside, boss, "mandate_run_out_here", **about)
            db.commit()
        mandate.told_of_end_at = outside.now()
        db.commit()


def test_who_remembers_afterwards_is_caught(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    dies_and_is_done_again(world, monkeypatch, tell_naively, at_the=3)
    assert world.told() == [ENDED, ENDED]
