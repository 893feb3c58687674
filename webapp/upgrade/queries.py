"""What is true now about one person's upgrade."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.models import Employer, User
from webapp.formats import local_day
from webapp.letters.models import AddressReport, Letter, Purpose, reference
from webapp.letters.queries import expected
from webapp.login_methods.models import EnrolmentTicket
from webapp.upgrade.candidates import candidate
from webapp.upgrade.eligibility import free_from, refusal
from webapp.upgrade.journey import Journey
from webapp.upgrade.models import CodeWish, Postponement, UpgradeCode
from webapp.upgrade.standing import LetterState, SentCode, SentLetter, Standing

# Plain columns: the pages only read, and objects of the database would take twice the time.
USER, EMPLOYER, LETTER, CODE = (sa.inspect(table).local_table.c for table in (User, Employer, Letter, UpgradeCode))
POSTPONED, REPORT, WISH, TICKET = (
    sa.inspect(table).local_table.c for table in (Postponement, AddressReport, CodeWish, EnrolmentTicket)
)


def _latest(name: str, instant: Any, end: Any) -> sa.Label[Any]:
    """The latest ``instant`` among the person's rows of one table that have no ``end`` yet."""
    mine = sa.select(sa.func.max(instant)).where(instant.table.c.user_id == USER.id, end.is_(None))
    return mine.scalar_subquery().label(name)


MINE = sa.and_(LETTER.user_id == USER.id, LETTER.purpose == Purpose.UPGRADE, LETTER.withdrawn_at.is_(None))
EVERYTHING = (  # one row a letter, newest first; a single row without a letter where there is none
    sa.select(
        *(LETTER.id, LETTER.ordered_at, LETTER.printed_at, LETTER.printed_on, LETTER.posted_at),
        *(CODE.id.label("code"), CODE.last_day, CODE.expires_at, CODE.redeemed_at, CODE.voided_at),
        *(EMPLOYER.name.label("company"), POSTPONED.postponed_at),
        _latest("reported_at", REPORT.reported_at, REPORT.settled_at),
        _latest("wished_at", WISH.asked_at, WISH.answered_at),
        _latest("ticket_until", TICKET.expires_at, TICKET.closed_at),
    )
    .select_from(USER.id.table)
    .outerjoin(EMPLOYER.id.table, EMPLOYER.id == USER.employer_id)
    .outerjoin(POSTPONED.user_id.table, POSTPONED.user_id == USER.id)
    .outerjoin(LETTER.id.table, MINE)
    .outerjoin(CODE.id.table, CODE.letter_id == LETTER.id)
    .where(USER.id == sa.bindparam("user"))
    .order_by(LETTER.ordered_at.desc(), LETTER.id.desc())
)


def standing(db: Session, user: User, now: datetime, canton: str) -> Standing:
    """Everything that the pages of the upgrade show."""
    rows = db.execute(EVERYTHING, {"user": user.id}).all()
    facts = rows[0]
    states = [_state(row, now, canton) for row in rows if row.id]
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


def _state(row: Any, now: datetime, canton: str) -> LetterState:
    letter = SentLetter(
        reference(row.ordered_at, row.id), row.ordered_at, row.printed_at, row.printed_on, row.posted_at
    )
    code = SentCode(row.code, row.last_day, row.expires_at, row.redeemed_at, row.voided_at) if row.code else None
    return LetterState(
        letter=letter,
        code=code,
        held=row.reported_at is not None and letter.waiting,
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
