"""Nobody comes in by an e-mail alone, or stays in with the password or the address of before."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from tests.attacks.arranging import an_upgraded
from tests.attacks.forgetful import CHOSEN, NEW, forgets, statements
from tests.attacks.said import said
from tests.attacks.sessions import brought, kept, proves, signs_in, went
from tests.factories import PASSWORD, a_user
from tests.journeys.mail import code_mailed_to
from webapp.accounts import actions
from webapp.accounts.links import LinkPurpose
from webapp.accounts.models import LoginSession, User
from webapp.ports import Outside

INSIDE = ("/", "/administration", "/letters", "/account/password", "/account/email", "/login-methods")
pytestmark = pytest.mark.usefixtures("without_tokens")


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
        shown = said(client.get(answer.headers["Location"])).replace(email, "")
        told.append((answer.status_code, asked, shown))
    assert told[1] == told[2]


def test_a_code_of_the_invitation_opens_no_other_door(app: Flask, db: Session, outside: Outside) -> None:
    user = a_user(db)
    code = actions.make_link(db, outside, user, LinkPurpose.INVITATION, life=timedelta(days=1))
    db.commit()
    client = signs_in(app.test_client(), user)
    assert client.post("/account/email/activation", data={"code": code}).status_code == 422
    assert app.test_client().post(CHOSEN, data={"code": code, "new": NEW, "again": NEW}).status_code == 303
