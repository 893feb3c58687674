"""A forgotten password: every address gets the same answer, and costs the request the same work."""

from datetime import datetime

from sqlmodel import Session, col, select

from webapp.accounts.actions.links import make_link
from webapp.accounts.actions.noting import note_about
from webapp.accounts.actions.sessions import hold_still
from webapp.accounts.actions.signing_in import neighbourhood
from webapp.accounts.actions.writing import write_to
from webapp.accounts.email_address import as_kept
from webapp.accounts.links import ForgottenPassword, LinkPurpose
from webapp.accounts.models import User
from webapp.attempts import Limit, spend_each
from webapp.audit.events import Event
from webapp.codes import as_printed
from webapp.config import (
    DAY,
    HOUR,
    MAILED_CODES_A_DAY,
    MAILED_CODES_AN_HOUR,
    MAILED_CODES_PER_ADDRESS,
    PASSWORD_CODE_LIFE,
)
from webapp.jobs import job
from webapp.ports import Outside

PER_ADDRESS = Limit(MAILED_CODES_PER_ADDRESS, HOUR, HOUR)
AN_HOUR = Limit(MAILED_CODES_AN_HOUR, HOUR, HOUR)
A_DAY = Limit(MAILED_CODES_A_DAY, DAY, DAY)


def ask_for_new_password(db: Session, outside: Outside, *, email: str, address: str) -> datetime | None:
    """Have a code written to whoever has this e-mail address, if anybody; or say from when on one may ask again.

    Looked for is only afterwards, by a job: what the request does tells nobody whether there is an account.
    """
    now, email = outside.now(), as_kept(email)
    whose = outside.seal.recognise("forgotten", email)
    ring = f"forgotten-address:{outside.seal.recognise('address', neighbourhood(address))}"
    limits = {ring: PER_ADDRESS, f"forgotten-hour:{whose}": AN_HOUR, f"forgotten-day:{whose}": A_DAY}
    taken = spend_each(db, limits, now)
    if taken.free_at:
        return taken.free_at
    wish = ForgottenPassword(sealed=outside.seal.close(email), asked_at=now)
    db.add(wish)
    db.flush()
    outside.jobs.enqueue(db, answer_forgotten, wish.id or 0)
    db.commit()
    return None


@job
def answer_forgotten(db: Session, outside: Outside, wish_id: int) -> None:
    """Write to an active account; nobody else. Done twice, it does nothing the second time."""
    wish = db.get(ForgottenPassword, wish_id)
    if wish is None:
        return
    email, late = outside.seal.open(wish.sealed), outside.now() - wish.asked_at >= PASSWORD_CODE_LIFE
    user = db.exec(select(User).where(col(User.email) == email)).first()
    db.delete(wish)
    if user and user.active and not late:
        hold_still(db, user)
        code = make_link(db, outside, user, LinkPurpose.PASSWORD, life=PASSWORD_CODE_LIFE)
        until = outside.now() + PASSWORD_CODE_LIFE
        write_to(db, outside, user, "password_forgotten", code=as_printed(code), until=until)
        note_about(db, outside, Event.PASSWORD_LINK_SENT, user, by=None)
    db.commit()
