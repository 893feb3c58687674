"""When a letter arrives, and until when its code is valid."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache

from holidays import HolidayBase, country_holidays

from webapp.config import LETTER_CODE_LIFE
from webapp.formats import ZURICH

DAYS_OF_B_MAIL = 3  # working days after posting, at the latest
SATURDAY = 5


@cache
def public_holidays(canton: str) -> HolidayBase:
    """The public holidays of a canton (two letters), of whichever year is asked for."""
    return country_holidays("CH", subdiv=canton)


def works(day: date, canton: str) -> bool:
    """Whether letters are printed, posted and delivered on ``day``; the Post brings B mail from Monday to Friday."""
    return day.weekday() < SATURDAY and day not in public_holidays(canton)


@lru_cache(1000)
def after(day: date, working_days: int, canton: str) -> date:
    """The working day that comes so many working days after ``day``."""
    while working_days:
        day += timedelta(days=1)
        working_days -= works(day, canton)
    return day


def expected_by(ordered: date, canton: str) -> date:
    """The day by which a letter ordered on ``ordered`` has arrived: printed on the next working day, then B mail."""
    return after(ordered, 1 + DAYS_OF_B_MAIL, canton)


def last_valid_day(printed_on: date) -> date:
    """The last day on which the code of a letter dated ``printed_on`` is taken."""
    return printed_on + LETTER_CODE_LIFE


def end_of(day: date) -> datetime:
    """The end of ``day`` in Switzerland, as an instant in UTC: what comes before it still counts."""
    return datetime.combine(day + timedelta(days=1), time(), ZURICH).astimezone(UTC)


def delivered_by(posted: date, canton: str) -> date:
    """The day by which a letter posted on ``posted`` has arrived."""
    return after(posted, DAYS_OF_B_MAIL, canton)


def arrival(ordered: date, printed: date | None, posted: date | None, today: date, canton: str) -> date:
    """The day by which a letter has arrived, as far as it is known ``today``: what is late moves it."""
    if posted:
        return delivered_by(posted, canton)
    return max(expected_by(ordered, canton), delivered_by(printed or today, canton))
