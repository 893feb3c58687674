"""One sees where one is signed in, and signs out there at once; nobody else's session is in reach."""

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from tests.doors import sign_in
from tests.factories import a_user
from tests.journeys.places import signs_in
from tests.visitor import Visitor
from webapp.accounts.models import LoginSession, User
from webapp.ports import Outside

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def elsewhere(app: Flask, db: Session, outside: Outside, person: User) -> FlaskClient:
    """Signed in on another device, of which nothing is known."""
    return sign_in(app.test_client(), db, outside, person, level=1)


def lives(client: FlaskClient) -> bool:
    """Whether its session still opens a page."""
    return client.get("/account/sessions").status_code == 200


def test_each_device_is_named_and_can_be_signed_out(
    visitor: Visitor, app: Flask, db: Session, outside: Outside
) -> None:
    person = a_user(db, language="en")
    visitor.client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    signs_in(visitor, person.email).goes_to("/administration").follows("Where you are signed in")
    visitor.sees("Firefox, Windows", "You are here.", "You are signed in on no other device.")
    other = elsewhere(app, db, outside, person)
    assert lives(other)
    visitor.goes_to("/account/sessions").sees("Unknown device").presses("Sign out there")
    visitor.sees("You are signed out on that device.").does_not_see("Unknown device")
    assert not lives(other)


def test_everywhere_else_at_once(visitor: Visitor, app: Flask, db: Session, outside: Outside) -> None:
    person = a_user(db, language="en")
    signs_in(visitor, person.email)
    others = [elsewhere(app, db, outside, person) for _ in range(3)]
    stranger = elsewhere(app, db, outside, a_user(db))
    visitor.goes_to("/account/sessions").presses("Sign out everywhere else")
    visitor.sees("You are signed out everywhere else.", "You are signed in on no other device.")
    assert not any(lives(other) for other in others)
    assert lives(stranger)


def test_neither_the_own_session_nor_another_persons_is_ended_by_its_number(
    visitor: Visitor, app: Flask, db: Session, outside: Outside
) -> None:
    person, another = a_user(db, language="en"), a_user(db)
    signs_in(visitor, person.email)
    stranger = elsewhere(app, db, outside, another)
    numbers = db.exec(select(LoginSession.id).order_by(col(LoginSession.id))).all()
    db.commit()
    app.config["WTF_CSRF_ENABLED"] = False
    for number in (*numbers, 10**6):
        answer = visitor.client.post(f"/account/sessions/{number}/end")
        assert answer.status_code == 404, number
    assert lives(stranger)
    visitor.goes_to("/account/sessions").sees("You are here.")


def test_what_one_changes_about_oneself_is_noted(visitor: Visitor, app: Flask, db: Session, outside: Outside) -> None:
    person = a_user(db, language="en")
    signs_in(visitor, person.email).goes_to("/account/settings").ticks("Low rows in tables").presses("Save")
    elsewhere(app, db, outside, person)
    visitor.goes_to("/account/sessions").presses("Sign out there")
    visitor.goes_to("/account/activity").sees("Personal settings changed", "Signed out on one other device")
