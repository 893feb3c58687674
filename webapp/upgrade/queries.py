"""What is true now about one person's upgrade."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.models import Employer, User
from webapp.formats import local_day
from webapp.letters.models import AddressReport, Letter, Purpose
from webapp.letters.queries import expected
from webapp.login_methods.models import EnrolmentTicket
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
    def open_codes(self) -> int:
        """How many codes could be typed now."""
        return sum(state.usable for state in self.letters)


def _latest(instant: Any, end: Any) -> sa.ScalarSelect[Any]:
    """The latest ``instant`` among the person's rows of one table that have no ``end`` yet."""
    return sa.select(sa.func.max(instant)).where(instant.class_.user_id == User.id, end.is_(None)).scalar_subquery()


EVERYTHING = (  # one row a letter, newest first; a single row without a letter where there is none
    sa.select(
        Letter,
        UpgradeCode,
        col(Employer.name).label("company"),
        col(Postponement.postponed_at).label("postponed_at"),
        _latest(col(AddressReport.reported_at), col(AddressReport.settled_at)).label("reported_at"),
        _latest(col(CodeWish.asked_at), col(CodeWish.answered_at)).label("wished_at"),
        _latest(col(EnrolmentTicket.expires_at), col(EnrolmentTicket.closed_at)).label("ticket_until"),
    )
    .select_from(User)
    .outerjoin(Employer, col(Employer.id) == col(User.employer_id))
    .outerjoin(Postponement, col(Postponement.user_id) == col(User.id))
    .outerjoin(
        Letter,
        sa.and_(
            col(Letter.user_id) == col(User.id),
            col(Letter.purpose) == Purpose.UPGRADE,
            col(Letter.withdrawn_at).is_(None),
        ),
    )
    .outerjoin(UpgradeCode, col(UpgradeCode.letter_id) == col(Letter.id))
    .where(col(User.id) == sa.bindparam("user"))
    .order_by(col(Letter.ordered_at).desc(), col(Letter.id).desc())
    .execution_options(populate_existing=True)  # what was read before something was done is not true any more
)


def standing(db: Session, user: User, now: datetime, canton: str) -> Standing:
    """Everything that the pages of the upgrade show."""
    rows = db.execute(EVERYTHING, {"user": user.id}).all()
    facts = rows[0]
    states = [_state(row[0], row[1], facts.reported_at, now, canton) for row in rows if row[0]]
    ordered = [(state.letter.ordered_at, state.letter.waiting) for state in reversed(states)]
    address = user.address(facts.company or "")
    judged = candidate(user, address, ordered, now, reported=facts.reported_at is not None)
    return Standing(
        journey=Journey(
            letter_ordered_at=states[0].letter.ordered_at if states else None,
            ticket_until=facts.ticket_until,
            method_confirmed_at=user.factor_since,
            upgraded_at=user.upgraded_at,
        ),
        letters=states,
        company=facts.company,
        refusal=refusal(judged, now),
        free_at=free_from(judged, now),
        reported_at=facts.reported_at,
        wished_at=facts.wished_at,
        postponed_at=facts.postponed_at,
    )


def _state(
    letter: Letter, code: UpgradeCode | None, reported_at: datetime | None, now: datetime, canton: str
) -> LetterState:
    return LetterState(
        letter=letter,
        code=code,
        held=reported_at is not None and letter.waiting,
        usable=code is not None and code.usable(now),
        expected_by=expected(letter, local_day(now), canton),
    )


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
