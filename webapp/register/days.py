"""Days in the register: as the Swiss write them, as machines do, and as Excel keeps them."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from webapp.register.cells import Refused, words

ZURICH = ZoneInfo("Europe/Zurich")
EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 -- a wall clock, made aware below
EARLIEST = date(1948, 1, 1)  # the first day of the AHV/AVS: earlier is a slip


def since(text: str, now: datetime) -> datetime | None:
    """The instant at which a day began in Switzerland (or the very instant, where a time is given); None if empty."""
    if not (text := words(text)):
        return None
    found = _wall_clock(text)
    if found is None or not EARLIEST <= found.date() <= date(9999, 1, 1):
        raise Refused(f"“{text}” is no date. It looks like 31.01.2019.")
    instant = found.replace(tzinfo=found.tzinfo or ZURICH).astimezone(UTC)
    if instant > now:
        raise Refused(f"“{text}” lies in the future.")
    return instant


def began(text: str, now: datetime) -> datetime:
    """Like ``since``, for a day that must be there."""
    if (instant := since(text, now)) is None:
        raise Refused("The cell is empty.")
    return instant


def _wall_clock(text: str) -> datetime | None:
    if re.fullmatch(r"\d{5}(\.\d+)?", text):  # the day's number, as Excel keeps it
        return EXCEL_EPOCH + timedelta(days=int(float(text)))
    for form in ("%d.%m.%Y", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 -- a wall clock, made aware by the caller
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
