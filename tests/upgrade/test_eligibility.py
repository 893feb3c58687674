"""Who may be sent a letter: the first reason against it, and from when on another may be ordered."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.config import BETWEEN_LETTERS, LETTERS_AT_MOST, LETTERS_COUNTED_OVER
from webapp.upgrade.eligibility import Candidate, Refusal, free_from, refusal

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def candidate(*hours_ago: float, **facts: Any) -> Candidate:
    """Somebody who was sent letters so many hours ago."""
    return likely(tuple(sorted(NOW - hours * HOUR for hours in hours_ago)), **facts)


def likely(ordered_at: tuple[datetime, ...], **facts: Any) -> Candidate:
    """Somebody against whom nothing speaks but what is told."""
    against = {"upgraded": False, "address_reported": False, "letter_waiting": False}
    return Candidate(**{"active": True, "address_complete": True} | against | facts, ordered_at=ordered_at)


REASONS = [
    ({"active": False}, Refusal.INACTIVE),
    ({"upgraded": True}, Refusal.ALREADY_UPGRADED),
    ({"address_complete": False}, Refusal.ADDRESS_INCOMPLETE),
    ({"address_reported": True}, Refusal.ADDRESS_REPORTED),
    ({"letter_waiting": True}, Refusal.LETTER_WAITING),
]


@pytest.mark.parametrize(("facts", "reason"), REASONS)
def test_each_reason_alone(facts: dict[str, bool], reason: Refusal) -> None:
    assert refusal(candidate(**facts), NOW) is reason
    assert refusal(candidate(1, **facts), NOW) is reason  # and before "too soon"


def test_after_a_loss_a_letter_goes_to_those_who_have_upgraded() -> None:
    assert refusal(candidate(recovering=True, upgraded=True), NOW) is None
    assert refusal(candidate(recovering=True), NOW) is Refusal.NOT_UPGRADED
    assert refusal(candidate(recovering=True, upgraded=True, clerk=True), NOW) is Refusal.FUND_STAFF
    assert refusal(candidate(1, recovering=True, upgraded=True), NOW) is Refusal.TOO_SOON


def test_the_first_reason_is_told() -> None:
    against: dict[str, bool] = {}
    for facts, reason in reversed(REASONS):
        against |= facts
        assert refusal(candidate(1, **against), NOW) is reason


@pytest.mark.parametrize(
    ("hours_ago", "reason"),
    [
        ((), None),
        ((23.999,), Refusal.TOO_SOON),
        ((24,), None),
        ((25, 50, 75), None),
        ((25, 50, 75, 100), Refusal.TOO_MANY),
        ((1, 50, 75, 100), Refusal.TOO_SOON),
        ((25, 50, 75, 720), None),  # the oldest was thirty days ago
        ((25, 50, 75, 719.9), Refusal.TOO_MANY),
    ],
)
def test_too_soon_and_too_many(hours_ago: tuple[float, ...], reason: Refusal | None) -> None:
    assert refusal(candidate(*hours_ago), NOW) is reason


@given(st.lists(st.floats(0, 800), max_size=8, unique=True))
def test_from_the_instant_named_on_it_is_possible_and_not_before(hours_ago: list[float]) -> None:
    somebody = candidate(*hours_ago)
    free_at = free_from(somebody, NOW)
    assert (free_at is None) == (refusal(somebody, NOW) is None)
    if free_at:
        assert refusal(somebody, free_at) is None
        assert refusal(somebody, free_at - SECOND) is not None


def test_whoever_orders_whenever_possible_gets_four_in_thirty_days() -> None:
    ordered: list[datetime] = []
    now = NOW
    while now < NOW + timedelta(days=60):
        if refusal(likely(tuple(ordered)), now) is None:
            ordered.append(now)
        now += HOUR
    assert len(ordered) == 2 * LETTERS_AT_MOST
    for first, fifth in zip(ordered, ordered[LETTERS_AT_MOST:], strict=False):
        assert fifth - first >= LETTERS_COUNTED_OVER
    assert min(later - earlier for earlier, later in pairwise(ordered)) >= BETWEEN_LETTERS
