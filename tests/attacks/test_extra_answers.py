"""A form takes its own answers and no others: hundreds more change nothing else."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import pytest
from flask import Flask, request
from sqlmodel import Session, col, select

from tests.attacks.arranging import a_pending_sms, a_session, a_ticket, the_code
from tests.attacks.filling import ON_SQLITE, Done, sends
from tests.doors import sign_in
from tests.factories import PASSWORD, a_user, an_administrator
from webapp.accounts.models import LoginSession, User
from webapp.database import db as database_of_the_web
from webapp.letters.models import AddressReport, Letter
from webapp.ports import Outside
from webapp.web.access import open_to_anyone

pytestmark = pytest.mark.usefixtures("without_tokens")


SETTINGS = {"shown_name": "Anne", "phone": "", "notices": "letter_posted", "low_rows": "yes"}
SETTINGS |= dict.fromkeys(("large_print", "longer_session"), "")
NEW_SESSION = {"+login_session": 1, "login_session.ended_at": 1}
PROVED = NEW_SESSION | {"challenge.answered_at": 1, "challenge.tries": 1, "enrolment.used_at": 1}
PROVED |= {"app_user.last_login_at": 1}
PASSWORDS = {"current": PASSWORD, "new": "Regenschirm-lila-Kutsche", "again": "Regenschirm-lila-Kutsche"}


FORMS: list[tuple[str, dict[str, str], dict[str, int]]] = [  # address, its own answers, what it changes
    ("/session/extension", {}, {}),
    ("/upgrade/postponement", {}, {"+postponement": 1}),
    ("/upgrade/wishes", {}, {"+attempts": 1, "+code_wish": 1, "+message": 1}),
    ("/upgrade/letters", {}, {"+letter": 1, "+message": 1}),
    ("/upgrade/address-report", {"remark": "moved"}, {"+address_report": 1, "+letter": 1, "+message": 2}),
    ("/upgrade/code", {"code": "XXXX"}, {}),
    ("/upgrade/completion", {}, {}),
    (
        "/login-methods/sms/new",
        {"number": "079 555 01 02"},
        {"+attempts": 6, "+challenge": 1, "+enrolment": 1, "+message": 1},
    ),
    ("/login-methods/sms/new", {"number": "no"}, {}),
    ("/account/settings", SETTINGS, {f"app_user.{fact}": 1 for fact in ("low_rows", "notices_off", "shown_name")}),
    ("/account/settings", {"phone": "no"}, {}),
    ("/account/language", {"language": "it"}, {"app_user.language": 1}),
    ("/account/sessions/others/end", {}, {}),
    ("/info/accessibility/barrier", {"words": "moved", "email": ""}, {"+attempts": 1, "+message": 1}),
    ("/account/password", {"current": PASSWORD, "new": "short", "again": "short"}, {"+attempts": 1}),
    ("/account/password", PASSWORDS, NEW_SESSION | {"+attempts": 1, "+message": 1, "app_user.password_hash": 1}),
    (
        "/account/email",
        {"email": "me@new.example", "current": PASSWORD},
        {"+account_link": 1, "+attempts": 3, "+message": 2},
    ),
    ("/account/email", {"email": "me", "current": PASSWORD}, {}),
    ("/account/email/activation", {"code": "4KTT"}, {}),
    ("/account/email/activation/messages", {}, {"+attempts": 2}),
    ("/account/email/activation/withdrawal", {}, {}),
    ("/sign-in/forgotten", {"email": "nobody@new.example"}, {"+attempts": 3}),
    ("/sign-in/new-password", {"code": "4KTT", "new": "short", "again": "short"}, {}),
    ("/sign-out", {}, {"login_session.ended_at": 1}),
]


@ON_SQLITE
@pytest.mark.parametrize(("path", "own", "facts"), FORMS)
def test_a_form_takes_nothing_else(
    path: str, own: dict[str, str], facts: dict[str, int], app: Flask, db: Session, outside: Outside
) -> None:
    _other, user = a_user(db), an_administrator(db)
    client = sign_in(app.test_client(), db, outside, user, 1)
    if path == "/login-methods/sms/new":
        a_ticket(db, outside, user)
    done = sends(db, outside, client, path, own)
    assert done.status in (303, 422)
    assert done.facts == facts
    assert all((row.user_id, row.ordered_by_id) == (user.id, user.id) for row in db.exec(select(Letter)))
    assert all(report.user_id == user.id and report.remark == "moved" for report in db.exec(select(AddressReport)))


@ON_SQLITE
def test_nor_does_signing_out_on_another_device(app: Flask, db: Session, outside: Outside) -> None:
    user = a_user(db)
    client = sign_in(app.test_client(), db, outside, user, 1)
    sign_in(app.test_client(), db, outside, user, 1)
    other = max(row.id or 0 for row in db.exec(select(LoginSession)))
    assert sends(db, outside, client, f"/account/sessions/{other}/end", {}).facts == {"login_session.ended_at": 1}
    assert client.get("/account/sessions").status_code == 200


@ON_SQLITE
def test_nor_does_signing_in(app: Flask, db: Session, outside: Outside) -> None:
    user = a_user(db)
    done = sends(db, outside, app.test_client(), "/sign-in", {"email": user.email, "password": PASSWORD})
    assert done.status == 303
    assert done.facts == {"+attempts": 2, "+login_session": 1, "app_user.last_login_at": 1}
    began = db.exec(select(LoginSession)).one()
    assert (began.user_id, began.level, began.idle_minutes) == (user.id, 1, 20)


def without_counts(done: Done) -> dict[str, int]:
    """What a form changed besides the counts of tries."""
    return {fact: many for fact, many in done.facts.items() if "attempts" not in fact}


@ON_SQLITE
def test_nor_does_a_right_code(app: Flask, db: Session, outside: Outside) -> None:
    user = a_user(db)
    a_ticket(db, outside, user)
    enrolment, code = a_pending_sms(db, outside, user, a_session(db, outside, user))
    client = sign_in(app.test_client(), db, outside, user, 1)
    path = f"/login-methods/sms/{enrolment.public_id}"
    outside.now.passes(seconds=30)  # type: ignore[attr-defined]
    asked = sends(db, outside, client, f"{path}/messages", {})
    assert without_counts(asked) == {"+challenge": 1, "+message": 1, "login_session.seen_at": 1}
    assert sends(db, outside, client, f"{path}/confirmation", {"code": code}).status == 422  # of another session
    done = sends(db, outside, client, f"{path}/confirmation", {"code": the_code(outside)})
    assert done.location == "/login-methods"
    confirmed = ("app_user.factor_since", "enrolment.confirmed_at", "enrolment_ticket.closed_at")
    assert without_counts(done) == PROVED | dict.fromkeys(confirmed, 1)
    newest = db.exec(select(LoginSession).order_by(col(LoginSession.id).desc())).first()
    assert newest
    assert (newest.user_id, newest.level, newest.idle_minutes) == (user.id, 2, 20)


TAKES: list[tuple[str, str, Callable[[str], object]]] = [  # where it looks, what it takes, and as what
    ("form", "administrator", bool),
    ("args", "administrator", bool),
    ("values", "low_rows", lambda answer: answer == "y"),
    ("form", "phone", str),
    ("form", "notices_off", str),
    ("args", "deactivated_at", lambda answer: datetime.fromisoformat(answer) if "T" in answer else None),
    ("form", "employer_id", int),
    ("args", "employer_id", int),
    ("form", "password_hash", str),
]


def a_view_that_takes(app: Flask, user: User, naive: tuple[str, str, Callable[[str], object]]) -> None:
    """As with ``populate_obj`` and a form made from the columns: one column besides its own."""
    user_id, (where, name, read) = user.id, naive

    @app.post("/naive")
    @open_to_anyone
    def save() -> str:
        with Session(database_of_the_web.engine) as own:
            row = own.get_one(User, user_id)
            row.shown_name = request.form["shown_name"]
            if (answer := getattr(request, where).get(name)) is not None:
                with suppress(ValueError):
                    setattr(row, name, read(answer))
            own.commit()
        return ""


@pytest.mark.parametrize("naive", TAKES, ids=lambda naive: "-".join(naive[:2]))
def test_a_form_that_takes_whatever_is_sent_is_caught(
    naive: tuple[str, str, Callable[[str], object]], app: Flask, db: Session, outside: Outside
) -> None:
    a_view_that_takes(app, a_user(db), naive)
    with pytest.raises(AssertionError):
        sends(db, outside, app.test_client(), "/naive", {"shown_name": "Anne"})


def test_one_that_takes_its_own_is_not(app: Flask, db: Session, outside: Outside) -> None:
    a_view_that_takes(app, a_user(db), ("form", "", str))
    done = sends(db, outside, app.test_client(), "/naive", {"shown_name": "Anne"})
    assert done.facts == {"app_user.shown_name": 1}
