"""What administrators, and the fund, decide about a person takes its own answers and no others."""

from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from tests.administration.inside import BOTH_FACTORS, a_clerk_with_both
from tests.administration.ticking import ticks
from tests.attacks.kept import changed, everything
from tests.attacks.test_extra_answers import extra
from tests.doors import sign_in
from tests.factories import a_user, an_administrator, an_employer
from tests.test_routes import ONLY_SQLITE
from webapp.accounts.models import User
from webapp.accounts.topics import Topic
from webapp.administration.ordering import fingerprint
from webapp.ports import Outside

pytestmark = [ONLY_SQLITE, pytest.mark.usefixtures("without_tokens")]
NAMED = {"first_name": "Anna", "last_name": "Neu", "language": "de"}
LEVELS = {topic.value: "read" for topic in Topic}
EMAIL, ANOTHER = {"email": "alt@company.example"}, {"email": "neu@company.example"}
TOLD = {"app_user", "message"}
MARKED = {"register_said"}
Forms = list[tuple[str, str, dict[str, str], set[str], set[str]]]
OF_A_PERSON: Forms = [  # who it is, the address under the person, its own answers, the tables and the facts changed
    ("user", "changes", NAMED | EMAIL, TOLD, {*NAMED, "search"} | MARKED),
    ("user", "changes", NAMED | ANOTHER, TOLD | {"account_link", "attempts"}, {*NAMED, "search"} | MARKED),
    ("user", "changes", NAMED | EMAIL | {"last_name": ""}, set(), set()),
    ("user", "deactivation", {}, TOLD, {"deactivated_at"}),
    ("inactive", "activation", {}, TOLD, {"deactivated_at"} | MARKED),
    ("new", "welcome-email", {}, {"account_link", "attempts", "message"}, set()),
    ("user", "administrator-rights", {}, TOLD, {"administrator"} | MARKED),
    ("user", "permissions", LEVELS, TOLD, {"topics"}),
    ("user", "permissions", LEVELS | {"salaries": "all"}, set(), set()),
    ("other", "administrator-rights/removal", {}, TOLD, {"administrator"} | MARKED),
]
ROOMS = ("administration", "desk")
FORMS = [f"/{room}/users/<user>/{path}" for room in ROOMS for _who, path, *_rest in OF_A_PERSON]


def known(db: Session, user: User) -> dict[str, Any]:
    """All that is known of somebody."""
    db.refresh(user)
    return user.model_dump()


def everybody(db: Session, outside: Outside) -> dict[str, User]:
    """A company, and somebody of another one."""
    company = an_employer(db)
    return {
        "admin": an_administrator(db, company, **BOTH_FACTORS),
        "user": a_user(db, company, last_name="Alt", **EMAIL),
        "inactive": a_user(db, company, deactivated_at=outside.now()),
        "new": a_user(db, company, password_hash=None),
        "other": an_administrator(db, company),
        "stranger": a_user(db),
    }


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize(("who", "path", "own", "tables", "facts"), OF_A_PERSON)
def test_two_hundred_more_change_nothing_else(
    room: str,
    who: str,
    path: str,
    own: dict[str, str],
    tables: set[str],
    facts: set[str],
    app: Flask,
    db: Session,
    outside: Outside,
) -> None:
    people = everybody(db, outside)
    person = a_clerk_with_both(db) if room == "desk" else people["admin"]
    client = sign_in(app.test_client(), db, outside, person, 2)
    before, were = everything(db), {name: known(db, one) for name, one in people.items()}
    address = f"/{room}/users/{people[who].public_id}/{path}"
    answer = client.post(address, data=extra(*own) | own, query_string=extra("public_id"))
    after, are = everything(db), {name: known(db, one) for name, one in people.items()}
    assert answer.status_code == (303 if tables else 422)
    assert changed(before, after) == tables
    assert "canary" not in repr(after)
    assert {fact for fact, value in are[who].items() if value != were[who][fact]} == facts
    assert {name for name in people if are[name] != were[name]} <= {who}


DONE = {"bulk_change", "bulk_change_line", "message", "selected"}
PRESSED = {"key": "f" * 32, "seen": "<seen>"}
SEVERAL: list[tuple[str, dict[str, str], set[str], set[str]]] = [  # its own answers, the tables and the facts changed
    ("deactivations", PRESSED, DONE | {"app_user"}, {"deactivated_at"}),
    ("upgrade-reminders", PRESSED, DONE | {"reminder"}, set()),
    ("deactivations/selection/removals", {"user": "<user>"}, {"selected"}, set()),
    ("permissions", PRESSED | {"salaries": "read"}, DONE | {"app_user"}, {"topics"}),
    ("permissions", PRESSED | {"salaries": "read", "administration": "transmit"}, set(), set()),
    ("permissions", PRESSED | {"salaries": "all"}, set(), set()),
    ("permissions", PRESSED | {"everything": "transmit"}, set(), set()),
    ("permissions/selection/removals", {"user": "<user>"}, {"selected"}, set()),
]
FORMS += [f"/{room}/several/<what>{removals}" for room in ROOMS for removals in ("", "/selection/removals")]


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize(("path", "own", "tables", "facts"), SEVERAL)
def test_nor_does_what_is_done_to_several(
    room: str,
    path: str,
    own: dict[str, str],
    tables: set[str],
    facts: set[str],
    app: Flask,
    db: Session,
    outside: Outside,
) -> None:
    people = everybody(db, outside)
    person = a_clerk_with_both(db) if room == "desk" else people["admin"]
    ticks(db, person, [people["user"]])
    client = sign_in(app.test_client(), db, outside, person, 2)
    before, were = everything(db), {name: known(db, one) for name, one in people.items()}
    meant = {"<user>": people["user"].public_id, "<seen>": fingerprint([people["user"].id or 0])}
    answers = {name: meant.get(value, value) for name, value in own.items()}
    answer = client.post(f"/{room}/several/{path}", data=extra(*own) | answers, query_string=extra("what"))
    assert answer.status_code == (303 if tables else 422)
    after, are = everything(db), {name: known(db, one) for name, one in people.items()}
    assert changed(before, after) == tables
    assert "canary" not in repr(after)
    found = {name: {fact for fact, value in are[name].items() if value != were[name][fact]} for name in people}
    assert found == {name: facts if name == "user" else set() for name in people}


def test_nor_does_inviting_somebody(app: Flask, db: Session, outside: Outside) -> None:
    people = everybody(db, outside)
    client = sign_in(app.test_client(), db, outside, people["admin"], 2)
    own = {"first_name": "Anna", "last_name": "Neu", "email": "anna@neu.example", "language": "de", "welcome": "y"}
    own["key"] = "0" * 32
    before = everything(db)
    given = extra(*own, "administrator") | own
    assert client.post("/administration/users/new", data=given, query_string=extra()).status_code == 303
    after = everything(db)
    assert changed(before, after) == {"account_link", "app_user", "attempts", "letter", "message"}
    assert "canary" not in repr(after)
    [anna] = db.exec(select(User).where(User.email == "anna@neu.example")).all()
    assert (anna.employer_id, anna.clerk, anna.administrator) == (people["admin"].employer_id, False, False)
    assert (anna.password_hash, anna.upgraded_at, anna.factor_since, anna.deactivated_at) == (None,) * 4
    assert (anna.address_lines, anna.postcode, anna.town) == (["Rue du Marché 7"], "1800", "Vevey")
    db.rollback()


FORMS.append("/administration/users/new")
