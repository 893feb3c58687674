"""Letters by their numbers, for those that came back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from webapp.accounts.models import Employer, User
from webapp.letters.models import Letter
from webapp.letters.reference import count_in
from webapp.upgrade.models import UpgradeCode
from webapp.upgrade.returning import NotReturned, why_not

LATELY = 20
CLERK = aliased(User)


@dataclass(frozen=True)
class Returning:
    """A letter whose number was typed, and why nothing would happen with it."""

    letter: Letter
    user: User
    company: str
    why_not: NotReturned | None


def letters_with(db: Session, numbers: Sequence[str]) -> tuple[list[Returning], list[str]]:
    """The letters with these numbers in their order, and the numbers that none has."""
    wanted = select(Letter, User, Employer.name, UpgradeCode.redeemed_at)
    wanted = wanted.join(User, col(User.id) == col(Letter.user_id))
    wanted = wanted.outerjoin(Employer, col(Employer.id) == col(User.employer_id))
    wanted = wanted.outerjoin(UpgradeCode, col(UpgradeCode.letter_id) == col(Letter.id))
    found = {}
    for letter, user, company, redeemed_at in db.exec(wanted.where(col(Letter.id).in_(map(count_in, numbers)))):
        reason = why_not(posted_at=letter.posted_at, redeemed_at=redeemed_at, returned_at=letter.returned_at)
        found[letter.number] = Returning(letter, user, company or "", reason)
    return [found[one] for one in numbers if one in found], [one for one in numbers if one not in found]


@dataclass(frozen=True)
class Returned:
    """A letter that came back."""

    letter: Letter
    user: User
    by: User | None


def lately(db: Session) -> list[Returned]:
    """The latest, newest first."""
    back = select(Letter, User, CLERK).join(User, col(User.id) == col(Letter.user_id))
    back = back.outerjoin(CLERK, col(CLERK.id) == col(Letter.returned_by_id))
    back = back.where(col(Letter.returned_at).is_not(None))
    newest = back.order_by(col(Letter.returned_at).desc(), col(Letter.id).desc()).limit(LATELY)
    return [Returned(*row) for row in db.exec(newest)]
