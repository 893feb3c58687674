"""An administrator says what somebody may do; it counts at once, is told by e-mail, and is noted."""

from flask import Flask
from sqlmodel import Session

from tests.doors import sign_in
from tests.factories import LONG_AGO, a_clerk, a_user, an_administrator, an_employer
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.ports import Outside

BOTH = {"language": "en", "upgraded_at": LONG_AGO, "factor_since": LONG_AGO}


def two(db: Session) -> tuple[User, User]:
    """An administrator, and somebody of the same company; both upgraded."""
    company = an_employer(db)
    return an_administrator(db, company, **BOTH), a_user(db, company, last_name="Rochat", **BOTH)


def at_permissions(visitor: Visitor, db: Session, outside: Outside, admin: User, user: User) -> Visitor:
    """From the person's page."""
    sign_in(visitor.client, db, outside, admin, level=2)
    return visitor.goes_to(f"/administration/users/{user.public_id}").follows("Change the permissions")


def test_what_is_chosen_counts_at_once_and_is_told(visitor: Visitor, app: Flask, db: Session, outside: Outside) -> None:
    admin, user = two(db)
    theirs = sign_in(app.test_client(), db, outside, user, level=2)
    assert theirs.get("/administration/users").status_code == 403
    at_permissions(visitor, db, outside, admin, user).chooses("Read", of="Administration")
    visitor.chooses("None", of="Salaries").presses("Save").sees(
        "The permissions of Anne Rochat have been changed.", "Read, edit and transmit"
    )
    seen = theirs.get("/administration/users")
    assert seen.status_code == 200
    assert "Request the upgrade code" not in seen.text
    assert theirs.get(f"/administration/users/{admin.public_id}").status_code == 200
    assert theirs.get(f"/administration/users/{admin.public_id}/changes").status_code == 403
    [mail] = outside.mailer.sent
    assert mail.subject == "Your permissions in PartnerWeb have changed"
    assert "Salaries: None (before: Read, edit and transmit)\n\nAdministration: Read (before: None)" in mail.text
    assert "Documents" not in mail.text
    assert "/administration/permissions" in mail.text
    visitor.goes_to("/administration/activity").sees("Permissions changed: Salaries, now “None”")
    db.refresh(user)
    assert user.topics == {"salaries": "none", "administration": "read"}


def test_nothing_changed_is_said_and_nobody_is_written_to(visitor: Visitor, db: Session, outside: Outside) -> None:
    admin, user = two(db)
    at_permissions(visitor, db, outside, admin, user).presses("Save")
    visitor.sees("The permissions of Anne Rochat are as they were.")
    assert not outside.mailer.sent


def test_an_administrators_permissions_are_all_of_them(visitor: Visitor, db: Session, outside: Outside) -> None:
    admin, _user = two(db)
    sign_in(visitor.client, db, outside, admin, level=2)
    visitor.goes_to(f"/administration/users/{admin.public_id}/permissions")
    visitor.sees("Administrators may do everything.")


def test_more_than_reading_in_the_administration_is_not_given(
    visitor: Visitor, app: Flask, db: Session, outside: Outside
) -> None:
    admin, user = two(db)
    sign_in(visitor.client, db, outside, admin, level=2)
    app.config["WTF_CSRF_ENABLED"] = False
    levels = dict.fromkeys(("salaries", "employees", "allowances", "documents", "accounting"), "read")
    path = f"/administration/users/{user.public_id}/permissions"
    assert visitor.client.post(path, data=levels | {"administration": "transmit"}).status_code == 422
    assert visitor.client.post(path, data=levels | {"administration": "read"}).status_code == 303


MINE = "What I may do"


def test_everybody_sees_what_they_may_do_themselves(visitor: Visitor, db: Session, outside: Outside) -> None:
    admin, user = two(db)
    user.topics = {"salaries": "none", "documents": "read"}
    db.commit()
    sign_in(visitor.client, db, outside, user, level=2)
    visitor.goes_to("/administration").follows(MINE).is_at("/administration/permissions")
    visitor.sees("Administrator no", "Salaries None", "Documents Read", "Employees Read, edit and transmit")
    visitor.does_not_see("mandate").follows("Back").is_at("/administration")
    boss = visitor.somebody_else()
    sign_in(boss.client, db, outside, admin, level=2)
    boss.goes_to("/administration").follows(MINE).sees("Administrators may do everything.", "Administrator yes")


def test_also_before_the_upgrade_and_never_for_the_fund(
    visitor: Visitor, db: Session, outside: Outside, app: Flask
) -> None:
    sign_in(visitor.client, db, outside, a_user(db, language="en"), level=1)
    visitor.goes_to("/administration").follows(MINE).sees("Administration None")
    clerk = sign_in(app.test_client(), db, outside, a_clerk(db, **BOTH), level=2)
    assert clerk.get("/administration/permissions").status_code == 404
    assert MINE not in clerk.get("/desk").text
