"""Who may be sent a code by post, for the upgrade or after a loss, and why not."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from webapp.config import BETWEEN_LETTERS, LETTERS_AT_MOST, LETTERS_COUNTED_OVER


class Refusal(StrEnum):
    """Why no letter goes."""

    INACTIVE = "inactive"
    ALREADY_UPGRADED = "already_upgraded"
    NOT_UPGRADED = "not_upgraded"  # nothing to recover: there is no second factor yet
    FUND_STAFF = "fund_staff"  # a clerk is handed a new method by command, never by letter
    ADDRESS_INCOMPLETE = "address_incomplete"
    ADDRESS_REPORTED = "address_reported"
    LETTER_WAITING = "letter_waiting"
    TOO_SOON = "too_soon"
    TOO_MANY = "too_many"
    DAY_FULL = "day_full"  # of the company: only known where letters are ordered, see screening.left_for


@dataclass(frozen=True)
class Candidate:
    """What decides whether a letter may go: all facts of one person."""

    active: bool
    upgraded: bool
    address_complete: bool
    address_reported: bool  # somebody said that it is wrong, and the fund has not settled it
    letter_waiting: bool
    ordered_at: tuple[datetime, ...]  # every letter of the last 30 days that was not withdrawn, oldest first
    recovering: bool = False  # it is a letter after a loss, and the letters above are such letters
    clerk: bool = False


def refusal(candidate: Candidate, now: datetime) -> Refusal | None:
    """The first reason, in the order a person would expect to hear it; None when a letter may go."""
    reasons = {
        Refusal.INACTIVE: not candidate.active,
        Refusal.ALREADY_UPGRADED: candidate.upgraded and not candidate.recovering,
        Refusal.NOT_UPGRADED: candidate.recovering and not candidate.upgraded,
        Refusal.FUND_STAFF: candidate.recovering and candidate.clerk,
        Refusal.ADDRESS_INCOMPLETE: not candidate.address_complete,
        Refusal.ADDRESS_REPORTED: candidate.address_reported,
        Refusal.LETTER_WAITING: candidate.letter_waiting,
    }
    at_once = next((why for why, holds in reasons.items() if holds), None)
    if at_once:
        return at_once
    free_at = free_from(candidate, now)
    if free_at is None:
        return None
    return Refusal.TOO_SOON if now < _after_the_last(candidate) else Refusal.TOO_MANY


def free_from(candidate: Candidate, now: datetime) -> datetime | None:
    """From when on another letter may be ordered; None when at once."""
    recent = [at for at in candidate.ordered_at if now - at < LETTERS_COUNTED_OVER]
    if not recent:
        return None
    after_last = _after_the_last(candidate)
    after_many = recent[-LETTERS_AT_MOST] + LETTERS_COUNTED_OVER if len(recent) >= LETTERS_AT_MOST else now
    free_at = max(after_last, after_many)
    return free_at if now < free_at else None


def _after_the_last(candidate: Candidate) -> datetime:
    return candidate.ordered_at[-1] + BETWEEN_LETTERS
