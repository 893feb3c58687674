"""A form takes its own answers and no others: two hundred more change nothing else."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, SQLModel, select

from tests.attacks.arranging import a_pending_sms, a_session, a_telephone, a_ticket, the_code
from tests.attacks.kept import changed, everything
from tests.doors import sign_in
from tests.factories import PASSWORD, a_user, an_administrator
from tests.test_routes import ONLY_SQLITE
from webapp.accounts.models import LoginSession, User
from webapp.letters.models import AddressReport, Letter
from webapp.ports import Outside

pytestmark = [ONLY_SQLITE, pytest.mark.usefixtures("without_tokens")]
COLUMNS = sorted({column.name for table in SQLModel.metadata.sorted_tables for column in table.columns} - {"remark"})
WAYS = ("{}", "user.{}", "user[{}]", "user-{}", "form-{}", "_{}", "{}[]", "{}-0")
VALUES = ("canary", "1", "2026-01-01T00:00:00+00:00", "true")


def extra(*own: str) -> dict[str, str]:
    """Every column of every table, spelt in many ways, save the form's own answers."""
    names = [way.format(column) for way in WAYS for column in COLUMNS]
    return {name: VALUES[number % 4] for number, name in enumerate(names) if name not in own}


SETTINGS = {"shown_name": "Anne", "phone": "", "notices": "letter_posted", "low_rows": "yes"}
SETTINGS |= dict.fromkeys(("large_print", "longer_session"), "")
PASSWORDS = {"current": PASSWORD, "new": "Regenschirm-lila-Kutsche", "again": "Regenschirm-lila-Kutsche"}


FORMS: list[tuple[str, dict[str, str], set[str]]] = [  # address, its own answers, the tables that it changes
    ("/session/extension", {}, set()),
    ("/upgrade/postponement", {}, {"postponement"}),
    ("/upgrade/wishes", {}, {"attempts", "code_wish", "message"}),
    ("/upgrade/letters", {}, {"letter", "message"}),
    ("/upgrade/address-report", {"remark": "moved"}, {"address_report", "letter", "message"}),
    ("/upgrade/code", {"code": "XXXX"}, set()),
    ("/upgrade/completion", {}, set()),
    ("/login-methods/sms/new", {"number": "079 555 01 02"}, {"attempts", "challenge", "enrolment", "message"}),
    ("/login-methods/sms/new", {"number": "no"}, set()),
    ("/account/settings", SETTINGS, {"app_user"}),
    ("/account/settings", {"phone": "no"}, set()),
    ("/account/language", {"language": "it"}, {"app_user"}),
    ("/account/sessions/others/end", {}, set()),
    ("/info/accessibility/barrier", {"words": "moved", "email": ""}, {"attempts", "message"}),
    ("/account/password", {"current": PASSWORD, "new": "short", "again": "short"}, {"attempts"}),
    ("/account/password", PASSWORDS, {"app_user", "attempts", "login_session", "message"}),
    ("/account/email", {"email": "me@new.example", "current": PASSWORD}, {"account_link", "attempts", "message"}),
    ("/account/email", {"email": "me", "current": PASSWORD}, set()),
    ("/account/email/activation", {"code": "4KTT"}, set()),
    ("/account/email/activation/messages", {}, set()),
    ("/account/email/activation/withdrawal", {}, set()),
    ("/sign-in/forgotten", {"email": "nobody@new.example"}, {"attempts"}),
    ("/sign-in/new-password", {"code": "4KTT", "new": "short", "again": "short"}, set()),
    ("/sign-out", {}, {"login_session"}),
]


@pytest.mark.parametrize(("path", "own", "tables"), FORMS)
def test_a_form_takes_nothing_else(
    path: str, own: dict[str, str], tables: set[str], app: Flask, db: Session, outside: Outside
) -> None:
    assert len(extra()) >= 200
    _other, user = a_user(db), an_administrator(db)
    client = sign_in(app.test_client(), db, outside, user, 1)
    if path == "/login-methods/sms/new":
        a_ticket(db, outside, user)
    before = everything(db)
    answer = client.post(path, data=extra(*own) | own, query_string=extra())
    after = everything(db)
    assert answer.status_code in (303, 422)
    assert changed(before, after) == tables
    assert "canary" not in repr(after)
    assert all((row.user_id, row.ordered_by_id) == (user.id, user.id) for row in db.exec(select(Letter)))
    assert all(report.user_id == user.id and report.remark == "moved" for report in db.exec(select(AddressReport)))


def test_nor_does_signing_out_on_another_device(app: Flask, db: Session, outside: Outside) -> None:
    user = a_user(db)
    client = sign_in(app.test_client(), db, outside, user, 1)
    sign_in(app.test_client(), db, outside, user, 1)
    other = max(row.id or 0 for row in db.exec(select(LoginSession)))
    before = everything(db)
    assert client.post(f"/account/sessions/{other}/end", data=extra(), query_string=extra()).status_code == 303
    after = everything(db)
    assert changed(before, after) == {"login_session"}
    assert client.get("/account/sessions").status_code == 200


def facts(db: Session, user: User) -> dict[str, Any]:
    db.refresh(user)
    return user.model_dump(exclude={"last_login_at", "factor_since"})


def test_nor_does_signing_in(app: Flask, db: Session, outside: Outside) -> None:
    user = a_user(db)
    before = facts(db, user)
    client = app.test_client()
    given = {"email": user.email, "password": PASSWORD}
    assert (
        client.post("/sign-in", data=extra(*given) | given | {"level": "2", "idle_minutes": "9999"}).status_code == 303
    )
    assert facts(db, user) == before
    assert [(row[3], row[7]) for row in everything(db)["login_session"]] == [(1, 20)]
    assert client.get("/desk").status_code == 303


def test_nor_does_a_right_code(app: Flask, db: Session, outside: Outside) -> None:
    enrolling, signing_in = a_user(db), a_user(db)
    a_ticket(db, outside, enrolling)
    session = a_session(db, outside, enrolling)
    enrolment, code = a_pending_sms(db, outside, enrolling, session)
    client: FlaskClient = sign_in(app.test_client(), db, outside, enrolling, 1)
    path = f"/login-methods/sms/{enrolment.public_id}"
    outside.now.passes(seconds=30)
    client.post(f"{path}/messages", data=extra())
    before = facts(db, enrolling)
    assert client.post(f"{path}/confirmation", data=extra() | {"code": code}).status_code == 422  # of another session
    given = extra() | {"code": the_code(outside)}
    assert client.post(f"{path}/confirmation", data=given).headers["Location"] == "/login-methods"
    assert facts(db, enrolling) == before
    a_telephone(db, outside, signing_in, "079 555 09 09")
    assert "canary" not in repr(everything(db))
