"""Which step is next is computed from what has happened, whatever the order in which one asks."""

from datetime import UTC, datetime, timedelta

import pytest

from webapp.upgrade.journey import Journey, Step

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BEFORE, SOON = NOW - timedelta(days=1), NOW + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("journey", "step"),
    [
        (Journey(), Step.LETTER),
        (Journey(letter_ordered_at=BEFORE), Step.CODE),
        (Journey(letter_ordered_at=BEFORE, ticket_until=SOON), Step.METHOD),
        (Journey(letter_ordered_at=BEFORE, ticket_until=NOW), Step.CODE),  # lapsed at this very moment
        (Journey(ticket_until=BEFORE), Step.LETTER),
        (Journey(ticket_until=BEFORE, method_confirmed_at=BEFORE), Step.METHOD),  # created, not closed yet
        (Journey(method_confirmed_at=BEFORE, upgraded_at=NOW), Step.DONE),
        (Journey(upgraded_at=BEFORE), Step.DONE),
    ],
)
def test_the_step_that_is_next(journey: Journey, step: Step) -> None:
    assert journey.step(NOW) is step
