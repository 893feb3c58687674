"""The day by which a letter is there, over public holidays, long weekends and the end of the year."""

from datetime import UTC, date, datetime

import pytest

from webapp.letters.models import Letter, Purpose, Reason
from webapp.letters.queries import expected
from webapp.letters.working_days import delivered_by, expected_by


@pytest.mark.parametrize(
    ("ordered", "canton", "there"),
    [
        (date(2026, 12, 30), "BE", date(2027, 1, 6)),  # printed on the 31st; 1 and 2 January are free; 4, 5, 6
        (date(2026, 12, 31), "BE", date(2027, 1, 7)),
        (date(2027, 1, 1), "BE", date(2027, 1, 7)),
        (date(2026, 12, 31), "TI", date(2027, 1, 8)),  # Epiphany
        (date(2027, 3, 24), "BE", date(2027, 4, 1)),  # Good Friday the 26th, Easter Monday the 29th
        (date(2027, 3, 25), "BE", date(2027, 4, 2)),
        (date(2027, 5, 4), "BE", date(2027, 5, 11)),  # Ascension Day, the 6th
        (date(2028, 7, 28), "BE", date(2028, 8, 4)),  # the First of August, a Tuesday
        (date(2028, 2, 25), "BE", date(2028, 3, 2)),  # a leap year
    ],
)
def test_free_days_are_counted(ordered: date, canton: str, there: date) -> None:
    assert expected_by(ordered, canton) == there


def test_a_letter_posted_on_the_last_day_of_the_year_arrives_in_the_next() -> None:
    assert delivered_by(date(2026, 12, 31), "BE") == date(2027, 1, 6)


@pytest.mark.parametrize(
    ("at", "there"),
    [
        (datetime(2026, 12, 30, 22, 59, tzinfo=UTC), date(2027, 1, 6)),  # still the 30th in Switzerland
        (datetime(2026, 12, 30, 23, 0, tzinfo=UTC), date(2027, 1, 7)),
        (datetime(2027, 3, 23, 23, 30, tzinfo=UTC), date(2027, 4, 1)),  # 24 March, in winter time
        (datetime(2027, 4, 1, 21, 59, tzinfo=UTC), date(2027, 4, 7)),  # 1 April, in summer time
        (datetime(2027, 4, 1, 22, 0, tzinfo=UTC), date(2027, 4, 8)),  # a Friday: printed on Monday
    ],
)
def test_the_day_it_is_in_switzerland_counts(at: datetime, there: date) -> None:
    letter = Letter(purpose=Purpose.UPGRADE, reason=Reason.FIRST, ordered_at=at, user_id=1, ordered_by_id=1)
    assert expected(letter, at.date(), "BE") == there
