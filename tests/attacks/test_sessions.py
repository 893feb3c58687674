"""A session is over when the portal says so: no copied, planted, forged or older cookie opens anything."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from tests.attacks.arranging import a_code, a_telephone, the_code
from tests.attacks.ends import (
    an_upgraded_person,
    changes_the_password,
    is_deactivated,
    is_signed_out_elsewhere,
    signs_out,
)
from tests.attacks.sessions import brought, kept, naive_sessions, proves, signs_in, went
from tests.factories import LONG_AGO, an_administrator
from tests.test_routes import ONLY_SQLITE
from webapp.accounts.actions.admitting import activate
from webapp.accounts.models import User
from webapp.login_methods import queries
from webapp.ports import Outside
from webapp.upgrade.actions import closing


def _waits(client: FlaskClient, db: Session, outside: Outside, user: User) -> None:
    outside.now.passes(minutes=20)


def _works_twelve_hours(client: FlaskClient, db: Session, outside: Outside, user: User) -> None:
    for _quarter in range(47):
        outside.now.passes(minutes=15)
        assert client.get("/administration").status_code == 200
    outside.now.passes(minutes=15)


def _is_activated_again(client: FlaskClient, db: Session, outside: Outside, user: User) -> None:
    is_deactivated(client, db, outside, user)
    assert activate(db, outside, user, by=user) is None


pytestmark = pytest.mark.usefixtures("without_tokens")
ENDS = [signs_out, _waits, _works_twelve_hours, is_deactivated, _is_activated_again, is_signed_out_elsewhere]
ENDS.append(changes_the_password)


@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize("level", [1, 2])
def test_a_copied_cookie_ends_with_the_session(
    ends: Callable[..., None], level: int, app: Flask, db: Session, outside: Outside
) -> None:
    user = an_administrator(db) if level == 1 else an_upgraded_person(db, outside)
    client = signs_in(app.test_client(), user)
    if level == 2:
        proves(client, outside)
    copied = kept(client)
    assert brought(app, copied, "/administration").status_code == 200
    ends(client, db, outside, user)
    assert [brought(app, copied, path).status_code for path in ("/", "/administration", "/letters")] == [303] * 3


@ONLY_SQLITE
@pytest.mark.parametrize("ends", ENDS)
def test_the_same_harness_catches_a_session_that_lives_in_the_cookie(
    ends: Callable[..., None], app: Flask, db: Session, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    naive_sessions(monkeypatch)
    user = an_administrator(db)
    client = signs_in(app.test_client(), user)
    copied = kept(client)
    ends(client, db, outside, user)
    assert brought(app, copied, "/administration").status_code == 200  # caught


def test_the_half_session_dies_when_the_other_half_is_given(app: Flask, db: Session, outside: Outside) -> None:
    client = signs_in(app.test_client(), an_upgraded_person(db, outside))
    half = kept(client)
    proves(client, outside)
    for path in ("/", "/administration", "/sign-in/second-factor"):
        assert went(app, half, path) == "/sign-in", path


def test_a_planted_session_is_not_the_one_that_is_signed_in(app: Flask, db: Session, outside: Outside) -> None:
    mallory, victim = an_administrator(db), an_upgraded_person(db, outside)
    planted = kept(signs_in(app.test_client(), mallory))
    browser = app.test_client()
    browser.set_cookie("portal", planted)
    signs_in(browser, victim)
    assert kept(browser) != planted
    assert brought(app, planted, "/administration").status_code == 303
    half = kept(browser)
    proves(browser, outside)
    assert len({planted, half, kept(browser)}) == 3
    assert browser.get("/administration").status_code == 200
    assert {brought(app, cookie, "/administration").status_code for cookie in (planted, half)} == {303}


def test_sessions_from_before_the_upgrade_are_over(app: Flask, db: Session, outside: Outside) -> None:
    user = an_administrator(db)
    old = [kept(signs_in(app.test_client(), user)) for _ in range(3)]
    browser = signs_in(app.test_client(), user)
    password_only = kept(browser)
    code = a_code(db, outside, user)
    browser.post("/upgrade/code", data={"code": code, "accepted": "y"})
    begun = browser.post("/login-methods/sms/new", data={"number": "079 555 01 01"}).headers["Location"]
    assert browser.post(begun, data={"code": the_code(outside)}).headers["Location"] == "/login-methods"
    with_both = kept(browser)
    assert went(app, password_only) == "/sign-in"
    for cookie in old:  # not ended yet, but worth nothing without the second factor
        assert went(app, cookie) == "/sign-in/second-factor"
    assert browser.post("/upgrade/completion").status_code == 303
    db.refresh(user)
    assert user.upgraded_at
    assert "PartnerWeb 2.0" in browser.get("/").text
    for cookie in (*old, password_only):
        assert went(app, cookie) == "/sign-in"
    assert went(app, with_both) == "200"  # the id is that of the last rise


def test_a_password_session_cannot_close_the_upgrade(app: Flask, db: Session, outside: Outside) -> None:
    user = an_administrator(db)
    a_telephone(db, outside, user)
    outside.now.passes(days=1)
    half = signs_in(app.test_client(), user)
    assert half.post("/upgrade/completion").headers["Location"].startswith("/sign-in/second-factor")
    db.refresh(user)
    assert user.upgraded_at is None
    bare = an_administrator(db, factor_since=LONG_AGO)  # says so, holds none
    assert not queries.held_by(db, bare)
    assert not closing.close(db, outside, bare, None)  # type: ignore[arg-type]
