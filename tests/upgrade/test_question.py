"""When "Upgrade now?" is asked, and until when one may say "not now"."""

from datetime import UTC, date, datetime, timedelta

import pytest

from webapp.upgrade.question import due, may_be_put_off

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
WEEK, SECOND = timedelta(days=7), timedelta(seconds=1)


def asked(postponed_at: datetime | None, deadline: date | None = None) -> bool:
    """Whether it is asked now, in an installation that asks every week."""
    return due(postponed_at, NOW, TODAY, WEEK, deadline)


def test_it_is_asked_at_once_and_then_every_week() -> None:
    assert asked(None)
    assert not asked(NOW)
    assert not asked(NOW - WEEK + SECOND)
    assert asked(NOW - WEEK)


@pytest.mark.parametrize(("days_left", "is_asked"), [(15, False), (14, False), (13, True), (0, True), (-1, True)])
def test_in_the_last_days_it_is_asked_each_time(days_left: int, is_asked: bool) -> None:  # noqa: FBT001
    assert asked(NOW - SECOND, TODAY + timedelta(days=days_left)) is is_asked


def test_the_last_day_still_counts() -> None:
    assert may_be_put_off(TODAY, None)
    assert may_be_put_off(TODAY, TODAY)
    assert not may_be_put_off(TODAY, TODAY - timedelta(days=1))
