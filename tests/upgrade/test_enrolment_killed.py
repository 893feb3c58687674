"""The process is killed with -9 between a letter's code and PartnerWeb 2.0: nobody is stuck, nobody is half inside."""

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable

import pytest
from sqlmodel import Session

from tests.attacks.arranging import a_code
from tests.conftest import PROVE
from tests.factories import a_user
from tests.twins import Clock
from tests.upgrade.enrolling import faults, goes_on, goes_on_naively, in_a_process
from webapp.accounts.models import User
from webapp.login_methods.queries import held_by
from webapp.ports import Outside

KILLS = 500 if PROVE else 8
FORK = multiprocessing.get_context("fork")


def killed(outside: Outside, work: Callable[..., None], user_id: int, code: str, number: str, after: float) -> float:
    """Seconds that it took; killed ``after`` so many seconds."""
    begun = FORK.Event()
    process = FORK.Process(target=in_a_process, args=(outside, work, user_id, code, number, begun))
    process.start()
    assert begun.wait(60)
    start = time.monotonic()
    process.join(after)
    if process.is_alive() and process.pid:
        os.kill(process.pid, signal.SIGKILL)
    process.join(60)
    return time.monotonic() - start


def how_far(db: Session, user: User) -> str:
    """Where the kill left the person."""
    if user.upgraded:
        return "upgraded"
    return "method" if held_by(db, user) else "before"


def test_nobody_is_stuck_and_nobody_is_half_inside(db: Session, outside: Outside, clock: Clock) -> None:
    chances, takes, seen = random.Random(47), 30.0, []
    for number in range(KILLS + 1):
        user = a_user(db)
        code, mobile = a_code(db, outside, user), f"079 {550 + number // 100} {number % 100:02} 00"
        user_id = user.id or 0
        db.close()
        took = killed(outside, goes_on, user_id, code, mobile, chances.uniform(0, takes) if number else takes)
        takes = takes if number else took
        user = db.get_one(User, user_id, populate_existing=True)
        seen.append(how_far(db, user))
        assert not (found := faults(db, user)), (found, seen)
        db.commit()
        clock.passes(minutes=1)
        goes_on(db, outside, user, code, mobile)
        db.refresh(user)
        assert user.upgraded, seen
        assert not faults(db, user), seen
    assert seen[0] == "upgraded", seen
    assert set(seen[1:]) != {"upgraded"}, "no kill came in time"


def test_who_notes_each_step_by_itself_is_caught(db: Session, outside: Outside) -> None:
    user = a_user(db)
    code = a_code(db, outside, user)
    for after in (0.5, 1, 1.5, 2, 3):
        user_id = user.id or 0
        db.close()
        killed(outside, goes_on_naively, user_id, code, "079 549 00 00", after)
        user = db.get_one(User, user_id, populate_existing=True)
        if "upgraded without a method" in faults(db, user):
            return
        if user.upgraded:
            user = a_user(db)
            code = a_code(db, outside, user)
    pytest.fail("never caught in the act")
