"""What is true now about one person's upgrade."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.models import Employer, User
from webapp.accounts.queries import portions
from webapp.formats import local_day
from webapp.letters.models import AddressReport, Letter, Purpose
from webapp.letters.queries import expected
from webapp.letters.reference import reference
from webapp.login_methods.models import Enrolment, EnrolmentTicket
from webapp.upgrade.candidates import candidate
from webapp.upgrade.eligibility import free_from, refusal
from webapp.upgrade.journey import Journey
from webapp.upgrade.models import CodeWish, Postponement, Reminder, TermsAcceptance, UpgradeCode
from webapp.upgrade.reminders import NotReminded, why_not
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


MINE = sa.and_(
    LETTER.user_id == USER.id,
    LETTER.purpose.in_(sa.bindparam("purposes", expanding=True)),
    LETTER.withdrawn_at.is_(None),
)
EVERYTHING = (  # one row a letter, newest first; a single row without a letter where there is none
    sa.select(
        *(LETTER.id, LETTER.ordered_at, LETTER.printed_at, LETTER.printed_on, LETTER.posted_at, LETTER.returned_at),
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


def standing(db: Session, user: User, now: datetime, canton: str, purpose: Purpose = Purpose.UPGRADE) -> Standing:
    """Everything that the pages of the upgrade show, or, after a loss, those of the letter for a new login."""
    rows = db.execute(EVERYTHING, {"user": user.id, "purposes": purpose.alike}).all()
    facts = rows[0]
    states = [_state(row, now, canton) for row in rows if row.id]
    ordered = [(state.letter.ordered_at, state.letter.waiting) for state in reversed(states)]
    address = user.address(facts.company or "")
    judged = candidate(user, address, ordered, now, reported=facts.reported_at is not None, purpose=purpose)
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


def recovery(db: Session, user: User, now: datetime, canton: str) -> Standing:
    """The same after a loss; letters from before the second factor was last proved belong to a loss that is over."""
    whole = standing(db, user, now, canton, Purpose.RECOVERY)
    proved = sa.select(sa.func.max(col(Enrolment.used_at))).where(col(Enrolment.user_id) == user.id)
    proved_at = db.execute(proved).scalar_one()
    since = [state for state in whole.letters if proved_at is None or state.letter.ordered_at >= proved_at]
    return replace(whole, letters=since)


def _state(row: Any, now: datetime, canton: str) -> LetterState:
    letter = SentLetter(
        number=reference(row.ordered_at, row.id),
        ordered_at=row.ordered_at,
        printed_at=row.printed_at,
        printed_on=row.printed_on,
        posted_at=row.posted_at,
        returned_at=row.returned_at,
    )
    code = SentCode(row.code, row.last_day, row.expires_at, row.redeemed_at, row.voided_at) if row.code else None
    return LetterState(
        letter=letter,
        code=code,
        held=row.reported_at is not None and letter.waiting,
        usable=code is not None and code.usable(now),
        expected_by=expected(letter, local_day(now), canton),
    )


def letters_of(db: Session, user: User, purpose: Purpose = Purpose.UPGRADE) -> list[Letter]:
    """All letters of a person with this purpose that were not withdrawn, newest first."""
    mine = select(Letter).where(
        Letter.user_id == user.id, col(Letter.purpose).in_(purpose.alike), col(Letter.withdrawn_at).is_(None)
    )
    return list(db.exec(mine.order_by(col(Letter.ordered_at).desc(), col(Letter.id).desc())))


def codes_of(db: Session, user: User, purpose: Purpose = Purpose.UPGRADE) -> list[UpgradeCode]:
    """Every code that was printed for a person in letters with this purpose, newest first."""
    codes = select(UpgradeCode).join(Letter, col(Letter.id) == col(UpgradeCode.letter_id))
    mine = codes.where(UpgradeCode.user_id == user.id, col(Letter.purpose).in_(purpose.alike))
    return list(db.exec(mine.order_by(col(UpgradeCode.id).desc())))


def is_recovering(db: Session, user: User) -> bool:
    """Whether a letter after a loss is ordered or its code could still be typed, or what it opened is open."""
    open_code = col(UpgradeCode.redeemed_at).is_(None) & col(UpgradeCode.voided_at).is_(None)
    letters = select(Letter.id).outerjoin(UpgradeCode, col(UpgradeCode.letter_id) == col(Letter.id))
    letters = letters.where(Letter.user_id == user.id, Letter.purpose == Purpose.RECOVERY)
    letters = letters.where(col(Letter.withdrawn_at).is_(None), col(UpgradeCode.id).is_(None) | open_code)
    tickets = select(EnrolmentTicket.id).where(
        EnrolmentTicket.user_id == user.id,
        col(EnrolmentTicket.session_id).is_not(None),
        col(EnrolmentTicket.closed_at).is_(None),
    )
    return bool(db.execute(sa.select(letters.exists() | tickets.exists())).scalar_one())


def open_report(db: Session, user: User) -> AddressReport | None:
    """The unsettled report that the person's address is wrong."""
    mine = select(AddressReport).where(AddressReport.user_id == user.id, col(AddressReport.settled_at).is_(None))
    return db.exec(mine).first()


def open_wish(db: Session, user: User) -> CodeWish | None:
    """The unanswered wish for a code."""
    mine = select(CodeWish).where(CodeWish.user_id == user.id, col(CodeWish.answered_at).is_(None))
    return db.exec(mine.order_by(col(CodeWish.asked_at).desc())).first()


def accepted_terms(db: Session, user: User) -> dict[str, datetime]:
    """Which versions of the terms of use ``user`` has accepted, and when for the first time."""
    mine = select(TermsAcceptance).where(TermsAcceptance.user_id == user.id)
    rows = db.exec(mine.order_by(col(TermsAcceptance.accepted_at).desc())).all()
    return {row.version: row.accepted_at for row in rows}


def why_not_remind(db: Session, user_ids: Collection[int], _by: User, now: datetime) -> dict[int, NotReminded]:
    """Of these people, who is not asked again to upgrade, whoever asks, and why."""
    found: dict[int, NotReminded] = {}
    facts = sa.select(USER.id, USER.deactivated_at, USER.upgraded_at, USER.factor_since, col(Reminder.reminded_at))
    facts = facts.outerjoin(Reminder, col(Reminder.user_id) == USER.id)
    for some in portions(user_ids):
        for row in db.execute(facts.where(USER.id.in_(some))):
            upgraded = bool(row.upgraded_at or row.factor_since)
            reason = why_not(active=row.deactivated_at is None, upgraded=upgraded, reminded_at=row.reminded_at, now=now)
            found |= {row.id: reason} if reason else {}
    return found
