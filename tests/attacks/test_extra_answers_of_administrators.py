"""What administrators, and the fund, decide about a person takes its own answers and no others."""

import pytest
from flask import Flask
from sqlmodel import Session, select

from tests.administration.inside import BOTH_FACTORS, a_clerk_with_both
from tests.administration.ticking import ticks
from tests.attacks.filling import ON_SQLITE, sends
from tests.attacks.kept import everything, facts
from tests.doors import sign_in
from tests.factories import a_user, an_administrator, an_employer
from webapp.accounts.models import User
from webapp.accounts.topics import Topic
from webapp.administration.ordering import fingerprint
from webapp.ports import Outside

pytestmark = [ON_SQLITE, pytest.mark.usefixtures("without_tokens")]
NAMED = {"first_name": "Anna", "last_name": "Neu", "language": "de"}
LEVELS = {topic.value: "read" for topic in Topic}
EMAIL, ANOTHER = {"email": "alt@company.example"}, {"email": "neu@company.example"}
TOLD, LINK, MARKED = {"+message": 1}, {"+account_link": 1}, {"register_said"}
Forms = list[tuple[str, str, dict[str, str], dict[str, int], set[str]]]
OF_A_PERSON: Forms = [  # who it is, the address under the person, its own answers, what comes, the person's new facts
    ("user", "changes", NAMED | EMAIL, TOLD, {*NAMED, "search"} | MARKED),
    ("user", "changes", NAMED | ANOTHER, LINK | {"+attempts": 2, "+message": 3}, {*NAMED, "search"} | MARKED),
    ("user", "changes", NAMED | EMAIL | {"last_name": ""}, {}, set()),
    ("user", "deactivation", {}, TOLD, {"deactivated_at"}),
    ("inactive", "activation", {}, TOLD, {"deactivated_at"} | MARKED),
    ("new", "welcome-email", {}, LINK | TOLD | {"+attempts": 1}, set()),
    ("user", "administrator-rights", {}, TOLD, {"administrator"} | MARKED),
    ("user", "permissions", LEVELS, TOLD, {"topics"}),
    ("user", "permissions", LEVELS | {"salaries": "all"}, {}, set()),
    ("other", "administrator-rights/removal", {}, TOLD, {"administrator"} | MARKED),
]
ROOMS = ("administration", "desk")
FORMS = [f"/{room}/users/<user>/{path}" for room in ROOMS for _who, path, *_rest in OF_A_PERSON]


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


def of_everybody(db: Session) -> dict[object, dict[str, object]]:
    """What is known of each person, by their id."""
    return {key[0]: row for key, row in facts(everything(db))["app_user"].items()}


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize(("who", "path", "own", "comes", "new"), OF_A_PERSON)
def test_hundreds_more_change_nothing_else(
    room: str,
    who: str,
    path: str,
    own: dict[str, str],
    comes: dict[str, int],
    new: set[str],
    app: Flask,
    db: Session,
    outside: Outside,
) -> None:
    people = everybody(db, outside)
    person = a_clerk_with_both(db) if room == "desk" else people["admin"]
    client = sign_in(app.test_client(), db, outside, person, 2)
    mine, were = people[who].id, of_everybody(db)
    done = sends(db, outside, client, f"/{room}/users/{people[who].public_id}/{path}", own)
    assert done.status == (303 if done.facts else 422)
    assert done.facts == comes | {f"app_user.{fact}": 1 for fact in new}
    assert {fact for fact, value in of_everybody(db)[mine].items() if value != were[mine][fact]} == new


CHANGE = {"+bulk_change": 1, "+bulk_change_line": 1, "+message": 1, "-selected": 1}
PRESSED = {"key": "f" * 32, "seen": "<seen>"}
SEVERAL: list[tuple[str, dict[str, str], dict[str, int], set[str]]] = [  # its own answers, what comes, the new facts
    ("deactivations", PRESSED, CHANGE, {"deactivated_at"}),
    ("upgrade-reminders", PRESSED, CHANGE | {"+reminder": 1}, set()),
    ("deactivations/selection/removals", {"user": "<user>"}, {"-selected": 1}, set()),
    ("permissions", PRESSED | {"salaries": "read"}, CHANGE, {"topics"}),
    ("permissions", PRESSED | {"salaries": "read", "administration": "transmit"}, {}, set()),
    ("permissions", PRESSED | {"salaries": "all"}, {}, set()),
    ("permissions", PRESSED | {"everything": "transmit"}, {}, set()),
    ("permissions/selection/removals", {"user": "<user>"}, {"-selected": 1}, set()),
]
FORMS += [f"/{room}/several/<what>{removals}" for room in ROOMS for removals in ("", "/selection/removals")]


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize(("path", "own", "comes", "new"), SEVERAL)
def test_nor_does_what_is_done_to_several(
    room: str,
    path: str,
    own: dict[str, str],
    comes: dict[str, int],
    new: set[str],
    app: Flask,
    db: Session,
    outside: Outside,
) -> None:
    people = everybody(db, outside)
    person = a_clerk_with_both(db) if room == "desk" else people["admin"]
    ticks(db, person, [people["user"]])
    client = sign_in(app.test_client(), db, outside, person, 2)
    mine, were = people["user"].id, of_everybody(db)
    meant = {"<user>": people["user"].public_id, "<seen>": fingerprint([mine or 0])}
    answers = {name: meant.get(value, value) for name, value in own.items()}
    done = sends(db, outside, client, f"/{room}/several/{path}", answers)
    assert done.status == (303 if done.facts else 422)
    assert done.facts == comes | {f"app_user.{fact}": 1 for fact in new}
    assert {fact for fact, value in of_everybody(db)[mine].items() if value != were[mine][fact]} == new


def test_nor_does_inviting_somebody(app: Flask, db: Session, outside: Outside) -> None:
    people = everybody(db, outside)
    client = sign_in(app.test_client(), db, outside, people["admin"], 2)
    own = {"first_name": "Anna", "last_name": "Neu", "email": "anna@neu.example", "language": "de"}
    more = {"welcome": "y", "administrator": "", "key": "0" * 32}
    done = sends(db, outside, client, "/administration/users/new", own | more)
    assert done.facts == LINK | TOLD | {"+app_user": 1, "+attempts": 1, "+letter": 1}
    anna = db.exec(select(User).where(User.email == "anna@neu.example")).one()
    assert (anna.employer_id, anna.clerk, anna.administrator) == (people["admin"].employer_id, False, False)
    assert (anna.password_hash, anna.upgraded_at, anna.factor_since, anna.deactivated_at) == (None,) * 4
    assert (anna.address_lines, anna.postcode, anna.town) == (["Rue du Marché 7"], "1800", "Vevey")


FORMS.append("/administration/users/new")
