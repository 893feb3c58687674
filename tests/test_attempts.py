"""The ledger of attempts: so many in a window, then a pause that only success shortens."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from tests.test_routes import ONLY_SQLITE
from tests.twins import Clock
from webapp.attempts import Limit, Tally, forgive, give_back, refund, spend, spend_each, waiting_until

QUARTER = timedelta(minutes=15)
THREE = Limit(3, QUARTER, QUARTER)
GROWING = Limit(1, QUARTER, QUARTER, doubling=True)


def test_three_are_granted_then_a_pause_to_the_second(db: Session, clock: Clock) -> None:
    assert [spend(db, "a", THREE, clock()).left for _ in range(3)] == [2, 1, 0]
    refused = spend(db, "a", THREE, clock())
    assert refused.free_at == clock() + QUARTER
    assert not refused.granted
    clock.passes(minutes=14, seconds=59)
    assert not spend(db, "a", THREE, clock()).granted  # and asking has not made it longer
    clock.passes(seconds=1)
    assert spend(db, "a", THREE, clock()).left == 2


def test_a_window_begins_with_its_first_try(db: Session, clock: Clock) -> None:
    spend(db, "a", THREE, clock())
    clock.passes(minutes=15)
    assert spend(db, "a", THREE, clock()).left == 2


def test_nobody_pays_for_somebody_else(db: Session, clock: Clock) -> None:
    for _ in range(5):
        spend(db, "a", THREE, clock())
    assert spend(db, "b", THREE, clock()).left == 2


def test_pauses_double_until_success(db: Session, clock: Clock) -> None:
    pauses = []
    for _ in range(4):
        spend(db, "a", GROWING, clock())
        free_at = spend(db, "a", GROWING, clock()).free_at
        assert free_at
        pauses.append((free_at - clock()) // QUARTER)
        clock.time = free_at
    assert pauses == [1, 2, 4, 8]
    forgive(db, "a")
    db.commit()
    spend(db, "a", GROWING, clock())
    assert spend(db, "a", GROWING, clock()).free_at == clock() + QUARTER


WEEK = Limit(10, timedelta(days=1), QUARTER, doubling=True, remembered=timedelta(days=7))


def test_a_success_gives_back_its_own_tries_and_no_pause(db: Session, clock: Clock) -> None:
    for _guess in range(6):
        spend(db, "a", WEEK, clock())
    assert [spend(db, "a", WEEK, clock()).left for _ in range(4)] == [3, 2, 1, 0]
    give_back(db, "a", 4, WEEK, clock())  # the tenth was right
    db.commit()
    assert [spend(db, "a", WEEK, clock()).left for _ in range(4)] == [3, 2, 1, 0]
    assert spend(db, "a", WEEK, clock()).free_at == clock() + QUARTER


def test_pauses_are_remembered_for_a_week_whatever_succeeds(db: Session, clock: Clock) -> None:
    def pause() -> int:
        for _guess in range(10):
            spend(db, "a", WEEK, clock())
        free_at = spend(db, "a", WEEK, clock()).free_at
        assert free_at
        return (free_at - clock()) // QUARTER

    pauses = [pause()]
    for days in (6, 7, 7):
        clock.passes(days=days, seconds=-1 if days == 6 else 0)
        spend(db, "a", WEEK, clock())
        give_back(db, "a", 1, WEEK, clock())
        db.commit()
        pauses.append(pause())
    assert pauses == [1, 2, 1, 1]


def looked_at(db: Session, limit: Limit, *, forgives_all: bool = False) -> float:
    """How many guesses a day for whoever tries at once when a pause is over, while the owner comes every two hours."""
    clock, looked, subject = Clock(), 0, f"forgiven {forgives_all}"
    for hour in range(14 * 24):
        clock.passes(hours=1)
        if hour % 2 and spend(db, subject, limit, clock()).granted:
            forgive(db, subject) if forgives_all else give_back(db, subject, 1, limit, clock())
            db.commit()
        for _guess in range(20):
            if not spend(db, subject, limit, clock()).granted:
                break
            looked += 1
    return looked / 14


@ONLY_SQLITE
def test_who_guesses_beside_the_owners_sign_ins_has_few_tries(db: Session) -> None:
    """Ten a day at most; whoever forgives everything lets more than thirty through."""
    assert looked_at(db, WEEK) < 10
    assert looked_at(db, WEEK, forgives_all=True) > 30


def test_asking_whether_one_waits_spends_nothing(db: Session, clock: Clock) -> None:
    assert [waiting_until(db, "a", THREE, clock()) for _ in range(5)] == [None] * 5
    for _ in range(3):
        spend(db, "a", THREE, clock())
    assert waiting_until(db, "a", THREE, clock()) == clock() + QUARTER
    assert waiting_until(db, "a", THREE, clock() + QUARTER) is None


def test_a_refund_gives_back_one_and_never_more_than_was_spent(db: Session, clock: Clock) -> None:
    spend(db, "a", THREE, clock())
    for _ in range(3):
        refund(db, "a")
    db.commit()
    assert [spend(db, "a", THREE, clock()).granted for _ in range(4)] == [True] * 3 + [False]


def test_a_try_is_spent_even_if_what_follows_fails(db: Session, clock: Clock) -> None:
    spend(db, "a", THREE, clock())
    db.rollback()
    assert spend(db, "a", THREE, clock()).left == 1


@pytest.mark.parametrize("limit", [THREE, GROWING])
@given(steps=st.lists(st.integers(0, 2000), min_size=1, max_size=60))
def test_never_more_than_allowed_in_any_window(limit: Limit, steps: list[int]) -> None:
    clock, row, granted = Clock(), Tally("a", 0, 0, Clock()()), []
    for seconds in steps:
        clock.passes(seconds=seconds)
        if row.take(limit, clock()).granted:
            granted.append(clock())
    for first, one_too_many in zip(granted, granted[2 * limit.tries - 1 :], strict=False):
        assert one_too_many - first >= limit.pause  # a window and the next may touch, no more


def test_of_several_the_first_without_a_try_left_decides(db: Session, clock: Clock) -> None:
    one = Limit(1, QUARTER, QUARTER)
    assert spend_each(db, {"ring": THREE, "pair": one}, clock()).granted
    assert spend_each(db, {"ring": THREE, "pair": one}, clock()).free_at == clock() + QUARTER
    db.rollback()
    assert spend(db, "ring", THREE, clock()).left == 0  # what was spent before it stays spent
    spend_each(db, {"ring": THREE, "other": one}, clock())
    assert spend(db, "other", one, clock()).granted  # nothing is spent after it
