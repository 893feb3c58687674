"""Beginning the enrolment of a method, and the ticket that allows it."""

from typing import Any

from sqlmodel import Session, col, update

from webapp.accounts.actions import end_other_sessions, note_about
from webapp.accounts.models import LoginSession, User
from webapp.audit.events import Event
from webapp.config import ENROLMENT_TICKET_LIFE
from webapp.database import insert_unless_there
from webapp.login_methods.actions.asking import Asked, ask
from webapp.login_methods.models import ERASED, Enrolment, EnrolmentTicket
from webapp.login_methods.shelf import shelf
from webapp.ports import Outside


def open_ticket(db: Session, outside: Outside, user: User, origin: str, *, only_in: LoginSession | None = None) -> bool:
    """Give the right to enrol a method for half an hour, once for ``origin``; the caller commits.

    ``only_in``: the one session that has it; without, every password session of the person.
    """
    now = outside.now()
    facts = {"user_id": user.id, "origin": origin, "opened_at": now, "expires_at": now + ENROLMENT_TICKET_LIFE}
    return insert_unless_there(db, EnrolmentTicket, **facts, session_id=only_in.id if only_in else None)


def move_ticket(db: Session, outside: Outside, origin: str, session: LoginSession) -> bool:
    """Whoever can say again what opened the ticket goes on in ``session``; False when it is used or over."""
    ticket = (col(EnrolmentTicket.origin) == origin, col(EnrolmentTicket.closed_at).is_(None))
    mine = update(EnrolmentTicket).where(*ticket, col(EnrolmentTicket.expires_at) > outside.now())
    return bool(db.execute(mine.values(session_id=session.id)).rowcount)  # type: ignore[attr-defined]


def close_tickets(db: Session, outside: Outside, user: User) -> int:
    """Nothing is open any more; how many were. The caller commits."""
    mine = update(EnrolmentTicket).where(
        col(EnrolmentTicket.user_id) == user.id, col(EnrolmentTicket.closed_at).is_(None)
    )
    return int(db.execute(mine.values(closed_at=outside.now())).rowcount)  # type: ignore[attr-defined]


def begin(
    db: Session, outside: Outside, user: User, session: LoginSession, *, slug: str, answers: dict[str, Any]
) -> tuple[Enrolment, Asked]:
    """Start an enrolment, or start it anew with another number; the first question follows at once."""
    begun = shelf()[slug].begin(answers, outside)
    pending = (
        col(Enrolment.user_id) == user.id,
        col(Enrolment.confirmed_at).is_(None),
        col(Enrolment.removed_at).is_(None),
    )
    db.execute(update(Enrolment).where(*pending).values(removed_at=outside.now(), kept=ERASED))
    enrolment = Enrolment(
        user_id=user.id or 0,
        method=slug,
        kept=outside.seal.close(begun.kept),
        shown_as=begun.shown_as,
        started_at=outside.now(),
    )
    db.add(enrolment)
    db.commit()
    return enrolment, ask(db, outside, user, session, enrolment)


def hand_out(db: Session, outside: Outside, user: User, *, slug: str, answers: dict[str, Any]) -> None:
    """Give a clerk of the fund a method by command, in place of any other; the upgrade counts as done."""
    now = outside.now()
    begun = shelf()[slug].begin(answers, outside)
    earlier = update(Enrolment).where(col(Enrolment.user_id) == user.id, col(Enrolment.removed_at).is_(None))
    db.execute(earlier.values(removed_at=now, kept=ERASED))
    db.add(
        Enrolment(
            user_id=user.id or 0,
            method=slug,
            kept=outside.seal.close(begun.kept),
            shown_as=begun.shown_as,
            started_at=now,
            confirmed_at=now,
        )
    )
    user.factor_since = user.factor_since or now
    user.upgraded_at = user.upgraded_at or now
    note_about(db, outside, Event.METHOD_ADDED, user, by=None, method=slug)
    end_other_sessions(db, outside, user, but=None)
    db.commit()
