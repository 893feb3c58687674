"""A one-time password as the first login method, and at each sign-in."""

import pytest
from sqlmodel import Session

from tests.attacks.arranging import a_ticket
from tests.factories import an_administrator
from tests.journeys.authenticator import Authenticator, address_on
from tests.journeys.places import signs_in
from tests.journeys.test_upgrade import has_a_letter, types_the_code
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.ports import Outside

FIELD = "Code from the app"


@pytest.fixture
def admin(db: Session) -> User:
    """An administrator who still signs in with a password only."""
    return an_administrator(db, first_name="Élise", last_name="Favre", email="admin@favre.example", language="en")


@pytest.fixture
def with_ticket(visitor: Visitor, admin: User, db: Session, outside: Outside) -> Visitor:
    """Signed in, with the code of the letter typed."""
    a_ticket(db, outside, admin)
    return signs_in(visitor, admin.email).goes_to("/login-methods")


def begins(visitor: Visitor) -> Visitor:
    """The key is shown."""
    return visitor.follows("Create an OTP login").sees("needs no reception").presses("Continue")


def test_from_the_letter_to_the_app(visitor: Visitor, admin: User, db: Session, outside: Outside, clock: Clock) -> None:
    types_the_code(visitor, has_a_letter(visitor, admin, db, outside)).sees("One-time password (OTP)", "Strong")
    begins(visitor).sees("Scan this square", "Copy the key by hand", "admin@favre.example")
    app = Authenticator(address_on(visitor), clock)
    visitor.fills(FIELD, app.shows()).presses("OK").sees("The data has been saved successfully")
    visitor.does_not_see("Scan this square").presses("Close").sees("Welcome to PartnerWeb 2.0")
    assert "OTP" in outside.mailer.sent[-1].text  # type: ignore[attr-defined]
    visitor.presses("Sign out")
    clock.passes(minutes=5)
    signs_in(visitor, admin.email).sees("Second step", "Open your authenticator app", "PartnerWeb (")
    visitor.does_not_see("Scan", "The key")
    code = app.shows()
    visitor.fills(FIELD, f"{code[:3]} {code[3:]}").presses("OK").sees("Welcome to PartnerWeb 2.0")
    visitor.presses("Sign out")
    signs_in(visitor, admin.email).fills(FIELD, code).presses("OK").sees("This code has been used already")
    clock.passes(seconds=30)
    visitor.fills(FIELD, app.shows()).presses("OK").sees("Welcome to PartnerWeb 2.0")


def test_the_app_is_named_after_the_fund_and_the_account(with_ticket: Visitor, outside: Outside, clock: Clock) -> None:
    app = Authenticator(address_on(begins(with_ticket)), clock)
    assert app.account.issuer == f"PartnerWeb {outside.config.fund.name('en')}"
    assert str(app.account.name).startswith("admin@favre.example (")
    assert len(app.key) == 32


def test_the_key_comes_again_until_it_counts(with_ticket: Visitor, clock: Clock) -> None:
    app = Authenticator(address_on(begins(with_ticket)), clock)
    page = with_ticket.follows("Problems with the code from the app?").follows("Back").sees("Scan this square")
    assert Authenticator(address_on(page), clock).key == app.key
    page.fills(FIELD, "000000").presses("OK").sees("You have 9 more tries")
    assert Authenticator(address_on(page), clock).key == app.key
    page.follows("Start again with a new key").presses("Continue")
    assert Authenticator(address_on(page), clock).key != app.key
    page.fills(FIELD, app.shows()).presses("OK").sees("not the code that the app shows")


def test_what_is_no_code_costs_nothing(with_ticket: Visitor, clock: Clock) -> None:
    app = Authenticator(address_on(begins(with_ticket)), clock)
    for typed, sentence in (("", "Enter the code that the app shows"), ("12345", "You typed 5.")):
        for _ in range(6):
            with_ticket.fills(FIELD, typed).presses("OK").sees(sentence)
    with_ticket.fills(FIELD, app.shows()).presses("OK").sees("The data has been saved successfully")


@pytest.mark.parametrize(("fast", "sentence"), [(-120, "the clock of your device is slow"), (120, "Set it to auto")])
def test_a_wrong_clock_is_recognised(with_ticket: Visitor, clock: Clock, fast: int, sentence: str) -> None:
    app = Authenticator(address_on(begins(with_ticket)), clock, fast)
    with_ticket.fills(FIELD, app.shows()).presses("OK").sees(sentence)


def test_a_wrong_clock_is_told_to_nobody_later(with_ticket: Visitor, admin: User, clock: Clock) -> None:
    app = Authenticator(address_on(begins(with_ticket)), clock)
    with_ticket.fills(FIELD, app.shows()).presses("OK").presses("Sign out")
    clock.passes(minutes=5)
    ahead = app.account.at(clock().timestamp() + 120)  # type: ignore[attr-defined]
    signs_in(with_ticket, admin.email).fills(FIELD, ahead).presses("OK").does_not_see("clock")
