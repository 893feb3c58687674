"""The days of a mandate, in Switzerland: it counts from its first day until and including its last one."""

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

NOTICE = timedelta(days=14)  # so long before the last day both sides are told


class Phase(StrEnum):
    """Where a mandate stands that nobody has ended."""

    TO_COME = "to_come"
    RUNNING = "running"
    RUN_OUT = "run_out"


class Unfit(StrEnum):
    """Why days cannot be chosen."""

    FIRST_IS_PAST = "first_is_past"
    LAST_IS_PAST = "last_is_past"
    LAST_BEFORE_FIRST = "last_before_first"


class Days(NamedTuple):
    """The first and the last day; without a last one there is no end."""

    first: date
    last: date | None = None

    def phase(self, today: date) -> Phase:
        """Where these days stand on this one."""
        if self.last and self.last < today:
            return Phase.RUN_OUT
        return Phase.TO_COME if today < self.first else Phase.RUNNING

    def end_soon(self, today: date) -> bool:
        """Whether the last day is near, or past."""
        return self.last is not None and self.last - today <= NOTICE

    def unfit(self, today: date, before: "Days | None" = None) -> set[Unfit]:
        """Why these days cannot be chosen today; one that was there ``before`` may stay, be it past or not."""
        found = set()
        if self.first < today and not (before and before.first == self.first):
            found.add(Unfit.FIRST_IS_PAST)
        if self.last and self.last < today and not (before and before.last == self.last):
            found.add(Unfit.LAST_IS_PAST)
        elif self.last and self.last < self.first:
            found.add(Unfit.LAST_BEFORE_FIRST)
        return found
