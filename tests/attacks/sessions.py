"""Cookies that were seen once and are brought again, and a portal as Flask makes it, which takes them."""

from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from flask import Flask, session
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.attacks.arranging import the_code
from tests.factories import PASSWORD
from webapp.accounts.models import User
from webapp.ports import Outside

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


def naive_portal() -> Flask:
    """Who is signed in stands in the signed cookie itself, as in most examples."""
    app = Flask("naive")
    app.secret_key = "naive"

    @app.post("/sign-in")
    def sign_in() -> str:
        session["user"] = 1
        return "welcome"

    @app.post("/sign-out")
    def sign_out() -> str:
        session.clear()
        return "goodbye"

    @app.get("/")
    def home() -> tuple[str, int]:
        return ("inside", 200) if session.get("user") else ("outside", 303)

    return app
