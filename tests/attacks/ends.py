"""How a session ends, each way as people do it; whoever goes on at the same browser does so under another word."""

from flask.testing import FlaskClient
from sqlmodel import Session

from tests.attacks.arranging import a_code, a_telephone, the_code
from tests.attacks.forgetful import CHOSEN, NEW, forgets
from tests.doors import sign_in
from tests.factories import PASSWORD, an_administrator
from tests.journeys.mail import code_mailed_to
from webapp.accounts.actions.admitting import deactivate
from webapp.accounts.models import User
from webapp.ports import Outside


def an_upgraded_person(db: Session, outside: Outside) -> User:
    """Upgraded yesterday."""
    user = an_administrator(db)
    a_telephone(db, outside, user)
    user.upgraded_at = outside.now()
    db.commit()
    outside.now.passes(days=1)  # type: ignore[attr-defined]
    return user


def signs_out(client: FlaskClient, db: Session, outside: Outside, user: User) -> None:
    """Here."""
    assert client.post("/sign-out").status_code == 303


def is_signed_out_elsewhere(client: FlaskClient, db: Session, outside: Outside, user: User) -> None:
    """From another device, which stays signed in."""
    other = client.application.test_client()
    sign_in(other, db, outside, user, level=2 if user.upgraded_at else 1)
    assert other.post("/account/sessions/others/end").status_code == 303
    assert other.get("/account/sessions").status_code == 200


def is_deactivated(client: FlaskClient, db: Session, outside: Outside, user: User) -> None:
    """By another administrator."""
    other = an_administrator(db, employer_id=user.employer_id)
    assert deactivate(db, outside, user, by=other) is None


def changes_the_password(client: FlaskClient, db: Session, outside: Outside, user: User) -> None:
    """And goes on here."""
    answer = client.post("/account/password", data={"current": PASSWORD, "new": NEW, "again": NEW})
    assert answer.headers["Location"] == "/administration"
    assert client.get("/administration").status_code == 200


def renews_a_forgotten_password(client: FlaskClient, db: Session, outside: Outside, user: User) -> None:
    """At another browser, with the code of the e-mail."""
    forgets(client.application, user.email)
    typed = {"code": code_mailed_to(outside, user.email), "new": NEW, "again": NEW}
    assert client.application.test_client().post(CHOSEN, data=typed).status_code == 303


def activates_another_address(client: FlaskClient, db: Session, outside: Outside, user: User) -> None:
    """And goes on here."""
    client.post("/account/email", data={"email": "me@new.example", "current": PASSWORD})
    code = {"code": code_mailed_to(outside, "me@new.example")}
    assert client.post("/account/email/activation", data=code).status_code == 303
    assert client.get("/administration").status_code == 200


def upgrades(client: FlaskClient, db: Session, outside: Outside, user: User) -> None:
    """From the code of the letter to both factors, and goes on here."""
    client.post("/upgrade/code", data={"code": a_code(db, outside, user), "accepted": "y"})
    begun = client.post("/login-methods/sms/new", data={"number": "079 555 01 01"}).headers["Location"]
    assert client.post(begun, data={"code": the_code(outside)}).headers["Location"] == "/login-methods"
    assert client.post("/upgrade/completion").status_code == 303
    assert "PartnerWeb 2.0" in client.get("/").text
