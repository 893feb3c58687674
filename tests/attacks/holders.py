"""What contestants do to the login methods that somebody holds, and naive twins of it."""

import time
from typing import Any

from sqlmodel import select

from webapp.accounts import actions as accounts
from webapp.accounts.models import LoginSession, User
from webapp.database import reading
from webapp.formats import local_day
from webapp.login_methods import actions
from webapp.login_methods.actions import changing
from webapp.login_methods.models import Challenge, Enrolment

A_MOMENT = 0.2  # seconds, between looking and writing


def remove(place: Any, enrolment_id: int, *, user_id: int, session_id: int) -> bool:
    """Take one's method away; whether it went."""
    user, session, enrolment = _rows(place, user_id, session_id, enrolment_id)
    return actions.remove(place.db, place.outside, user, session, enrolment) is None


def remove_naively(place: Any, enrolment_id: int, *, user_id: int, session_id: int) -> bool:
    """As many portals do it: look whether another one is there, then take it away."""
    user, _session, enrolment = _rows(place, user_id, session_id, enrolment_id)
    keep = changing.removable(place.db, place.outside.config, user, enrolment, local_day(place.outside.now()))
    place.db.commit()
    if keep is None:
        time.sleep(A_MOMENT)
        enrolment.removed_at = place.outside.now()
        place.db.commit()
    return keep is None


def sign_in_or_remove(
    place: Any, role: str, *, user_id: int, session_id: int, enrolment_id: int, half: int, word: str, code: str
) -> str:
    """One signs in with a method while others, in a session of their own, take it away."""
    mine = half if role.startswith("sign in") else session_id
    user, session, enrolment = _rows(place, user_id, mine, enrolment_id)
    if role == "remove after the answer":
        _wait_for_the_answer(place, half)
    if role.startswith("remove"):
        return str(actions.remove(place.db, place.outside, user, session, enrolment))
    if role == "rest":
        return "None"
    if actions.answer(place.db, place.outside, user, session, enrolment, code).outcome != "right":
        return "out"
    if role == "sign in":
        return "in" if accounts.carry_on(place.db, place.outside, user, word, owes_method=False) else "out"
    time.sleep(A_MOMENT)  # the naive twin: right is right, whatever happened since
    accounts.begin_session(place.db, place.outside, user, level=2, replacing=word)
    return "in"


def _wait_for_the_answer(place: Any, half: int) -> None:
    reading.set(True)  # nobody is kept from writing meanwhile
    for _look in range(2000):
        answered = place.db.exec(select(Challenge.answered_at).where(Challenge.session_id == half)).one()
        place.db.rollback()
        if answered:
            break
        time.sleep(0.002)
    reading.set(False)


def _rows(place: Any, user_id: int, session_id: int, enrolment_id: int) -> tuple[User, LoginSession, Enrolment]:
    rows = (
        place.db.get_one(User, user_id),
        place.db.get_one(LoginSession, session_id),
        place.db.get_one(Enrolment, enrolment_id),
    )
    place.db.commit()
    return rows
