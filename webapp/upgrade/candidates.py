"""The facts that decide whether letters may go, for one person or ten thousand: three questions a thousand people."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.models import Employer, User
from webapp.accounts.postal_address import PostalAddress
from webapp.config import LETTERS_COUNTED_OVER
from webapp.letters.models import AddressReport, Letter, Purpose
from webapp.upgrade.eligibility import Candidate, Refusal, free_from, refusal

AT_ONCE = 1000  # ids in one statement
FACTS: tuple[Any, ...] = (
    col(User.id), col(User.public_id), col(User.first_name), col(User.last_name), col(User.deactivated_at),
    col(User.upgraded_at), col(User.factor_since), col(User.clerk),
    col(User.address_lines), col(User.postcode), col(User.town),
    col(Employer.name).label("company"), col(Employer.member_number),
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody for whom a letter may be ordered, and everything that the rules ask."""

    id: int
    public_id: str
    listed_name: str  # last name, first name
    member_number: str
    address: PostalAddress
    candidate: Candidate
    had_letter: bool  # ever, save one that was withdrawn

    def refusal(self, now: datetime) -> Refusal | None:
        """Why no letter may go now; None when one may."""
        return refusal(self.candidate, now)

    def free_from(self, now: datetime) -> datetime | None:
        """From when on another letter may be ordered; None when at once."""
        return free_from(self.candidate, now)


def portions(ids: Collection[int]) -> Iterator[list[int]]:
    """The ids in ascending order, in lists that one statement can take."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]


def people(db: Session, ids: Collection[int], now: datetime, purpose: Purpose = Purpose.UPGRADE) -> list[Person]:
    """The people with these ids, by id, as far as letters of ``purpose`` go; unknown ids are left out."""
    found: list[Person] = []
    for portion in portions(ids):
        rows = sa.select(*FACTS).outerjoin(Employer, col(Employer.id) == col(User.employer_id))
        letters, reported = _letters(db, portion, purpose), _reported(db, portion)
        found += [
            _person(row, letters.get(row.id, ()), row.id in reported, now, purpose)
            for row in db.execute(rows.where(col(User.id).in_(portion)).order_by(col(User.id)))
        ]
    return found


def candidate(
    who: Any,
    address: PostalAddress,
    letters: Sequence[tuple[datetime, bool]],
    now: datetime,
    *,
    reported: bool,
    purpose: Purpose = Purpose.UPGRADE,
) -> Candidate:
    """The facts that decide whether a letter may go to ``who``, a User or a row of FACTS.

    ``letters``: when each one of this purpose was ordered, oldest first, and whether it is still to be printed.
    """
    return Candidate(
        active=who.deactivated_at is None,
        upgraded=who.upgraded_at is not None or who.factor_since is not None,
        address_complete=address.is_complete,
        address_reported=reported,
        letter_waiting=any(waiting for _, waiting in letters),
        ordered_at=tuple(at for at, _ in letters if now - at < LETTERS_COUNTED_OVER),
        recovering=purpose is Purpose.RECOVERY,
        clerk=who.clerk,
    )


def _letters(db: Session, ids: Sequence[int], purpose: Purpose) -> dict[int, list[tuple[datetime, bool]]]:
    """For each person when their letters were ordered, oldest first, and whether each is still to be printed."""
    rows = sa.select(col(Letter.user_id), col(Letter.ordered_at), col(Letter.printed_at).is_(None)).where(
        col(Letter.user_id).in_(ids), col(Letter.purpose).in_(purpose.alike), col(Letter.withdrawn_at).is_(None)
    )
    found = defaultdict(list)
    for user_id, ordered_at, waiting in db.execute(rows.order_by(col(Letter.ordered_at), col(Letter.id))):
        found[user_id].append((ordered_at, bool(waiting)))
    return found


def _reported(db: Session, ids: Sequence[int]) -> set[int]:
    open_ones = select(AddressReport.user_id).where(col(AddressReport.settled_at).is_(None))
    return set(db.exec(open_ones.where(col(AddressReport.user_id).in_(ids))))


def _person(
    row: Any,
    letters: Sequence[tuple[datetime, bool]],
    reported: bool,  # noqa: FBT001
    now: datetime,
    purpose: Purpose,
) -> Person:
    name = f"{row.first_name} {row.last_name}".strip()
    address = PostalAddress(row.company or "", name, tuple(row.address_lines), row.postcode, row.town)
    return Person(
        id=row.id,
        public_id=row.public_id,
        listed_name=", ".join(part for part in (row.last_name, row.first_name) if part),
        member_number=row.member_number or "",
        address=address,
        candidate=candidate(row, address, letters, now, reported=reported, purpose=purpose),
        had_letter=bool(letters),
    )
