"""Somebody new is invited: an account, an e-mail for the password, and a letter with a code for the login method."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from webapp.accounts.actions import Paused, hold_still
from webapp.accounts.actions.noting import note_about
from webapp.accounts.actions.readdressing import REFUSED_A_DAY
from webapp.accounts.actions.welcoming import add_person, added_before, welcome
from webapp.accounts.models import Employer, User
from webapp.accounts.newcomer import Newcomer, NotWelcomed, why_no_welcome
from webapp.attempts import Limit, refund, spend
from webapp.audit.events import Event
from webapp.config import DAY, WELCOMES_A_DAY
from webapp.formats import local_day
from webapp.letters.models import Purpose, Reason
from webapp.letters.working_days import expected_by
from webapp.ports import Outside
from webapp.upgrade import queries
from webapp.upgrade.actions.placing import place_letters
from webapp.upgrade.eligibility import Refusal

WELCOMES = Limit(WELCOMES_A_DAY, DAY, DAY)


@dataclass(frozen=True)
class Invited:
    """Who is new, or was so when the form came before, and why no letter goes.

    Without a user: the e-mail address is somebody's, or too many were.
    """

    user: User | None = None
    no_letter: Refusal | None = None
    too_many: bool = False
    before: bool = False


def invite(db: Session, outside: Outside, newcomer: Newcomer, company: Employer, *, by: User, by_mail: bool) -> Invited:
    """Make the account, order the letter, and write the welcome e-mail if it is wanted; all of it or nothing.

    Whoever asks for address after address, to learn who is anywhere a user, is soon told to wait.
    """
    ring = f"new-people:{by.id}"
    if not spend(db, ring, REFUSED_A_DAY, outside.now()).granted:
        return Invited(too_many=True)
    user = add_person(db, outside, newcomer, company, by=by)
    if user is None:
        db.rollback()
        return _invited_before(db, outside, newcomer, company, by)
    placed = place_letters(db, outside, [user.id or 0], by=by, reason=Reason.FIRST, purpose=Purpose.INVITATION)
    refusal = next((row.refusal for row in db.execute(placed.outcome)), None)
    if refusal is None:
        note_about(db, outside, Event.LETTER_ORDERED, user, by=by, purpose=Purpose.INVITATION)
    if by_mail:
        expected = None if refusal else expected_by(local_day(outside.now()), outside.config.fund.canton)
        welcome(db, outside, user, by=by, expected_by=expected)
    refund(db, ring)
    db.commit()
    return Invited(user, Refusal(refusal) if refusal else None)


def _invited_before(db: Session, outside: Outside, newcomer: Newcomer, company: Employer, by: User) -> Invited:
    """Pressed twice, or sent again: it costs nothing, and nothing is sent."""
    user = added_before(db, outside, newcomer, company, by=by)
    if user:
        refund(db, f"new-people:{by.id}")
    db.commit()
    return Invited(user, before=user is not None)


def welcome_again(db: Session, outside: Outside, user: User, *, by: User) -> NotWelcomed | Paused | None:
    """Write the welcome e-mail to ``user`` now; the code of an earlier one opens nothing any more. Or say why not."""
    db.refresh(user)
    reason = why_no_welcome(active=user.active, new=user.new_here)
    if reason:
        db.rollback()
        return reason
    taken = spend(db, f"welcome:{user.id}", WELCOMES, outside.now())
    if taken.free_at:
        return Paused(taken.free_at)
    hold_still(db, user)
    db.refresh(user)
    reason = why_no_welcome(active=user.active, new=user.new_here)  # as it is now that nobody else changes it
    if reason:
        db.rollback()
        return reason
    welcome(db, outside, user, by=by, expected_by=_letter_comes_by(db, outside, user))
    db.commit()
    return None


def _letter_comes_by(db: Session, outside: Outside, user: User) -> date | None:
    """The day by which the letter is expected that is on its way to ``user``; None where there is none."""
    now = outside.now()
    latest = queries.standing(db, user, now, outside.config.fund.canton).latest
    if latest is None or latest.held or latest.expected_by < local_day(now):
        return None
    return latest.expected_by if latest.code is None or latest.usable else None
