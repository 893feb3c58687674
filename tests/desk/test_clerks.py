"""flask users clerk-gone: a clerk leaves, is out at once, and nothing of what they did is lost."""

import pytest
from click.testing import Result
from flask import Flask
from sqlmodel import Session, select

from tests.administration.inside import a_clerk_with_both
from tests.doors import sign_in
from tests.factories import PASSWORD, a_clerk, a_user
from webapp.accounts.actions import check_password
from webapp.audit.events import Event
from webapp.audit.models import AuditEvent
from webapp.ports import Outside


def says(app: Flask, db: Session, *words: str, typed: str = "") -> Result:
    """What the command prints."""
    db.commit()  # an open transaction of the test would lock SQLite
    return app.test_cli_runner().invoke(args=["users", *words], input=typed)


def test_a_clerk_who_is_gone_is_out_at_once(app: Flask, db: Session, outside: Outside) -> None:
    paul = a_clerk_with_both(db)
    client = sign_in(app.test_client(), db, outside, paul, level=2)
    assert client.get("/desk").status_code == 200
    told = says(app, db, "clerk-gone", paul.email.upper())
    assert told.exit_code == 0, told.output
    assert "Paul Caisse cannot sign in any more" in told.output
    assert "Nobody is left at the desk." in told.output
    assert client.get("/desk").headers["Location"].startswith("/sign-in")
    assert check_password(db, outside, email=paul.email, password=PASSWORD, address="192.0.2.1").user is None
    db.rollback()
    events = [event.event for event in db.exec(select(AuditEvent).where(AuditEvent.about_id == paul.id))]
    assert Event.USER_DEACTIVATED in events
    assert "already" in says(app, db, "clerk-gone", paul.email).output


def test_whoever_comes_back_is_added_again(app: Flask, db: Session, outside: Outside) -> None:
    paul, _other = a_clerk_with_both(db), a_clerk(db)
    assert "Nobody is left" not in says(app, db, "clerk-gone", paul.email).output
    words = (paul.email, "--name", "Caisse, Paul", "--mobile", "079 555 01 02")
    told = says(app, db, "clerk", *words, typed="Regenschirm-lila-Kutsche\nRegenschirm-lila-Kutsche\n")
    assert told.exit_code == 0, told.output
    db.refresh(paul)
    assert paul.active


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nobody_else_is_shut_out(app: Flask, db: Session) -> None:
    user = a_user(db)
    for email in (user.email, "nobody@fund.example"):
        told = says(app, db, "clerk-gone", email)
        assert told.exit_code == 1
        assert "No clerk of the fund has this address." in told.output
    db.refresh(user)
    assert user.active
