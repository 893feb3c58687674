"""The signed cookie holds a random word; who is signed in, and how far, stands in a row on the server."""

from typing import Any

from flask import Flask, Request, abort, current_app, g, request, session, url_for
from flask_login import LoginManager, UserMixin, login_user, logout_user
from sqlalchemy.exc import OperationalError

from webapp.accounts import actions
from webapp.accounts.devices import device_of
from webapp.accounts.models import LoginSession, User
from webapp.config import LANGUAGES
from webapp.database import reading
from webapp.web.context import db, me, outside
from webapp.web.redirects import whole


class SignedIn(UserMixin):
    """Somebody with a live session."""

    def __init__(self, word: str, user: User, row: LoginSession) -> None:
        self.word, self.user, self.session = word, user, row

    def get_id(self) -> str:
        """What the cookie holds: neither the person nor the row, only a word that a row recognises."""
        return self.word


class Manager(LoginManager):
    """Flask-Login without its remember-me cookie: it would be a way round the second factor."""

    def _load_user_from_remember_cookie(self, cookie: str) -> None:
        return None

    def _load_user_from_request(self, request: Request) -> None:
        return None


manager = Manager()
manager.session_protection = None  # its hash of address and browser would only sign out telephones


@manager.user_loader  # type: ignore[untyped-decorator]
def load(word: str) -> SignedIn | None:
    """The live session that recognises ``word``; using it makes it last longer, unless the page only asks."""
    found = actions.recognise(db(), outside(), word)
    if found is None:
        return None
    if actions.due_to_be_kept_alive(outside(), found[1]) and not g.get("only_asking"):
        _keep_alive(found[1])
    return SignedIn(word, *found)


def _keep_alive(row: LoginSession) -> None:
    db().commit()  # end the reading transaction before one that writes
    was_reading = reading.set(False)
    try:
        actions.keep_alive(db(), outside(), row)
    except OperationalError:  # a locked database must not keep anybody from reading
        db().rollback()
    finally:
        reading.reset(was_reading)


def sign_in(user: User, *, idle_minutes: int | None = None) -> None:
    """Begin a session of whoever gave the password; the word of the one before is dead."""
    before = session.get("_user_id")
    device = device_of(request.user_agent.string)
    how: dict[str, Any] = {"level": 1, "idle_minutes": idle_minutes, "device": device}
    _renew(user, *actions.begin_session(db(), outside(), user, replacing=before, **how))


def carry_on(user: User, *, owes_method: bool, proved: bool) -> None:
    """This session goes on with both factors under a new word; whom somebody signed out meanwhile stays outside."""
    how = {"owes_method": owes_method, "proved": proved}
    carried = actions.carry_on(db(), outside(), user, session.get("_user_id", ""), **how)
    if carried is None:
        sign_out()
        abort(whole(url_for("sign_in.form")))
    _renew(user, *carried)


def renew() -> None:
    """This session goes on as it is under a new word; whom somebody signed out meanwhile stays outside."""
    renewed = actions.renew_session(db(), outside(), me(), session.get("_user_id", ""))
    if renewed is None:
        sign_out()
        abort(whole(url_for("sign_in.form")))
    _renew(me(), *renewed)


def _renew(user: User, word: str, row: LoginSession) -> None:
    _forget_all_but_language()
    login_user(SignedIn(word, user, row))


def sign_out() -> None:
    """End the session on the server; the cookie is worthless from now on."""
    word = session.get("_user_id")
    if word:
        actions.end_session(db(), outside(), word)
    logout_user()
    _forget_all_but_language()


def _forget_all_but_language() -> None:
    language = session.get("language")
    session.clear()
    if language in LANGUAGES:
        session["language"] = language


def _note_the_request() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    reading.set(request.method in ("GET", "HEAD", "OPTIONS") and not getattr(view, "writes", False))
    g.only_asking = getattr(view, "does_not_keep_alive", False)


def _forget_the_request(_error: BaseException | None) -> None:
    reading.set(False)  # whatever this thread does next locks before it reads


def init_app(app: Flask) -> None:
    """Sessions by cookie word; a request that only reads takes no write lock."""
    settings: dict[str, Any] = {
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": app.config["SECURE"],
        "SESSION_COOKIE_NAME": "__Host-portal" if app.config["SECURE"] else "portal",
    }
    app.config.update(settings)
    app.before_request(_note_the_request)
    app.teardown_request(_forget_the_request)
    manager.init_app(app)
