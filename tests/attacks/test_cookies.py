"""No cookie, header or address but the one word of a live session says who somebody is."""

import secrets

import pytest
from flask import Flask
from flask_login.utils import encode_cookie
from itsdangerous import URLSafeTimedSerializer
from sqlmodel import Session

from tests.attacks.sessions import brought, kept, set_by, signs_in, went
from tests.factories import PASSWORD, a_user

pytestmark = [
    pytest.mark.usefixtures("without_tokens"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]


def test_remember_me_does_not_exist(app: Flask, db: Session, rounds: int) -> None:
    user = a_user(db)
    client = app.test_client()
    answer = client.post("/sign-in", data={"email": user.email, "password": PASSWORD, "remember": "y", "longer": "y"})
    assert set(set_by(answer)) == {"portal"}
    with client.session_transaction() as cookie:
        assert "_remember" not in cookie
        word = cookie["_user_id"]
    tokens = [f"{one}|{secrets.token_hex(64)}" for one in (user.id, user.public_id, user.email, word)] * (rounds * 5)
    with app.test_request_context():  # as Flask-Login itself would sign them
        tokens += [encode_cookie(str(one)) for one in (user.id, user.public_id, user.email, word)]
    for token in tokens:
        assert went(app, "", remember_token=token) == "/sign-in"


def test_only_the_cookie_is_asked_and_only_ours(app: Flask, db: Session) -> None:
    user = a_user(db)
    client = signs_in(app.test_client(), user)
    copied = kept(client)
    with client.session_transaction() as session:
        word = session["_user_id"]
    forged = URLSafeTimedSerializer("another key", salt="cookie-session").dumps({"_user_id": word, "_fresh": True})
    for cookie in (str(forged), copied[:-1], copied + "A", word, str(user.id), "", "." * 3000):
        assert brought(app, cookie, "/administration").status_code == 303, cookie[:80]
    stranger = app.test_client()
    for place in (f"?portal={copied}&session={copied}&_user_id={word}", ""):
        headers = {"Authorization": f"Bearer {word}", "X-Session": copied, "X-Forwarded-User": user.email}
        assert stranger.get(f"/administration{place}", headers=headers).status_code == 303
