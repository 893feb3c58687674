"""What is set right about a person: names and language; told to the person, and kept when the register is imported."""

import pytest
from sqlmodel import Session, col, select

from tests.administration.inside import Company, a_clerk_with_both, comes_in, written_to
from tests.factories import a_user, an_administrator
from tests.journeys.mail import code_mailed_to
from tests.journeys.test_invitation import sets_a_password
from tests.pages import text_of
from tests.visitor import Visitor
from webapp.accounts.links import AccountLink
from webapp.accounts.models import User
from webapp.ports import Outside


@pytest.mark.parametrize("level", [1, 2])
def test_names_and_language(visitor: Visitor, db: Session, outside: Outside, company: Company, level: int) -> None:
    admin = company.admin if level == 2 else an_administrator(db, company.employer, first_name="Hélène", language="en")
    page = company.page_of(company.julia)
    comes_in(visitor, db, outside, admin, level).goes_to(page).follows("Modify").finds_in("Last name", "Muster")
    visitor.fills("Last name", "  ").fills("First name", "x" * 61).presses("Save")
    visitor.sees("Enter the last name.", "60 characters at most, please.").finds_in("First name", "x" * 61)
    visitor.fills("First name", "Giulia").fills("Last name", "Muster \n Rossi").chooses("Italiano", of="Language")
    visitor.presses("Save").is_at(page).sees("The changes are saved.", "Muster Rossi, Giulia", "Italiano")
    assert len(written_to(outside, company.julia)) == 1
    assert "Giulia Muster Rossi" in outside.mailer.sent[-1].text
    db.refresh(company.julia)
    assert (company.julia.language, company.julia.search[:12]) == ("it", "muster rossi")
    visitor.follows("Modify").presses("Save").sees("Nothing was changed.")
    assert len(written_to(outside, company.julia)) == 1


def test_what_was_and_what_is_stands_in_the_e_mail(
    visitor: Visitor, db: Session, outside: Outside, company: Company
) -> None:
    clerk = a_clerk_with_both(db)
    comes_in(visitor, db, outside, clerk).goes_to(f"/desk/users/{company.julia.public_id}/changes")
    visitor.fills("Last name", "Rossi").presses("Save").sees("Rossi, Julia")
    [mail] = [mail for mail in outside.mailer.sent if mail.recipient == company.julia.email]
    assert "Your name was Julia Muster. Now it is Julia Rossi." in mail.text
    assert "The fund changed your account on 23.11.2026" in mail.text
    assert "language" not in mail.text


def test_another_language_is_none_of_the_four(
    visitor: Visitor, db: Session, outside: Outside, company: Company
) -> None:
    comes_in(visitor, db, outside, company.admin)
    visitor.client.application.config["WTF_CSRF_ENABLED"] = False
    given = {"first_name": "Julia", "last_name": "Muster", "email": company.julia.email, "language": "rm"}
    assert visitor.client.post(f"{company.page_of(company.julia)}/changes", data=given).status_code == 422
    db.refresh(company.julia)
    assert company.julia.language == "en"


def readdresses(visitor: Visitor, company: Company, user: User, email: str) -> Visitor:
    """By the administrator."""
    visitor.goes_to(f"{company.page_of(user)}/changes").fills("E-mail address", email)
    return visitor.presses("Save")


def test_who_has_a_password_activates_the_new_address(
    visitor: Visitor, db: Session, outside: Outside, company: Company
) -> None:
    former = company.julia.email
    comes_in(visitor, db, outside, company.admin)
    for email in ("Julia@New.example", company.admin.email):  # the second is somebody's: nobody is told that here
        readdresses(visitor, company, company.julia, email).sees("counts once the person has activated it")
        visitor.sees(f"{email.lower()}, not activated yet")
        assert outside.mailer.sent[-2].recipient == email.casefold()
        assert outside.mailer.sent[-1].recipient == former
        for mail in outside.mailer.sent[-2:]:
            assert company.admin.full_name in mail.text
            assert "You would like" not in mail.text
    db.refresh(company.julia)
    assert company.julia.email == former


def test_who_is_new_gets_another_welcome_there_at_once(
    visitor: Visitor, db: Session, outside: Outside, company: Company
) -> None:
    new = a_user(db, company.employer, password_hash=None, email="mistyped@favre.example", language="en")
    comes_in(visitor, db, outside, company.admin)
    readdresses(visitor, company, new, company.julia.email).sees("This address cannot be used.")
    readdresses(visitor, company, new, "nobody").sees("This is not an e-mail address.")
    assert not outside.mailer.sent
    for email in ("once@favre.example", "twice@favre.example"):
        readdresses(visitor, company, new, email).sees("The new address counts at once.").does_not_see("Nothing was")
        assert outside.mailer.sent[-1].subject == "Welcome to PartnerWeb: choose your password"
        assert outside.mailer.sent[-1].recipient == email
    assert outside.mailer.sent[0].recipient == "mistyped@favre.example"
    assert "It has another e-mail address now." in outside.mailer.sent[0].text
    assert "Sign in as usual" not in outside.mailer.sent[0].text
    assert "once@favre.example" not in outside.mailer.sent[0].text, "the one of before may be a stranger's"
    db.refresh(new)
    assert (new.email, new.register_said["email"]) == ("twice@favre.example", "mistyped@favre.example")
    still_open = select(AccountLink).where(col(AccountLink.withdrawn_at).is_(None))
    assert len(db.exec(still_open).all()) == 1


def test_an_address_sent_elsewhere_is_told_and_opens_no_more_than_a_password(
    visitor: Visitor, db: Session, outside: Outside, company: Company
) -> None:
    new = a_user(db, company.employer, password_hash=None, email="new@favre.example", language="en", last_name="Neu")
    comes_in(visitor, db, outside, company.admin)
    readdresses(visitor, company, new, "mine@elsewhere.example")
    to_former, to_new = outside.mailer.sent
    assert (to_former.recipient, to_new.recipient) == ("new@favre.example", "mine@elsewhere.example")
    assert "Hélène Favre changed your account" in to_former.text
    assert "call us" in to_former.text
    visitor.goes_to("/administration/activity")
    rows = [text_of(row) for row in visitor.page.document.query("tbody tr")]
    [row] = [row for row in rows if "New e-mail address activated" in row]
    assert "Neu" in row
    assert "You" in row
    thief = sets_a_password(visitor.somebody_else(), code_mailed_to(outside, "mine@elsewhere.example"))
    thief.sees("Your new password is set.")
    for closed in ("/administration/activity", "/administration/mandates", "/login-methods", "/login-methods/sms/new"):
        thief.goes_to(closed)
        assert not thief.path.startswith(closed), closed
    thief.goes_to("/upgrade/code").fills("Registration / upgrade code", "4KTT78ZDTZ6M")
    thief.ticks("I accept the terms of use in force").presses("Continue").is_at("/upgrade/code")


def test_ones_own_address_and_a_password_alone_are_not_enough(
    visitor: Visitor, db: Session, outside: Outside, company: Company
) -> None:
    comes_in(visitor, db, outside, company.admin).goes_to(f"{company.page_of(company.admin)}/changes")
    visitor.does_not_see("E-mail address")
    other = an_administrator(db, company.employer, language="en")
    visitor.presses("Sign out")
    comes_in(visitor, db, outside, other, level=1).goes_to(f"{company.page_of(company.julia)}/changes")
    visitor.does_not_see("E-mail address").fills("Last name", "Rossi").presses("Save").sees("The changes are saved.")
