"""Dates and times as people read them in Switzerland: one set of filters for pages, messages and letters."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date

ZURICH = ZoneInfo("Europe/Zurich")


def locale_of(language: str) -> str:
    """The Swiss locale of a language: dates and numbers as they are written here."""
    return f"{language}_CH"


def local_day(at: datetime | date) -> date:
    """The day it is in Switzerland at an instant; a day stays what it is."""
    return at.astimezone(ZURICH).date() if isinstance(at, datetime) else at


def day(at: datetime | date | None, locale: str = "") -> str:
    """23.11.2026, or nothing for None."""
    return f"{local_day(at):%d.%m.%Y}" if at else ""


def moment(at: datetime | None, locale: str = "") -> str:
    """23.11.2026 14:52, Swiss time."""
    return f"{at.astimezone(ZURICH):%d.%m.%Y %H:%M}" if at else ""


def clock(at: datetime | None, locale: str = "") -> str:
    """14:52, Swiss time."""
    return f"{at.astimezone(ZURICH):%H:%M}" if at else ""


def clock_with_seconds(at: datetime | None, locale: str = "") -> str:
    """14:52:10, Swiss time: where half a minute matters."""
    return f"{at.astimezone(ZURICH):%H:%M:%S}" if at else ""


def long_date(at: datetime | date | None, locale: str = "fr_CH") -> str:
    """The day in words: 23 novembre 2026, 23. November 2026."""
    return _written(local_day(at), "long", locale) if at else ""


def weekday_date(at: datetime | date | None, locale: str = "fr_CH") -> str:
    """The day of the week too: lundi 23 novembre 2026, Montag, 23. November 2026."""
    return _written(local_day(at), "full", locale) if at else ""


def _written(at: date, length: str, locale: str) -> str:
    """As a clerk writes it: no comma after the day of the week in French and Italian, and "1er" in French."""
    written = format_date(at, length, locale)
    if locale.startswith(("fr", "it")):
        written = written.replace(",", "", 1)
    return re.sub(r"(^| )1 ", r"\g<1>1er ", written, count=1) if locale.startswith("fr") else written


def machine(at: datetime | date | None, locale: str = "") -> str:
    """ISO 8601, for <time datetime>."""
    return at.isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat() if at else ""


FORMATS: dict[str, Callable[..., Any]] = {
    "day": day,
    "moment": moment,
    "clock": clock,
    "clock_with_seconds": clock_with_seconds,
    "long_date": long_date,
    "weekday_date": weekday_date,
    "machine": machine,
}
