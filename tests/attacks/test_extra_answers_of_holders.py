"""The forms of login methods, and of their loss, take their own answers and no others."""

import re

import pytest
from flask import Flask
from sqlmodel import Session

from tests.attacks.arranging import a_recovery_code, a_telephone
from tests.attacks.filling import ON_SQLITE, sends
from tests.doors import sign_in
from tests.factories import LONG_AGO, a_clerk, a_user, an_administrator
from webapp.accounts.models import User
from webapp.login_methods.models import Enrolment
from webapp.ports import Outside

pytestmark = [ON_SQLITE, pytest.mark.usefixtures("without_tokens")]
OWN, LOST = "/login-methods/sms/<second>", "/sign-in/second-factor/lost"
ORDERED = {"+letter": 1, "+message": 1}
COUNTED = {"attempts.ends_at": 3, "attempts.paused_at": 1, "attempts.pauses": 1}
ASKED = {"+attempts": 3, "+challenge": 1, "+message": 1} | COUNTED
REMOVED = {"enrolment.kept": 1, "enrolment.removed_at": 1, "login_session.ended_at": 1}
REMOVED |= {"+login_session": 1, "+message": 2}
FORMS: list[tuple[str, str, dict[str, str], dict[str, int]]] = [  # who, the address, its own answers, what it changes
    ("holder", f"{OWN}/name", {"name": "Bureau"}, {"+message": 1, "enrolment.name": 1}),
    ("holder", f"{OWN}/name", {"name": "x" * 61}, {}),
    ("holder", f"{OWN}/preference", {}, {"+message": 1, "enrolment.preferred_at": 1}),
    ("holder", f"{OWN}/removal", {}, REMOVED),
    ("loser", "/sign-in/second-factor/others/<second>", {}, ASKED),
    ("loser", f"{LOST}/letters", {}, ORDERED),
    ("loser", f"{LOST}/code", {"code": "XXXX"}, {}),
    ("loser with a code", f"{LOST}/lost-letters", {}, {"upgrade_code.voided_at": 1, "upgrade_code.voided_by_id": 1}),
    ("loser", f"{LOST}/address-report", {"remark": "moved"}, ORDERED | {"+address_report": 1, "+message": 2}),
    ("administrator", "/administration/users/<user>/recovery-letter", {}, ORDERED),
    ("clerk", "/desk/users/<user>/recovery-letter", {}, ORDERED),
    ("loser", "/certificate", {}, {}),
]


def presses(who: str, db: Session, outside: Outside, user: User) -> tuple[User, int]:
    """Who presses, and how far that person is signed in."""
    if who == "loser with a code":
        a_recovery_code(db, outside, user)
    since = {"factor_since": LONG_AGO, "upgraded_at": LONG_AGO}
    if who == "administrator":
        return an_administrator(db, None, employer_id=user.employer_id, **since), 2
    return (a_clerk(db, **since), 2) if who == "clerk" else (user, 2 if who == "holder" else 1)


@pytest.mark.parametrize(("who", "path", "own", "facts"), FORMS)
def test_hundreds_more_change_nothing_else(
    who: str, path: str, own: dict[str, str], facts: dict[str, int], app: Flask, db: Session, outside: Outside
) -> None:
    user = a_user(db)
    first = a_telephone(db, outside, user)
    user.upgraded_at = outside.now()
    facts_of_another = {"method": "sms", "shown_as": "+41 78 ••• •• 22", "confirmed_at": outside.now()}
    second = Enrolment(user_id=user.id or 0, kept=first.kept, started_at=outside.now(), **facts_of_another)
    db.add(second)
    db.commit()
    outside.now.passes(days=1)
    person, level = presses(who, db, outside, user)
    client = sign_in(app.test_client(), db, outside, person, level)
    ids = {"user": user.public_id, "second": second.public_id}
    address = re.sub(r"<(\w+)>", lambda name: ids[name[1]], path)
    done = sends(db, outside, client, address, own)
    assert done.status in ((400, 404) if path == "/certificate" else (303, 422))
    assert done.facts == facts
