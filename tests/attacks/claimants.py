"""What contestants do with a code from an e-mail, or with a password that somebody else knows too; and naive twins."""

import time
from datetime import timedelta
from typing import Any

from sqlmodel import select

from webapp.accounts import actions
from webapp.accounts.actions import welcoming
from webapp.accounts.links import AccountLink, LinkPurpose
from webapp.accounts.models import LoginSession, User
from webapp.accounts.passwords import hash_password, verify_password
from webapp.config import WELCOMES_A_DAY
from webapp.upgrade.actions import inviting

A_DAY = timedelta(days=1)
A_MOMENT = 0.2  # seconds, between looking and writing


def choose(place: Any, new: str, address: str, *, code: str) -> str:
    """Set a password with the code; "set", or why not."""
    chosen = actions.choose_password(place.db, place.outside, code=code, new=new, address=address)
    return "set" if isinstance(chosen, User) else str(chosen)


def choose_naively(place: Any, new: str, code: str) -> str:
    """As many portals do it: look whether the code was used, then write down that it is."""
    found = actions.find_link(place.db, place.outside, code, LinkPurpose.PASSWORD)
    place.db.commit()
    if isinstance(found, actions.Unopened):
        return str(found)
    time.sleep(A_MOMENT)
    found.link.used_at, found.user.password_hash = place.outside.now(), hash_password(new)
    place.db.commit()
    return "set"


def activate(place: Any, session_id: int, code: str) -> str | None:
    """Activate the address to which the code went; why not."""
    user, session = _rows(place, session_id)
    return actions.activate_email(place.db, place.outside, user, session, code)


def change(place: Any, new: str, *, session_id: int, current: str) -> str:
    """Take another password; "changed", or what is wrong."""
    user, session = _rows(place, session_id)
    refused = actions.change_password(place.db, place.outside, user, session, current=current, new=new)
    return "changed" if refused is None else type(refused).__name__


def prove(place: Any, session_id: int, typed: str) -> str:
    """Type the present password for something that needs it."""
    user, session = _rows(place, session_id)
    wrong = actions.change_password(place.db, place.outside, user, session, current=typed, new="x")
    return "paused" if isinstance(wrong, actions.Wrong) and wrong.paused_until else type(wrong).__name__


def sign_in(place: Any, *, email: str, password: str) -> bool:
    """Type a password; whether it was right."""
    given = {"email": email, "password": password, "address": "192.0.2.1"}
    return actions.check_password(place.db, place.outside, **given).user is not None


def sign_in_or_change(place: Any, role: str, *, session_id: int, current: str, new: str) -> str:
    """One changes the password while others sign in with the one before."""
    user, _session = _rows(place, session_id)
    if role == "change":
        return change(place, new, session_id=session_id, current=current)
    if role == "rest":
        return "rest"
    if role == "sign in naively":
        return _sign_in_naively(place, user, current)
    given = {"email": user.email, "password": current, "address": "192.0.2.1"}
    found = actions.check_password(place.db, place.outside, **given).user
    if found is None:
        return "out"
    actions.begin_session(place.db, place.outside, found, level=1, replacing=None)
    return "in"


def _sign_in_naively(place: Any, user: User, password: str) -> str:
    """Right is right, whatever happened since."""
    if not verify_password(user.password_hash, password):
        return "out"
    time.sleep(A_MOMENT)
    actions.begin_session(place.db, place.outside, user, level=1, replacing=None)
    return "in"


def make(place: Any, *, user_id: int) -> str:
    """A code, as the job makes it that answers a forgotten password."""
    user = place.db.get_one(User, user_id)
    place.db.commit()
    actions.hold_still(place.db, user)
    code = actions.make_link(place.db, place.outside, user, LinkPurpose.PASSWORD, life=A_DAY)
    place.db.commit()
    return code


def welcome_again(place: Any, *, user_id: int, by_id: int) -> str:
    """Press the button; "sent", or why not."""
    user, by = place.db.get_one(User, user_id), place.db.get_one(User, by_id)
    place.db.commit()
    refused = inviting.welcome_again(place.db, place.outside, user, by=by)
    return "too often" if isinstance(refused, actions.Paused) else refused or "sent"


def welcome_again_naively(place: Any, *, user_id: int, by_id: int) -> str:
    """As many portals do it: count what was sent today, then send."""
    user, by = place.db.get_one(User, user_id), place.db.get_one(User, by_id)
    sent = len(place.db.exec(select(AccountLink.id).where(AccountLink.user_id == user_id)).all())
    place.db.commit()
    if sent >= WELCOMES_A_DAY:
        return "too often"
    actions.hold_still(place.db, user)
    welcoming.welcome(place.db, place.outside, user, by=by, expected_by=None)
    place.db.commit()
    return "sent"


def _rows(place: Any, session_id: int) -> tuple[User, LoginSession]:
    session = place.db.get_one(LoginSession, session_id)
    user = place.db.get_one(User, session.user_id)
    place.db.commit()
    return user, session
