"""Somebody new comes in: invited, with a password by the mailed link and a telephone by the code of the letter."""

import re

from sqlmodel import Session, select

from tests.administration.inside import a_company, comes_in
from tests.journeys.places import code_in_letter_to, code_on_telephone, the_fund_prints_and_posts
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.ports import Outside

NEW = "/administration/users/new"
PASSWORD = "kanal-Turm-Zwieback-88"


def invited(visitor: Visitor, db: Session, outside: Outside) -> str:
    """The code in the welcome e-mail to Anna Neu."""
    comes_in(visitor, db, outside, a_company(db).admin).goes_to(NEW)
    visitor.fills("First name", "Anna").fills("Last name", "Neu").fills("E-mail address", "anna@neu.example")
    visitor.chooses("English", of="Language").presses("Create the user").sees("The account is made.")
    text = outside.mailer.sent[-1].text  # type: ignore[attr-defined]
    [code] = re.findall(r"/sign-in/new-password#(\w+)", text)
    return str(code)


def sets_a_password(anna: Visitor, code: str) -> Visitor:
    """On the page to which the e-mail leads."""
    anna.goes_to("/sign-in/new-password?lang=en").fills("Code from the e-mail", code)
    return anna.fills("New password", PASSWORD).fills("New password once more", PASSWORD).presses("Set the password")


def test_from_the_invitation_to_partnerweb_2(visitor: Visitor, db: Session, outside: Outside, clock: Clock) -> None:
    anna, code = visitor.somebody_else(), invited(visitor, db, outside)
    sets_a_password(anna, code).sees("Your new password is set.")
    anna.goes_to("/upgrade/letter").sees("Expected by")
    the_fund_prints_and_posts(db, outside)
    clock.passes(days=2)
    anna.goes_to("/sign-in?lang=en").fills("E-mail address", "anna@neu.example").fills("Password", PASSWORD)
    anna.presses("Sign in").goes_to("/upgrade/code")
    anna.fills("Registration / upgrade code", code_in_letter_to(outside, "Anna Neu"))
    anna.ticks("I accept the terms of use in force").presses("Continue").follows("Create an SMS login")
    anna.fills("Mobile number", "079 555 03 03").presses("OK").fills("SMS code", code_on_telephone(outside))
    anna.presses("OK").sees("The data has been saved successfully").presses("Close").sees("Welcome to PartnerWeb 2.0")
    user = db.exec(select(User).where(User.email == "anna@neu.example")).one()
    assert (user.upgraded, user.administrator) == (True, False)


def test_the_link_is_worth_nothing_twice_nor_for_who_is_deactivated(
    visitor: Visitor, db: Session, outside: Outside
) -> None:
    anna, code = visitor.somebody_else(), invited(visitor, db, outside)
    visitor.follows("Deactivate this account").presses("Deactivate this account").sees("can no longer sign in")
    sets_a_password(anna, code).does_not_see("Your new password is set.")
    visitor.presses("Activate again")
    sets_a_password(anna, code).does_not_see("Your new password is set.")


def test_a_link_opens_once(visitor: Visitor, db: Session, outside: Outside) -> None:
    anna, code = visitor.somebody_else(), invited(visitor, db, outside)
    sets_a_password(anna, code).sees("Your new password is set.")
    sets_a_password(visitor.somebody_else(), code).does_not_see("Your new password is set.")
