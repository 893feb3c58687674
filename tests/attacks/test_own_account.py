"""Nobody learns who has an account, comes in by an e-mail alone, or stays in with the password of before."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlmodel import Session, col, select

from tests.attacks.arranging import an_upgraded
from tests.attacks.sessions import brought, kept, proves, signs_in, went
from tests.factories import PASSWORD, a_user
from tests.journeys.mail import code_mailed_to
from tests.twins import JobsAtOnce
from webapp.accounts import actions
from webapp.accounts.actions.forgetting import answer_forgotten
from webapp.accounts.links import ForgottenPassword, LinkPurpose
from webapp.accounts.mailed_code import draw
from webapp.accounts.models import LoginSession, User
from webapp.config import MAILED_CODES_A_DAY, MAILED_CODES_AN_HOUR, MAILED_CODES_PER_ADDRESS, PASSWORD_CODE_LIFE
from webapp.ports import Outside

NEW = "Regenschirm-lila-Kutsche"
FORGOTTEN, CHOSEN = "/sign-in/forgotten", "/sign-in/new-password"
INSIDE = ("/", "/administration", "/letters", "/account/password", "/account/email", "/login-methods")
pytestmark = pytest.mark.usefixtures("without_tokens")


def people(db: Session, outside: Outside) -> dict[str, str]:
    """Addresses of every kind."""
    upgraded = a_user(db)
    an_upgraded(db, outside, upgraded)
    gone = a_user(db, deactivated_at=outside.now())
    return {"known": a_user(db).email, "upgraded": upgraded.email, "gone": gone.email, "nobody": "nobody@new.example"}


def forgets(app: Flask, email: str, client: FlaskClient | None = None) -> tuple[Any, ...]:
    """All that a stranger is told who asks for a new password, save the random parts of forms and cookies."""
    client = client or app.test_client()
    first = client.post(FORGOTTEN, data={"email": email})
    page = client.get(first.headers.get("Location", FORGOTTEN))
    headers = [(name, value) for name, value in [*first.headers, *page.headers] if name != "Set-Cookie"]
    return first.status_code, headers, re.sub(r'name="csrf_token" value="[^"]+"', "", first.text + page.text)


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of the database."""
    asked: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", listen)
    yield asked
    event.remove(Engine, "before_cursor_execute", listen)


def work_for(app: Flask, email: str) -> list[str]:
    """What a request for a new password asks of the database."""
    client = app.test_client()
    with statements() as asked:
        client.post(FORGOTTEN, data={"email": email})
    return asked


def test_every_address_gets_the_same_answer_to_the_byte(app: Flask, db: Session, outside: Outside) -> None:
    told = {kind: forgets(app, email) for kind, email in people(db, outside).items()}
    assert told["known"] == told["upgraded"] == told["gone"] == told["nobody"]


def test_every_address_costs_the_same_work(
    app: Flask, db: Session, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = people(db, outside)
    monkeypatch.setattr(JobsAtOnce, "_work", lambda _self: None)  # jobs are done later, by another process
    work_for(app, "first@new.example")
    assert len({tuple(work_for(app, email)) for email in found.values()}) == 1


def test_the_same_harness_catches_who_looks_first(
    app: Flask, db: Session, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = people(db, outside)
    ask = actions.ask_for_new_password

    def naively(db: Session, outside: Outside, *, email: str, address: str) -> datetime | None:
        known = db.exec(select(User).where(User.email == email)).first()
        db.rollback()
        return ask(db, outside, email=email, address=address) if known else None

    monkeypatch.setattr(actions, "ask_for_new_password", naively)
    assert work_for(app, found["known"]) != work_for(app, found["nobody"])  # caught


def test_only_an_active_account_is_written_to(app: Flask, db: Session, outside: Outside) -> None:
    found = people(db, outside)
    for email in found.values():
        forgets(app, email)
    written = {mail.recipient for mail in outside.mailer.sent}
    assert written == {found["known"], found["upgraded"]}
    assert db.exec(select(ForgottenPassword)).all() == []


def test_a_wish_that_was_answered_or_waited_too_long_is_not_answered_again(db: Session, outside: Outside) -> None:
    user = a_user(db)
    given = {"email": user.email, "address": "192.0.2.1"}
    actions.ask_for_new_password(db, outside, **given)
    answer_forgotten(db, outside, 1)
    assert len(outside.mailer.sent) == 1
    late = ForgottenPassword(sealed=outside.seal.close(user.email), asked_at=outside.now() - PASSWORD_CODE_LIFE)
    db.add(late)
    db.commit()
    answer_forgotten(db, outside, late.id or 0)
    assert len(outside.mailer.sent) == 1


@pytest.mark.parametrize("kind", ["known", "nobody"])
def test_nobody_s_mailbox_is_flooded(kind: str, app: Flask, db: Session, outside: Outside) -> None:
    email = people(db, outside)[kind]
    statuses = []
    for hour in range(4):
        for number in range(MAILED_CODES_AN_HOUR + 2):  # from as many addresses
            place = {"REMOTE_ADDR": f"203.0.{hour}.{number}"}
            statuses.append(app.test_client().post(FORGOTTEN, data={"email": email}, environ_base=place).status_code)
        outside.now.passes(hours=1)
    assert statuses.count(303) == MAILED_CODES_A_DAY
    assert len(outside.mailer.sent) == (MAILED_CODES_A_DAY if kind == "known" else 0)


def test_one_place_asks_for_so_many_and_no_more(app: Flask, db: Session) -> None:
    statuses = [
        app.test_client().post(FORGOTTEN, data={"email": f"p{number}@new.example"}).status_code
        for number in range(MAILED_CODES_PER_ADDRESS + 5)
    ]
    assert statuses == [303] * MAILED_CODES_PER_ADDRESS + [422] * 5


def test_one_place_tries_so_many_codes_and_no_more(app: Flask, db: Session, outside: Outside) -> None:
    user = a_user(db)
    forgets(app, user.email)
    right = {"code": code_mailed_to(outside, user.email), "new": NEW, "again": NEW}
    client = app.test_client()
    for _ in range(MAILED_CODES_PER_ADDRESS):
        assert "does not fit" in client.post(f"{CHOSEN}?lang=en", data=right | {"code": draw()}).text
    assert "Too many tries" in client.post(f"{CHOSEN}?lang=en", data=right).text
    outside.now.passes(minutes=59)
    elsewhere = client.post(CHOSEN, data=right, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert elsewhere.status_code == 303


def test_an_e_mail_alone_never_opens_partnerweb_2(app: Flask, db: Session, outside: Outside) -> None:
    user = a_user(db)
    an_upgraded(db, outside, user)
    outside.now.passes(days=1)
    thief = app.test_client()
    forgets(app, user.email, thief)
    typed = {"code": code_mailed_to(outside, user.email), "new": NEW, "again": NEW}
    assert thief.post(CHOSEN, data=typed).headers["Location"] == "/upgrade/question"
    for path in INSIDE:
        assert thief.get(path).headers["Location"].startswith("/sign-in/second-factor"), path
        assert thief.post(path).status_code in (303, 405), path
    db.rollback()
    levels = select(LoginSession.level).where(LoginSession.user_id == user.id, col(LoginSession.ended_at).is_(None))
    assert list(db.exec(levels)) == [1]


@pytest.mark.parametrize("level", [1, 2])
def test_no_cookie_outlives_the_password(level: int, app: Flask, db: Session, outside: Outside) -> None:
    user = a_user(db)
    if level == 2:
        an_upgraded(db, outside, user)
        outside.now.passes(days=1)
    clients = [signs_in(app.test_client(), user) for _ in range(3)]
    if level == 2:
        proves(clients[0], outside)
    copies = [kept(client) for client in clients]
    assert brought(app, copies[0], "/administration").status_code == 200
    typed = {"current": PASSWORD, "new": NEW, "again": NEW}
    assert clients[0].post("/account/password", data=typed).headers["Location"] == "/administration"
    assert clients[0].get("/administration").status_code == 200  # goes on, under another word
    assert [went(app, copy, path) for copy in copies for path in INSIDE] == ["/sign-in"] * 3 * len(INSIDE)


def test_no_cookie_outlives_a_forgotten_password_or_an_address(app: Flask, db: Session, outside: Outside) -> None:
    user = a_user(db)
    here, elsewhere = signs_in(app.test_client(), user), signs_in(app.test_client(), user)
    copies = [kept(here), kept(elsewhere)]
    here.post("/account/email", data={"email": "me@new.example", "current": PASSWORD})
    here.post("/account/email/activation", data={"code": code_mailed_to(outside, "me@new.example")})
    assert here.get("/administration").status_code == 200
    assert [went(app, copy) for copy in copies] == ["/sign-in"] * 2
    copies.append(kept(here))
    forgets(app, "me@new.example")
    typed = {"code": code_mailed_to(outside, "me@new.example"), "new": NEW, "again": NEW}
    assert app.test_client().post(CHOSEN, data=typed).status_code == 303
    assert [went(app, copy) for copy in copies] == ["/sign-in"] * 3


def test_what_went_to_the_former_address_opens_nothing_any_more(app: Flask, db: Session, outside: Outside) -> None:
    user = a_user(db)
    former, client = user.email, signs_in(app.test_client(), user)
    client.post("/account/email", data={"email": "me@new.example", "current": PASSWORD})
    forgets(app, former)
    client.post("/account/email/activation", data={"code": code_mailed_to(outside, "me@new.example")})
    typed = {"code": code_mailed_to(outside, former), "new": NEW, "again": NEW}
    assert app.test_client().post(CHOSEN, data=typed).status_code == 422
    signs_in(app.test_client(), db.get_one(User, user.id, populate_existing=True))


def test_a_new_password_by_e_mail_voids_an_address_that_waits(app: Flask, db: Session, outside: Outside) -> None:
    user = a_user(db)
    thief = signs_in(app.test_client(), user)
    thief.post("/account/email", data={"email": "thief@new.example", "current": PASSWORD})
    forgets(app, user.email)
    owner = app.test_client()
    typed = {"code": code_mailed_to(outside, user.email), "new": NEW, "again": NEW}
    assert owner.post(CHOSEN, data=typed).status_code == 303
    code = {"code": code_mailed_to(outside, "thief@new.example")}
    assert owner.post("/account/email/activation", data=code).status_code == 422


def test_nobody_learns_whose_address_it_is_from_wishing_for_it(app: Flask, db: Session, outside: Outside) -> None:
    user, taken = a_user(db), a_user(db, email="same@new.example")
    client, told = signs_in(app.test_client(), user), []
    for email in ("first@new.example", taken.email, "free@new.example"):
        with statements() as asked:
            answer = client.post("/account/email", data={"email": email, "current": PASSWORD})
        shown = client.get(answer.headers["Location"]).text.replace(email, "")
        told.append((answer.status_code, asked, re.sub(r'name="csrf_token" value="[^"]+"', "", shown)))
    assert told[1] == told[2]


def test_a_code_of_the_invitation_opens_no_other_door(app: Flask, db: Session, outside: Outside) -> None:
    user = a_user(db)
    code = actions.make_link(db, outside, user, LinkPurpose.INVITATION, life=timedelta(days=1))
    db.commit()
    client = signs_in(app.test_client(), user)
    assert client.post("/account/email/activation", data={"code": code}).status_code == 422
    assert app.test_client().post(CHOSEN, data={"code": code, "new": NEW, "again": NEW}).status_code == 303
