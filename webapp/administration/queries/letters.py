"""The letters of one person, and everything that happened to each of them: when, and by whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from webapp.accounts.models import User
from webapp.letters.models import AddressReport, Letter, PrintDocument, PrintRun
from webapp.upgrade.models import UpgradeCode


class Event(StrEnum):
    """What happens to a letter, or to the code in it."""

    ORDERED = "ordered"
    HELD = "held"  # the address is said to be wrong
    WITHDRAWN = "withdrawn"
    PRINTED = "printed"
    POSTED = "posted"
    RETURNED = "returned"  # the post could not deliver it
    USED = "used"
    VOIDED = "voided"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Happened:
    """One of them; ``by`` is None where nobody pressed anything, or somebody on the command line."""

    event: Event
    at: datetime
    by: User | None = None


@dataclass(frozen=True)
class PastLetter:
    """A letter and what happened, in order."""

    letter: Letter
    valid_until: date | None
    events: Sequence[Happened]


ORDERER, STARTER, POSTER, RETURNER, VOIDER = (aliased(User) for _who in range(5))
EVERYTHING = (
    sa.select(Letter, UpgradeCode, ORDERER, STARTER, POSTER, RETURNER, VOIDER)
    .outerjoin(UpgradeCode, col(UpgradeCode.letter_id) == col(Letter.id))
    .outerjoin(PrintDocument, col(PrintDocument.id) == col(Letter.document_id))
    .outerjoin(PrintRun, col(PrintRun.id) == col(PrintDocument.run_id))
    .outerjoin(ORDERER, col(ORDERER.id) == col(Letter.ordered_by_id))
    .outerjoin(STARTER, col(STARTER.id) == col(PrintRun.started_by_id))
    .outerjoin(POSTER, col(POSTER.id) == col(PrintRun.posted_by_id))
    .outerjoin(RETURNER, col(RETURNER.id) == col(Letter.returned_by_id))
    .outerjoin(VOIDER, col(VOIDER.id) == col(UpgradeCode.voided_by_id))
)


def past_letters(db: Session, user: User, now: datetime) -> list[PastLetter]:
    """Newest first; those that were withdrawn too."""
    reported = sa.select(col(AddressReport.reported_at)).where(col(AddressReport.user_id) == user.id)
    held_at = db.execute(reported.where(col(AddressReport.settled_at).is_(None))).scalars().first()
    rows = db.execute(EVERYTHING.where(col(Letter.user_id) == user.id).order_by(col(Letter.id).desc()))
    return [
        PastLetter(
            letter,
            code.last_day if code else None,
            [
                *_of_letter(letter, held_at, orderer, starter, poster, returner),
                *(_of_code(code, user, voider, now) if code else ()),
            ],
        )
        for letter, code, orderer, starter, poster, returner, voider in rows
    ]


def _of_letter(
    letter: Letter,
    held_at: datetime | None,
    orderer: User | None,
    starter: User | None,
    poster: User | None,
    returner: User | None,
) -> Iterator[Happened]:
    yield Happened(Event.ORDERED, letter.ordered_at, orderer)
    if letter.waiting and held_at:
        yield Happened(Event.HELD, max(held_at, letter.ordered_at))
    if letter.withdrawn_at:
        yield Happened(Event.WITHDRAWN, letter.withdrawn_at)
    if letter.printed_at:
        yield Happened(Event.PRINTED, letter.printed_at, starter)
    if letter.posted_at:
        yield Happened(Event.POSTED, letter.posted_at, poster)
    if letter.returned_at:
        yield Happened(Event.RETURNED, letter.returned_at, returner)


def _of_code(code: UpgradeCode, user: User, voider: User | None, now: datetime) -> Iterator[Happened]:
    if code.redeemed_at:
        yield Happened(Event.USED, code.redeemed_at, user)
    elif code.voided_at:
        yield Happened(Event.VOIDED, code.voided_at, voider)
    elif code.expires_at <= now:
        yield Happened(Event.EXPIRED, code.expires_at)
