"""When a letter arrives, and until when its code counts."""

from datetime import UTC, date, datetime

import pytest

from webapp.formats import local_day
from webapp.letters.working_days import arrival, delivered_by, end_of, expected_by, last_valid_day, works


def test_a_letter_ordered_on_monday_is_there_on_friday() -> None:
    assert expected_by(date(2026, 11, 23), "BE") == date(2026, 11, 27)


def test_a_weekend_does_not_count() -> None:
    assert expected_by(date(2026, 11, 26), "BE") == date(2026, 12, 2)
    assert expected_by(date(2026, 11, 28), "BE") == expected_by(date(2026, 11, 29), "BE") == date(2026, 12, 3)


def test_christmas_is_counted() -> None:
    assert expected_by(date(2026, 12, 23), "BE") == date(2026, 12, 30)  # 24, 28, 29, 30


def test_each_canton_has_its_own_holidays() -> None:
    assert not works(date(2027, 1, 6), "TI")  # Epiphany
    assert works(date(2027, 1, 6), "BE")
    assert not works(date(2027, 3, 1), "NE")
    assert delivered_by(date(2027, 2, 26), "NE") == date(2027, 3, 4)
    assert delivered_by(date(2027, 2, 26), "BE") == date(2027, 3, 3)


@pytest.mark.parametrize(
    "canton", "AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH".split()
)
def test_the_first_of_august_is_free_in_every_canton(canton: str) -> None:
    assert not works(date(2028, 8, 1), canton)  # a Tuesday


def test_the_code_lives_thirty_days_to_the_end_of_the_last() -> None:
    last = last_valid_day(date(2026, 11, 23))
    assert last == date(2026, 12, 23)
    assert end_of(last) == datetime(2026, 12, 23, 23, 0, tzinfo=UTC)  # midnight in Switzerland


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2027, 3, 28), datetime(2027, 3, 28, 22, 0, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_when_the_clock_changes(day: date, end: datetime) -> None:
    assert end_of(day) == end
    assert local_day(end) > day


def test_what_is_late_moves_the_arrival() -> None:
    monday, tuesday, friday = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 27)
    assert arrival(monday, None, None, monday, "BE") == arrival(monday, tuesday, None, tuesday, "BE") == friday
    assert arrival(monday, tuesday, tuesday, friday, "BE") == friday
    assert arrival(monday, None, None, friday, "BE") == date(2026, 12, 2)  # still not printed
    assert arrival(monday, friday, None, date(2026, 12, 1), "BE") == date(2026, 12, 2)
    assert arrival(monday, tuesday, friday, friday, "BE") == date(2026, 12, 2)
