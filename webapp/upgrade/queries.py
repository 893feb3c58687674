"""What is true now about one person's upgrade."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from webapp.accounts.models import User
from webapp.formats import local_day
from webapp.letters.models import AddressReport, Letter, Purpose
from webapp.letters.queries import expected
from webapp.login_methods import queries as login_methods
from webapp.upgrade.candidates import candidate
from webapp.upgrade.eligibility import Refusal, free_from, refusal
from webapp.upgrade.journey import Journey
from webapp.upgrade.models import CodeWish, Postponement, UpgradeCode


@dataclass(frozen=True)
class LetterState:
    """One letter and what became of it, for the page that always shows what is true."""

    letter: Letter
    code: UpgradeCode | None
    held: bool
    usable: bool  # its code would open something now
    expected_by: date


@dataclass(frozen=True)
class Standing:
    """Where a person stands: the letters newest first, and whether another may be ordered."""

    letters: Sequence[LetterState]
    refusal: Refusal | None
    free_at: datetime | None
    report: AddressReport | None
    wish: CodeWish | None

    @property
    def latest(self) -> LetterState | None:
        """The letter that counts."""
        return self.letters[0] if self.letters else None

    @property
    def open_codes(self) -> int:
        """How many codes could be typed now."""
        return sum(state.usable for state in self.letters)


def letters_of(db: Session, user: User) -> list[Letter]:
    """All upgrade letters of a person that were not withdrawn, newest first."""
    mine = select(Letter).where(
        Letter.user_id == user.id, Letter.purpose == Purpose.UPGRADE, col(Letter.withdrawn_at).is_(None)
    )
    return list(db.exec(mine.order_by(col(Letter.ordered_at).desc(), col(Letter.id).desc())))


def codes_of(db: Session, user: User) -> list[UpgradeCode]:
    """Every code that was printed for a person, newest first."""
    return list(db.exec(select(UpgradeCode).where(UpgradeCode.user_id == user.id).order_by(col(UpgradeCode.id).desc())))


def open_report(db: Session, user: User) -> AddressReport | None:
    """The unsettled report that the person's address is wrong."""
    mine = select(AddressReport).where(AddressReport.user_id == user.id, col(AddressReport.settled_at).is_(None))
    return db.exec(mine).first()


def open_wish(db: Session, user: User) -> CodeWish | None:
    """The unanswered wish for a code."""
    mine = select(CodeWish).where(CodeWish.user_id == user.id, col(CodeWish.answered_at).is_(None))
    return db.exec(mine.order_by(col(CodeWish.asked_at).desc())).first()


def standing(db: Session, user: User, now: datetime, canton: str) -> Standing:
    """Everything that the pages of the upgrade show."""
    codes = {code.letter_id: code for code in codes_of(db, user)}
    report = open_report(db, user)
    states = [
        LetterState(
            letter=letter,
            code=codes.get(letter.id or 0),
            held=report is not None and letter.waiting,
            usable=letter.id in codes and codes[letter.id].usable(now),
            expected_by=expected(letter, local_day(now), canton),
        )
        for letter in letters_of(db, user)
    ]
    facts = candidate(db, user, now)
    return Standing(states, refusal(facts, now), free_from(facts, now), report, open_wish(db, user))


def journey(db: Session, user: User) -> Journey:
    """The dated facts from which the step is computed."""
    letters = letters_of(db, user)
    ticket = login_methods.last_ticket(db, user)
    return Journey(
        letter_ordered_at=letters[0].ordered_at if letters else None,
        ticket_until=ticket.expires_at if ticket and not ticket.closed_at else None,
        method_confirmed_at=user.factor_since,
        upgraded_at=user.upgraded_at,
    )


def postponed_at(db: Session, user: User) -> datetime | None:
    """When the person last said "not now"."""
    row = db.get(Postponement, user.id)
    return row.postponed_at if row else None
