"""What was kept of a login method goes with it; and whoever is answering meanwhile is led on."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select, update

from tests.attacks.arranging import a_pending_sms, a_session, a_telephone, a_ticket
from tests.attacks.holding import an_app
from tests.doors import sign_in
from tests.factories import a_user
from webapp.accounts.models import LoginSession, User
from webapp.login_methods import actions
from webapp.login_methods.method import Proved
from webapp.login_methods.methods.otp import Otp
from webapp.login_methods.models import ERASED, Challenge, Enrolment
from webapp.login_methods.queries import held_by
from webapp.ports import Outside
from webapp.resealing import reseal


@pytest.fixture
def user(db: Session) -> User:
    """Somebody."""
    return a_user(db, language="en")


def kept(db: Session, user: User) -> list[bool]:
    """Of each of the person's methods, as they were begun: whether anything is kept."""
    db.rollback()
    rows = db.exec(select(Enrolment.kept).where(Enrolment.user_id == user.id).order_by(Enrolment.id)).all()  # type: ignore[arg-type]
    return [row != ERASED for row in rows]


def with_two(db: Session, outside: Outside, user: User) -> tuple[Enrolment, LoginSession]:
    """An app beside a telephone; the session in which it was confirmed."""
    a_telephone(db, outside, user)
    session = a_session(db, outside, user, level=2)
    app, _asked = actions.begin(db, outside, user, session, slug="otp", answers={})
    db.execute(update(Enrolment).where(Enrolment.id == app.id).values(confirmed_at=outside.now()))  # type: ignore[arg-type]
    db.commit()
    return app, session


def test_a_method_that_is_removed_leaves_nothing(db: Session, outside: Outside, user: User) -> None:
    app, session = with_two(db, outside, user)
    assert kept(db, user) == [True, True]
    [telephone] = [one for one in held_by(db, user) if one.method == "sms"]
    assert actions.remove(db, outside, user, session, telephone) is None
    assert kept(db, user) == [False, True]
    assert held_by(db, user) == [app]
    assert reseal(db, outside.seal) >= 1
    assert db.exec(select(Enrolment.shown_as).where(Enrolment.id == telephone.id)).one()
    outside.now.passes(days=1)  # type: ignore[attr-defined]
    actions.forget_abandoned(db, outside)
    assert db.exec(select(Enrolment.shown_as).where(Enrolment.id == telephone.id)).one() == ""
    assert held_by(db, user) == [app]


def test_what_is_begun_anew_or_replaced_leaves_nothing(db: Session, outside: Outside, user: User) -> None:
    a_telephone(db, outside, user)
    outside.now.passes(days=1)  # type: ignore[attr-defined]
    a_ticket(db, outside, user)
    session = a_session(db, outside, user)
    a_pending_sms(db, outside, user, session, "079 555 03 03")
    outside.now.passes(minutes=1)  # type: ignore[attr-defined]
    new, code = a_pending_sms(db, outside, user, session, "079 555 04 04")
    assert kept(db, user) == [True, False, True]
    assert actions.answer(db, outside, user, session, new, code).outcome == "right"
    assert kept(db, user) == [False, False, True]
    assert "+41795550101" in [sms.number for sms in outside.sms.sent if "no longer sends" in sms.text]  # type: ignore[attr-defined]


def test_what_was_begun_and_left_is_forgotten_after_a_day(db: Session, outside: Outside, user: User) -> None:
    a_telephone(db, outside, user)
    outside.now.passes(minutes=1)  # type: ignore[attr-defined]
    a_pending_sms(db, outside, user, a_session(db, outside, user), "079 555 03 03")
    for seconds, left in ((0, True), (1, False)):
        outside.now.passes(days=1 - seconds, seconds=seconds)  # type: ignore[attr-defined]
        actions.forget_abandoned(db, outside)
        assert kept(db, user) == [True, left]


def test_what_was_asked_is_forgotten_a_day_later(db: Session, outside: Outside, user: User) -> None:
    a_telephone(db, outside, user)
    [asked] = db.exec(select(Challenge)).all()
    db.rollback()
    outside.now.time = asked.expires_at + timedelta(days=1)  # type: ignore[attr-defined]
    for left in (1, 0):
        actions.forget_abandoned(db, outside)
        assert len(db.exec(select(Challenge)).all()) == left
        db.rollback()
        outside.now.passes(seconds=1)  # type: ignore[attr-defined]


def test_who_answers_what_goes_at_that_moment_is_led_on(
    app: Flask, db: Session, outside: Outside, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    held = an_app(db, outside, user).enrolment
    client = sign_in(app.test_client(), db, outside, user, level=1)

    def goes_meanwhile(*_given: Any) -> Proved:
        held.remove(outside.now())
        db.commit()
        return Proved({"key": "x", "step": 9})

    monkeypatch.setattr(Otp, "proves", goes_meanwhile)
    answer = client.post("/sign-in/second-factor", data={"code": "123456"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in/second-factor")
    assert kept(db, user) == [False]
    assert {row.level for row in db.exec(select(LoginSession)) if not row.ended_at} == {1}
