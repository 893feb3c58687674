"""Somebody has forgotten the password: an e-mail brings a code, and never takes a second factor's place."""

from sqlmodel import Session

from tests.attacks.arranging import an_upgraded
from tests.factories import PASSWORD, a_user
from tests.journeys.mail import code_mailed_to, page_in_mail_to, subjects
from tests.journeys.places import code_on_telephone, signs_in
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.ports import Outside

NEW = "Regenschirm-lila-Kutsche"
CODE, WANTED, AGAIN = "Code from the e-mail", "New password", "New password once more"


def somebody(db: Session) -> User:
    """Somebody who reads English."""
    return a_user(db, first_name="Julia", last_name="Tremblay", email="julia@bakery.example", language="en")


def asks(visitor: Visitor, email: str) -> Visitor:
    """From the page of signing in."""
    visitor.goes_to("/sign-in?lang=en").follows("Forgotten your password?")
    return visitor.fills("E-mail address", email).presses("Send the code")


def chooses(visitor: Visitor, code: str, new: str = NEW) -> Visitor:
    """With the code."""
    return visitor.fills(CODE, code).fills(WANTED, new).fills(AGAIN, new).presses("Set the password")


def test_with_the_code_a_new_password_is_set(visitor: Visitor, db: Session, outside: Outside) -> None:
    user = somebody(db)
    elsewhere = signs_in(visitor.somebody_else(), user.email)
    asks(visitor, "Julia@Bakery.example").is_at("/sign-in/new-password").sees("an e-mail is on its way")
    assert page_in_mail_to(outside, user.email) == (
        "/sign-in/new-password",
        code_mailed_to(outside, user.email).replace(" ", ""),
    )
    chooses(visitor, code_mailed_to(outside, user.email)).is_at("/upgrade/question").sees("Your new password is set.")
    assert subjects(outside, user.email) == ["Choose a new password", "Your password has been changed"]
    visitor.goes_to("/account/activity").sees("Link for a new password sent", "New password set with the link")
    elsewhere.goes_to("/administration").is_at("/sign-in")
    signs_in(elsewhere, user.email).sees("do not match")
    elsewhere.fills("Password", NEW).presses("Sign in").is_at("/upgrade/question")


def test_the_second_factor_is_asked_for_all_the_same(visitor: Visitor, db: Session, outside: Outside) -> None:
    user = somebody(db)
    an_upgraded(db, outside, user)
    outside.now.passes(days=1)  # type: ignore[attr-defined]
    asks(visitor, user.email)
    chooses(visitor, code_mailed_to(outside, user.email)).is_at("/sign-in/second-factor")
    for door in ("/", "/administration", "/account/password", "/account/email", "/login-methods", "/letters"):
        visitor.goes_to(door).is_at("/sign-in/second-factor")
    visitor.fills("SMS code", code_on_telephone(outside)).presses("OK").is_at("/letters")
    visitor.goes_to("/").sees("PartnerWeb 2.0")


def test_a_code_works_once_for_an_hour_and_only_the_newest(
    visitor: Visitor, db: Session, outside: Outside, clock: Clock
) -> None:
    user = somebody(db)
    asks(visitor, user.email)
    first = code_mailed_to(outside, user.email)
    asks(visitor, user.email)
    chooses(visitor, first).sees("This code is not valid any more.").finds_in(CODE, first).finds_in(WANTED, "")
    second = code_mailed_to(outside, user.email)
    clock.passes(hours=1)
    chooses(visitor, second).sees("This code has expired.")
    asks(visitor, user.email)
    third = code_mailed_to(outside, user.email)
    chooses(visitor, third.lower().replace(" ", "-")).sees("Your new password is set.").presses("Sign out")
    chooses(visitor.goes_to("/sign-in/new-password"), third).sees("This code has been used already.")


def test_what_can_be_no_code_is_said(visitor: Visitor, db: Session, outside: Outside) -> None:
    asks(visitor, somebody(db).email)
    chooses(visitor, "4KTT 78ZD").sees("The code has 28 characters. You typed 8.")
    code = code_mailed_to(outside, "julia@bakery.example")
    chooses(visitor, ("B" if code[0] != "B" else "C") + code[1:]).sees("One character seems mistyped")
    chooses(visitor, "O" + code[1:]).sees("It never contains the letter O")
    chooses(visitor, "").sees("Enter the code from the e-mail.")


def test_a_weak_password_does_not_use_the_code_up(visitor: Visitor, db: Session, outside: Outside) -> None:
    user = somebody(db)
    asks(visitor, user.email)
    code = code_mailed_to(outside, user.email)
    chooses(visitor, code, "Julia.Tremblay.26").sees("consists of your name").finds_in(CODE, code)
    chooses(visitor, code).sees("Your new password is set.")


def test_who_remembers_after_all_need_not_do_anything(visitor: Visitor, db: Session, outside: Outside) -> None:
    user = somebody(db)
    asks(visitor, user.email)
    signs_in(visitor, user.email).is_at("/upgrade/question")


def test_somebody_new_sets_a_first_password(visitor: Visitor, db: Session, outside: Outside) -> None:
    user = a_user(db, email="new@bakery.example", password_hash=None)
    signs_in(visitor, user.email).sees("do not match")
    asks(visitor, user.email)
    chooses(visitor, code_mailed_to(outside, user.email)).is_at("/upgrade/question")
    assert PASSWORD != NEW
