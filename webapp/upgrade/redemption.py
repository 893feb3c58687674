"""What becomes of a code from a letter when it is typed, and what goes with it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from webapp.codes import Mistyped


class Outcome(StrEnum):
    """What became of a typed code."""

    REDEEMED = "redeemed"
    MISTYPED = "mistyped"  # cost no attempt
    WRONG = "wrong"
    REPLACED = "replaced"
    EXPIRED = "expired"
    USED = "used"
    RESUMED = "resumed"  # after a loss: used before, and what it opened goes on in this session
    PAUSED = "paused"
    ALL_VOIDED = "all_voided"


@dataclass(frozen=True)
class Redemption:
    """The outcome and what its sentence needs."""

    outcome: Outcome
    mistake: Mistyped | None = None
    length: int = 0
    left: int = 0
    at: datetime | date | None = None  # expired on, used on, replaced by the letter ordered on
    free_at: datetime | None = None  # the end of a pause


@dataclass(frozen=True)
class Accepted:
    """The version of the terms of use that was accepted with the code, and the language in which it was read."""

    terms: str
    language: str
