"""The ledger of attempts: so many in a window, then a pause that only success shortens."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from tests.twins import Clock
from webapp.attempts import Limit, Tally, forgive, refund, spend, spend_each, waiting_until

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
