"""Somebody changes the password, and comes in with the new one only."""

import pytest
from sqlmodel import Session

from tests.attacks.arranging import an_upgraded
from tests.factories import PASSWORD, a_clerk, a_user
from tests.journeys.mail import subjects
from tests.journeys.places import code_on_telephone, signs_in
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.ports import Outside

NEW = "Regenschirm-lila-Kutsche"
PRESENT, WANTED, AGAIN = "Present password", "New password", "New password once more"


def types(visitor: Visitor, present: str = PASSWORD, new: str = NEW, again: str | None = None) -> Visitor:
    """Fills in the form, and sends it."""
    visitor.fills(PRESENT, present).fills(WANTED, new).fills(AGAIN, new if again is None else again)
    return visitor.presses("Change password")


def somebody(db: Session) -> User:
    """Somebody with a name that is easy to guess with."""
    return a_user(db, first_name="Julia", last_name="Tremblay", email="julia@bakery.example", language="en")


def test_the_password_is_changed_and_only_the_new_one_opens(visitor: Visitor, db: Session, outside: Outside) -> None:
    user = somebody(db)
    elsewhere = signs_in(visitor.somebody_else(), user.email)
    signs_in(visitor, user.email).goes_to("/administration").follows("Change password").sees("At least 12 characters")
    types(visitor).is_at("/administration").sees("Your password has been changed.")
    visitor.goes_to("/account/activity").sees("Password changed")
    elsewhere.goes_to("/administration").is_at("/sign-in")
    assert subjects(outside, user.email) == ["Your password has been changed"]
    signs_in(elsewhere, user.email).sees("do not match an active account")
    elsewhere.fills("Password", NEW).presses("Sign in").goes_to("/administration").is_at("/administration")


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("kurz", "needs at least 12 characters"),
        ("x" * 1025, "1024 characters at most"),
        ("Julia.Tremblay.26", "consists of your name"),
        ("Boulangerie2026!", "consists of your name, your address, your company or the portal"),
        ("Partnerweb-2026!", "or the portal"),
        ("Lausanne2026!!", "words that many people take"),
        ("abcdefghijklmnop", "Repetitions, rows of letters"),
        (PASSWORD, "This is your present password."),
        ("", "Enter the new password."),
    ],
)
def test_why_a_password_is_not_taken(visitor: Visitor, db: Session, new: str, sentence: str) -> None:
    signs_in(visitor, somebody(db).email).goes_to("/account/password")
    types(visitor, new=new).is_at("/account/password").sees("There is a problem", sentence).finds_in(WANTED, "")
    types(visitor).sees("Your password has been changed.")


def test_a_slip_of_the_fingers_is_noticed(visitor: Visitor, db: Session) -> None:
    signs_in(visitor, somebody(db).email).goes_to("/account/password")
    types(visitor, again=NEW.lower()).sees("The two new passwords are not the same.")


def test_wrong_present_passwords_lead_to_a_pause_here_and_nowhere_else(
    visitor: Visitor, db: Session, outside: Outside, clock: Clock
) -> None:
    user = somebody(db)
    elsewhere = signs_in(visitor.somebody_else(), user.email)
    signs_in(visitor, user.email).goes_to("/account/password")
    for _ in range(10):
        types(visitor, present="wrong").sees("This is not your present password.")
    types(visitor).sees("Too many wrong passwords. You can try again at 10:15.")
    types(elsewhere.goes_to("/account/password")).sees("Your password has been changed.")
    assert len(outside.mailer.sent) == 1  # type: ignore[attr-defined]


def test_whoever_has_a_second_factor_keeps_it_and_proves_it_first(
    visitor: Visitor, db: Session, outside: Outside, clock: Clock
) -> None:
    user = somebody(db)
    an_upgraded(db, outside, user)
    clock.passes(days=1)
    signs_in(visitor, user.email).fills("SMS code", code_on_telephone(outside)).presses("OK")
    clock.passes(minutes=15)
    visitor.goes_to("/administration")
    clock.passes(minutes=15)
    visitor.goes_to("/account/password").is_at("/sign-in/second-factor").presses("Send the SMS")
    visitor.fills("SMS code", code_on_telephone(outside)).presses("OK").is_at("/account/password")
    types(visitor).is_at("/administration").follows("Login process").sees("+41 79 ••• •• 01")


def test_a_clerk_of_the_fund_changes_it_from_the_desk(
    visitor: Visitor, db: Session, outside: Outside, clock: Clock
) -> None:
    clerk = a_clerk(db, language="en")
    an_upgraded(db, outside, clerk)
    clock.passes(days=1)
    signs_in(visitor, clerk.email).fills("SMS code", code_on_telephone(outside)).presses("OK")
    visitor.goes_to("/desk").follows("Change password")
    types(visitor).is_at("/desk").sees("Your password has been changed.")
