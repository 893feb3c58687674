"""A new password: by whoever knows the present one, or with a code from an e-mail."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, update

from webapp.accounts.actions.links import Unopened, find_link, use_link, withdraw_links
from webapp.accounts.actions.noting import note_about
from webapp.accounts.actions.proving import Wrong, prove_password
from webapp.accounts.actions.sessions import end_other_sessions, hold_still
from webapp.accounts.actions.signing_in import neighbourhood
from webapp.accounts.actions.writing import write_to
from webapp.accounts.links import LinkPurpose
from webapp.accounts.models import LoginSession, User
from webapp.accounts.password_strength import Weakness, weakness
from webapp.accounts.passwords import hash_password
from webapp.accounts.queries import words_about
from webapp.attempts import Limit, refund, spend
from webapp.audit.events import Event
from webapp.config import HOUR, MAILED_CODES_PER_ADDRESS
from webapp.ports import Outside

PER_ADDRESS = Limit(MAILED_CODES_PER_ADDRESS, HOUR, HOUR)
MAILED = (LinkPurpose.PASSWORD, LinkPurpose.INVITATION)


@dataclass(frozen=True)
class Paused:
    """Too many tries from one place."""

    until: datetime


def change_password(
    db: Session, outside: Outside, user: User, session: LoginSession, *, current: str, new: str
) -> Wrong | Weakness | None:
    """Take ``new`` instead of ``current``, and sign out everywhere else; or say what is wrong with either."""
    known = user.password_hash
    wrong = prove_password(db, outside, user, session, current)
    if wrong:
        return wrong
    weak = Weakness.SAME_AS_BEFORE if new == current else _weakness(db, outside, user, new)
    if weak:
        return weak
    fresh = hash_password(new)
    hold_still(db, user)
    if not _replace(db, user, known, fresh):  # changed meanwhile: what was typed is not the present one any more
        db.rollback()
        return Wrong()
    withdraw_links(db, outside, user, *MAILED)
    _tell_and_sign_out(db, outside, user, Event.PASSWORD_CHANGED, but=session)
    return None


def choose_password(
    db: Session, outside: Outside, *, code: str, new: str, address: str
) -> User | Unopened | Weakness | Paused:
    """With a code from an e-mail: whose password it is now, or why not. A code is used up only with success.

    Nobody is signed in any more then, and nothing that was sent before opens anything: whoever could read the
    e-mails of this person may have asked for it.
    """
    ring = f"mailed-code:{outside.seal.recognise('address', neighbourhood(address))}"
    taken = spend(db, ring, PER_ADDRESS, outside.now())
    if taken.free_at:
        return Paused(taken.free_at)
    found = find_link(db, outside, code, *MAILED)
    if isinstance(found, Unopened):
        db.rollback()
        return found
    user = found.user
    weak = _weakness(db, outside, user, new)
    if weak:
        return weak
    fresh = hash_password(new)
    hold_still(db, user)
    closed = use_link(db, outside, found.link)
    if closed or not _replace(db, user, user.password_hash, fresh):
        db.rollback()
        return closed or Unopened.UNKNOWN
    withdraw_links(db, outside, user)
    refund(db, ring)
    _tell_and_sign_out(db, outside, user, Event.PASSWORD_RENEWED, but=None)
    return user


def _weakness(db: Session, outside: Outside, user: User, new: str) -> Weakness | None:
    about = [*words_about(db, user), *outside.config.fund.names.values()]
    db.commit()  # nothing is locked while it is estimated
    return weakness(new, about)


def _replace(db: Session, user: User, known: str | None, fresh: str) -> bool:
    """One conditional update: of two at once who know the same password, one changes it."""
    mine = update(User).where(
        col(User.id) == user.id,
        col(User.password_hash).is_not_distinct_from(known),
        col(User.deactivated_at).is_(None),
    )
    return bool(db.execute(mine.values(password_hash=fresh)).rowcount)  # type: ignore[attr-defined]


def _tell_and_sign_out(db: Session, outside: Outside, user: User, event: Event, *, but: LoginSession | None) -> None:
    end_other_sessions(db, outside, user, but=but)
    write_to(db, outside, user, "password_changed", at=outside.now())
    note_about(db, outside, event, user, by=user)
    db.commit()
