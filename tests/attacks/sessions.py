"""Cookies that were seen once and are brought again, and sessions as Flask makes them, which take them."""

from http.cookies import SimpleCookie
from urllib.parse import urlsplit

import pytest
from flask import Flask, session
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.attacks.arranging import the_code
from tests.factories import PASSWORD
from webapp.accounts.models import LoginSession, User
from webapp.ports import Outside
from webapp.web import sessions as genuine
from webapp.web.context import db

COOKIE = "portal"


def kept(client: FlaskClient, name: str = COOKIE) -> str:
    """The cookie as somebody would copy it."""
    cookie = client.get_cookie(name)
    assert cookie
    return cookie.value


def brought(app: Flask, cookie: str, path: str, name: str = COOKIE, **others: str) -> TestResponse:
    """What a browser that has nothing but this cookie is answered."""
    client = app.test_client()
    client.set_cookie(name, cookie)
    for other, value in others.items():
        client.set_cookie(other, value)
    return client.get(path)


def went(app: Flask, cookie: str, path: str = "/administration", **others: str) -> str:
    """Where somebody with this cookie is sent, or the status of the page that is shown."""
    answer = brought(app, cookie, path, **others)
    return urlsplit(answer.headers.get("Location", "")).path or str(answer.status_code)


def signs_in(client: FlaskClient, user: User) -> FlaskClient:
    """With the password."""
    answer = client.post("/sign-in", data={"email": user.email, "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    return client


def proves(client: FlaskClient, outside: Outside) -> FlaskClient:
    """With the code of the text message that was sent at sign-in."""
    assert client.post("/sign-in/second-factor", data={"code": the_code(outside)}).status_code == 303
    return client


def set_by(answer: TestResponse) -> dict[str, str]:
    """The cookies that an answer sets."""
    found: dict[str, str] = {}
    for header in answer.headers.getlist("Set-Cookie"):
        found |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    return found


def naive_sessions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The portal with the session as Flask makes it: who is signed in, and how far, stands in the cookie itself."""
    renews, recognises = genuine._renew, genuine.load

    def renew(user: User, word: str, row: LoginSession) -> None:
        renews(user, word, row)
        session["row"] = row.model_dump(mode="json")

    def load(word: str) -> genuine.SignedIn | None:
        known = recognises(word)
        if known or "row" not in session:
            return known
        row = LoginSession.model_validate(session["row"])
        return genuine.SignedIn(word, db().get_one(User, row.user_id), row)

    monkeypatch.setattr(genuine, "_renew", renew)
    monkeypatch.setattr(genuine.manager, "_user_callback", load)
