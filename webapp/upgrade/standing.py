"""Where a person stands on the way of the upgrade: what the pages show, as values that were read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from webapp.upgrade.eligibility import Refusal
from webapp.upgrade.journey import Journey


class Dated(Protocol):
    """What tells whether a code still opens something."""

    @property
    def expires_at(self) -> datetime:
        """The end of its last day."""

    @property
    def redeemed_at(self) -> datetime | None:
        """When it was used."""

    @property
    def voided_at(self) -> datetime | None:
        """When it was made void."""


def opens(code: Dated, now: datetime) -> bool:
    """Whether ``code`` would open something now."""
    return not code.redeemed_at and not code.voided_at and now < code.expires_at


@dataclass(frozen=True)
class SentLetter:
    """What the pages of the upgrade tell of a letter that was not withdrawn."""

    number: str
    ordered_at: datetime
    printed_at: datetime | None
    printed_on: date | None
    posted_at: datetime | None
    returned_at: datetime | None  # the post could not deliver it

    @property
    def waiting(self) -> bool:
        """Whether it is still to be printed."""
        return self.printed_at is None


@dataclass(frozen=True)
class SentCode:
    """What they tell of the code in it."""

    id: int
    last_day: date
    expires_at: datetime
    redeemed_at: datetime | None
    voided_at: datetime | None

    def usable(self, now: datetime) -> bool:
        """Whether it would still open something."""
        return opens(self, now)


@dataclass(frozen=True)
class LetterState:
    """One letter and what became of it, for the page that always shows what is true."""

    letter: SentLetter
    code: SentCode | None
    held: bool
    usable: bool  # its code would open something now
    expected_by: date


@dataclass(frozen=True)
class Standing:
    """Where a person stands: the letters newest first, and whether another may be ordered."""

    journey: Journey
    letters: Sequence[LetterState]
    company: str | None
    refusal: Refusal | None
    free_at: datetime | None
    reported_at: datetime | None  # when the person said that the address is wrong, until the fund has settled it
    wished_at: datetime | None  # when the person last asked the administrators, until a letter is ordered
    postponed_at: datetime | None  # when the person last said "not now"

    @property
    def latest(self) -> LetterState | None:
        """The letter that counts."""
        return self.letters[0] if self.letters else None

    @property
    def asks_why(self) -> bool:
        """Whether another letter needs a reason; one that came back is reason enough."""
        return self.latest is not None and self.latest.letter.returned_at is None

    @property
    def open_codes(self) -> int:
        """How many codes could be typed now."""
        return sum(state.usable for state in self.letters)
