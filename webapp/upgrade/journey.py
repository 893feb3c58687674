"""The steps of the upgrade, and where a person stands: computed from dated facts, never stored."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    """What is next for the person."""

    LETTER = "letter"
    CODE = "code"
    METHOD = "method"
    DONE = "done"


@dataclass(frozen=True)
class Journey:
    """What has happened so far."""

    letter_ordered_at: datetime | None = None
    ticket_until: datetime | None = None  # a code was redeemed; a method may be enrolled until then
    method_confirmed_at: datetime | None = None
    upgraded_at: datetime | None = None

    def step(self, now: datetime) -> Step:
        """The one thing to do next."""
        if self.upgraded_at:
            return Step.DONE
        if self.method_confirmed_at or (self.ticket_until and now < self.ticket_until):
            return Step.METHOD
        return Step.CODE if self.letter_ordered_at else Step.LETTER
