"""What contestants do who come back from a provider of identities with the same answer, and a naive twin of it."""

import json
import time
from dataclasses import replace
from typing import Any

from tests.openid.arriving import ANNE, SWISSID
from webapp.accounts import actions as accounts
from webapp.accounts.models import LoginSession, User
from webapp.login_methods import actions, queries
from webapp.login_methods.method import Proved
from webapp.login_methods.models import Enrolment
from webapp.login_methods.shelf import shelf
from webapp.ports import Identity

A_MOMENT = 0.2  # seconds, between looking and writing
CODE = "given once, taken as often as it is brought"  # the worst provider there is


def arrive(place: Any, word: str, *, user_id: int, session_id: int, enrolment_id: int, state: str) -> str:
    """Come back, and go on behind both factors if the answer counts."""
    user, session, enrolment, brought = _rows(place, user_id, session_id, enrolment_id, state)
    outcome = actions.answer(place.db, place.outside, user, session, enrolment, brought).outcome
    if outcome != "right":
        return outcome.value
    return "in" if accounts.carry_on(place.db, place.outside, user, word, owes_method=False) else "out"


def arrive_naively(place: Any, word: str, *, user_id: int, session_id: int, enrolment_id: int, state: str) -> str:
    """As many portals do it: look whether the state waits, ask the provider, then write down that it was used."""
    user, session, enrolment, brought = _rows(place, user_id, session_id, enrolment_id, state)
    question = queries.question_in(place.db, session)
    place.db.commit()
    if question is None or not question.waits(place.outside.now()):
        return "not_asked"
    kept, asked = (place.outside.seal.open(row.kept) for row in (enrolment, question))
    if not isinstance(shelf()["suisseid"].proves(kept, asked, brought, place.outside), Proved):
        return "wrong"
    time.sleep(A_MOMENT)
    question.answered_at = place.outside.now()
    place.db.commit()
    accounts.begin_session(place.db, place.outside, user, level=2, replacing=word)
    return "in"


def _rows(
    place: Any, user_id: int, session_id: int, enrolment_id: int, state: str
) -> tuple[User, LoginSession, Enrolment, str]:
    """Who comes, and what the address brings; the provider confirms Anne to whoever asks."""
    place.outside = replace(place.outside, config=replace(place.outside.config, openid_providers=(SWISSID,)))
    place.outside.openid.people[CODE] = Identity(SWISSID.issuer, ANNE, SWISSID.acr[0], place.outside.now())
    rows = (
        place.db.get_one(User, user_id),
        place.db.get_one(LoginSession, session_id),
        place.db.get_one(Enrolment, enrolment_id),
    )
    place.db.commit()
    return *rows, json.dumps({"state": state, "code": CODE, "iss": SWISSID.issuer})
