"""When the question "upgrade now?" is asked after signing in, and whether it may be put off."""

from datetime import date, datetime, timedelta

from webapp.config import REMINDER_BEFORE_DEADLINE


def may_be_put_off(today: date, deadline: date | None) -> bool:
    """Until the fund's deadline, that day included."""
    return deadline is None or today <= deadline


def due(postponed_at: datetime | None, now: datetime, today: date, every: timedelta, deadline: date | None) -> bool:
    """Whether it is asked now: at once, again after ``every``, and each time in the last days before the deadline."""
    if postponed_at is None or not may_be_put_off(today, deadline):
        return True
    if deadline is not None and today > deadline - REMINDER_BEFORE_DEADLINE:
        return True
    return now >= postponed_at + every
