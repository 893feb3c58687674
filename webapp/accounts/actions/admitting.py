"""Who may come in, and who administers a company: done by its administrators or the fund, told to the person.

Whoever decides holds the company until the commit: of two at once the second sees what the first did.
"""

from collections.abc import Callable, Collection
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from webapp.accounts.actions.links import withdraw_links
from webapp.accounts.actions.noting import note_about
from webapp.accounts.actions.sessions import end_other_sessions, hold_still
from webapp.accounts.actions.writing import write_to
from webapp.accounts.links import AccountLink
from webapp.accounts.models import Employer, LoginSession, User
from webapp.accounts.objections import Objection
from webapp.accounts.queries import portions, standings, why_not_change_rights, why_not_deactivate
from webapp.audit.actions import note
from webapp.audit.events import Event
from webapp.ports import Outside

Closing = Callable[[Session, Outside, Collection[int], User], None]
then: list[Closing] = []  # what slices above close for people who may not come in any more; create_app fills it


def deactivate(db: Session, outside: Outside, user: User, *, by: User) -> Objection | None:
    """From now on ``user`` may not sign in: signed out everywhere, and nothing that was sent opens anything."""
    objection = shut_out(db, outside, [user.id or 0], by=by).get(user.id or 0)
    if objection:
        db.rollback()
        return objection
    tell_of(db, outside, user, "account_deactivated", by)
    db.commit()
    return None


def shut_out(db: Session, outside: Outside, user_ids: Collection[int], *, by: User) -> dict[int, Objection]:
    """The same for many, in the caller's transaction and without a word to them; who stays, and why."""
    hold_companies(db, user_ids)
    stay = why_not_deactivate(db, user_ids, by)
    leave = set(user_ids) - set(stay)
    _close(db, outside, leave, by, deactivated_at=outside.now())
    for one in standings(db, leave):
        note(db, outside, Event.USER_DEACTIVATED, about=one.id, by=by.id, employer_id=one.employer_id)
    return stay


def shut_out_clerk(db: Session, outside: Outside, clerk: User) -> bool:
    """The same for who works at the fund no more, by whoever runs the portal; whether they could come in so far."""
    hold_still(db, clerk)
    db.refresh(clerk)
    if not clerk.active:
        db.rollback()
        return False
    clerk.deactivated_at = outside.now()
    withdraw_links(db, outside, clerk)
    end_other_sessions(db, outside, clerk, but=None)
    note_about(db, outside, Event.USER_DEACTIVATED, clerk, by=None)
    db.commit()
    return True


def activate(db: Session, outside: Outside, user: User, *, by: User) -> Objection | None:
    """``user`` may sign in again, as before; what was open before it was deactivated stays closed."""
    hold_companies(db, [user.id or 0])
    db.refresh(user)
    if user.active:
        db.rollback()
        return Objection.ALREADY
    user.register_said = {**user.register_said, "deactivated_at": outside.now().isoformat()}
    _close(db, outside, [user.id or 0], by, deactivated_at=None)
    note_about(db, outside, Event.USER_ACTIVATED, user, by=by)
    tell_of(db, outside, user, "account_activated", by)
    db.commit()
    return None


def give_rights(db: Session, outside: Outside, user: User, *, by: User) -> Objection | None:
    """``user`` administers the company from now on."""
    return _administers(db, outside, user, by, now=True)


def take_rights(db: Session, outside: Outside, user: User, *, by: User) -> Objection | None:
    """``user`` administers the company no more."""
    return _administers(db, outside, user, by, now=False)


def _administers(db: Session, outside: Outside, user: User, by: User, *, now: bool) -> Objection | None:
    hold_companies(db, [user.id or 0])
    objection = why_not_change_rights(db, user, by, give=now)
    if objection:
        db.rollback()
        return objection
    db.refresh(user)
    user.change_here(administrator=now)
    note_about(db, outside, Event.ADMINISTRATOR_MADE if now else Event.ADMINISTRATOR_UNMADE, user, by=by)
    tell_of(db, outside, user, "rights_given" if now else "rights_taken", by)
    db.commit()
    return None


def tell_of(db: Session, outside: Outside, user: User, name: str, by: User, **context: Any) -> None:
    """The e-mail ``name`` about what ``by`` did for ``user``; nobody at the fund is named. The caller commits."""
    write_to(db, outside, user, name, at=outside.now(), by=None if by.clerk else by.full_name, **context)


def hold_companies(db: Session, user_ids: Collection[int]) -> None:
    """Until the commit nobody else decides about these people; always in the same order, so that none waits for ever.

    On SQLite whoever writes holds the whole database anyway.
    """
    companies = {one.employer_id for one in standings(db, user_ids) if one.employer_id}
    for some in portions(companies):
        held = select(Employer.id).where(col(Employer.id).in_(some)).order_by(col(Employer.id))
        db.exec(held.with_for_update(key_share=True)).all()


def _close(db: Session, outside: Outside, user_ids: Collection[int], by: User, **facts: object) -> None:
    """Write these facts, end all sessions, and have everything else closed that was open."""
    for some in portions(user_ids):
        db.execute(sa.update(User).where(col(User.id).in_(some)).values(**facts))
        live = sa.update(LoginSession).where(col(LoginSession.user_id).in_(some), col(LoginSession.ended_at).is_(None))
        db.execute(live.values(ended_at=outside.now()))
        sent = sa.update(AccountLink).where(col(AccountLink.user_id).in_(some), col(AccountLink.used_at).is_(None))
        db.execute(sent.where(col(AccountLink.withdrawn_at).is_(None)).values(withdrawn_at=outside.now()))
    for close in then:
        close(db, outside, user_ids, by)
