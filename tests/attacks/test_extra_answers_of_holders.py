"""The forms of login methods, and of their loss, take their own answers and no others."""

import re

import pytest
from flask import Flask
from sqlmodel import Session

from tests.attacks.arranging import a_recovery_code, a_telephone
from tests.attacks.kept import changed, everything
from tests.attacks.test_extra_answers import extra, facts
from tests.doors import sign_in
from tests.factories import LONG_AGO, a_clerk, a_user, an_administrator
from tests.test_routes import ONLY_SQLITE
from webapp.accounts.models import User
from webapp.login_methods.models import Enrolment
from webapp.ports import Outside

pytestmark = [ONLY_SQLITE, pytest.mark.usefixtures("without_tokens")]
OWN, LOST = "/login-methods/sms/<second>", "/sign-in/second-factor/lost"
ORDERED = {"letter", "message"}
ASKED = {"attempts", "challenge", "message"}
FORMS: list[tuple[str, str, dict[str, str], set[str]]] = [  # who presses, the address, its own answers, what it changes
    ("holder", f"{OWN}/name", {"name": "Bureau"}, {"enrolment", "message"}),
    ("holder", f"{OWN}/name", {"name": "x" * 61}, set()),
    ("holder", f"{OWN}/preference", {}, {"enrolment", "message"}),
    ("holder", f"{OWN}/removal", {}, {"enrolment", "login_session", "message"}),
    ("loser", "/sign-in/second-factor/others/<second>", {}, ASKED),
    ("loser", f"{LOST}/letters", {}, ORDERED),
    ("loser", f"{LOST}/code", {"code": "XXXX"}, set()),
    ("loser with a code", f"{LOST}/lost-letters", {}, {"upgrade_code"}),
    ("loser", f"{LOST}/address-report", {"remark": "moved"}, ORDERED | {"address_report"}),
    ("administrator", "/administration/users/<user>/recovery-letter", {}, ORDERED),
    ("clerk", "/desk/users/<user>/recovery-letter", {}, ORDERED),
    ("loser", "/certificate", {}, set()),
]


def presses(who: str, db: Session, outside: Outside, user: User) -> tuple[User, int]:
    """Who presses, and how far that person is signed in."""
    if who == "loser with a code":
        a_recovery_code(db, outside, user)
    since = {"factor_since": LONG_AGO, "upgraded_at": LONG_AGO}
    if who == "administrator":
        return an_administrator(db, None, employer_id=user.employer_id, **since), 2
    return (a_clerk(db, **since), 2) if who == "clerk" else (user, 2 if who == "holder" else 1)


@pytest.mark.parametrize(("who", "path", "own", "tables"), FORMS)
def test_two_hundred_more_change_nothing_else(
    who: str, path: str, own: dict[str, str], tables: set[str], app: Flask, db: Session, outside: Outside
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
    before, people = everything(db), [facts(db, one) for one in (user, person)]
    address = re.sub(r"<(\w+)>", lambda name: ids[name[1]], path)
    answer = client.post(address, data=extra(*own) | own, query_string=extra("public_id", "slug"))
    after = everything(db)
    assert answer.status_code in ((400, 404) if path == "/certificate" else (303, 422))
    assert changed(before, after) == tables
    assert "canary" not in repr(after)
    assert people == [facts(db, one) for one in (user, person)]
