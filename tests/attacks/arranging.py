"""What an attack begins with: a person with a letter, a ticket, a telephone."""

from datetime import datetime

from sqlmodel import Session

from webapp.accounts.actions import begin_session
from webapp.accounts.models import LoginSession, User
from webapp.formats import local_day
from webapp.letters.models import Letter, Purpose, Reason
from webapp.login_methods import actions as login_methods
from webapp.login_methods.models import Enrolment
from webapp.ports import Outside
from webapp.upgrade.actions import redeeming

MOBILE = "079 555 01 01"


def a_letter(
    db: Session, user: User, at: datetime, reason: Reason = Reason.FIRST, purpose: Purpose = Purpose.UPGRADE
) -> Letter:
    """An ordered letter, committed."""
    letter = Letter(user_id=user.id, purpose=purpose, reason=reason, ordered_at=at, ordered_by_id=user.id)
    db.add(letter)
    db.commit()
    return letter


def a_recovery_code(db: Session, outside: Outside, user: User) -> str:
    """The code of a letter after a loss."""
    return a_code(db, outside, user, Purpose.RECOVERY)


def a_code(db: Session, outside: Outside, user: User, purpose: Purpose = Purpose.UPGRADE) -> str:
    """The code of a letter that was printed and posted today."""
    now = outside.now()
    letter = a_letter(db, user, now, purpose=purpose)
    (enclosure,) = redeeming.enclosures([letter], local_day(now), outside).values()
    letter.printed_at = letter.posted_at = now
    letter.printed_on = local_day(now)
    db.add_all([letter, enclosure.record])
    db.commit()
    return enclosure.code


def a_session(db: Session, outside: Outside, user: User, level: int = 1) -> LoginSession:
    """Somebody signed in."""
    row = begin_session(db, outside, user, level=level, replacing=None)[1]
    db.commit()
    return row


def a_ticket(db: Session, outside: Outside, user: User) -> None:
    """The right to enrol."""
    assert login_methods.open_ticket(db, outside, user, f"test:{user.id}:{outside.now()}")
    db.commit()


def a_pending_sms(
    db: Session, outside: Outside, user: User, session: LoginSession, number: str = MOBILE
) -> tuple[Enrolment, str]:
    """A telephone that was told; the code of the text message."""
    enrolment, asked = login_methods.begin(db, outside, user, session, slug="sms", answers={"number": number})
    assert asked.free_at is None
    return enrolment, the_code(outside)


def a_telephone(db: Session, outside: Outside, user: User, number: str = MOBILE) -> Enrolment:
    """A confirmed second factor; the level-2 session that came of it is over."""
    a_ticket(db, outside, user)
    session = a_session(db, outside, user)
    enrolment, code = a_pending_sms(db, outside, user, session, number)
    assert login_methods.answer(db, outside, user, session, enrolment, code).outcome == "right"
    session.ended_at = outside.now()
    db.commit()
    return enrolment


def an_upgraded(db: Session, outside: Outside, user: User, number: str = MOBILE) -> Enrolment:
    """The whole way."""
    enrolment = a_telephone(db, outside, user, number)
    user.upgraded_at = outside.now()
    db.commit()
    return enrolment


def the_code(outside: Outside) -> str:
    """The six digits of the last text message."""
    text = outside.sms.sent[-1].text
    return next(
        word.strip(".:,") for word in text.split() if len(word.strip(".:,")) == 6 and word.strip(".:,").isdigit()
    )


def another(code: str) -> str:
    """A code that is not this one."""
    return f"{(int(code) + 1) % 1_000_000:06}"
