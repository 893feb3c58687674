"""Each refusal of a code has its own true sentence."""

import pytest
from sqlmodel import Session

from tests.factories import an_administrator
from tests.journeys.places import code_in_letter_to, code_on_telephone, signs_in, the_fund_prints_and_posts
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.codes import as_printed
from webapp.ports import Outside
from webapp.upgrade.code import draw


@pytest.fixture
def admin(db: Session) -> User:
    """An administrator who still signs in with a password only."""
    return an_administrator(db, first_name="Élise", last_name="Favre", email="admin@favre.example", language="en")


@pytest.fixture
def code(visitor: Visitor, admin: User, db: Session, outside: Outside) -> str:
    """The code in a letter that was posted to the visitor."""
    signs_in(visitor, admin.email).follows("Yes").presses("Request the upgrade code")
    the_fund_prints_and_posts(db, outside)
    return code_in_letter_to(outside, admin.full_name)


def types(visitor: Visitor, code: str) -> Visitor:
    """On the page for it, with the terms accepted."""
    visitor.goes_to("/upgrade/code").fills("Registration / upgrade code", code)
    return visitor.ticks("I accept the terms of use in force").presses("Continue")


def orders_again(visitor: Visitor, why: str) -> Visitor:
    """Another letter."""
    return visitor.goes_to("/upgrade/letter").chooses(why).presses("Request the upgrade code")


def test_a_wrong_code_tells_how_many_tries_are_left(visitor: Visitor, code: str) -> None:
    wrong = draw()
    types(visitor, wrong).sees("This is not your code. You have 4 more tries.").finds_in(
        "Registration / upgrade code", ""
    )
    types(visitor, wrong).sees("You have 3 more tries.")
    types(visitor, code).sees("Registration of multi-factor logins")


def test_after_five_wrong_codes_even_the_right_one_waits(visitor: Visitor, code: str, clock: Clock) -> None:
    for _ in range(5):
        types(visitor, draw())
    visitor.sees("Too many wrong codes. You can try again at 10:15.")
    types(visitor, code).sees("You can try again at 10:15.")
    clock.passes(minutes=15)
    types(visitor, code).sees("Registration of multi-factor logins")


def test_after_fifteen_wrong_codes_every_code_is_void(
    visitor: Visitor, code: str, clock: Clock, admin: User, outside: Outside
) -> None:
    for number in range(15):
        types(visitor, draw())
        if number % 5 == 4:
            clock.passes(minutes=16)
    visitor.sees("no code sent so far is valid any more")
    told = {mail.recipient for mail in outside.mailer.sent if "code" in mail.subject.lower()}
    assert {admin.email, outside.config.fund.email} <= told
    signs_in(visitor, admin.email)
    types(visitor, code).sees("This code is not valid any more. Order a new letter.")


def test_an_expired_code(visitor: Visitor, code: str, clock: Clock, admin: User) -> None:
    clock.passes(days=30, hours=13)  # 23 December, eleven at night in Switzerland
    signs_in(visitor, admin.email)
    types(visitor.somebody_else().goes_to("/sign-in") and visitor, draw()).sees("This is not your code")
    clock.passes(hours=2)
    signs_in(visitor, admin.email)
    types(visitor, code).sees("This code expired on 23.12.2026. Order a new letter.")
    visitor.goes_to("/upgrade/letter").sees("The code in this letter has expired.")


def test_a_lost_letter_is_void_at_once(visitor: Visitor, code: str, clock: Clock, admin: User) -> None:
    clock.passes(days=2)
    signs_in(visitor, admin.email)
    orders_again(visitor, "It is lost, or someone else may have seen it").sees("Your letter is ordered")
    types(visitor, code).sees("This code was replaced by a newer letter, ordered on 25.11.2026.")


def test_a_letter_lost_on_the_day_it_was_ordered_is_void_at_once_too(visitor: Visitor, code: str) -> None:
    visitor.goes_to("/upgrade/letter").sees("Is your letter lost, or may someone else have seen it?")
    visitor.presses("Make the code void").sees("The code in your letter does not work any more.")
    visitor.sees("The code in this letter is not valid any more.").does_not_see("Make the code void")
    types(visitor, code).sees("This code is not valid any more. Order a new letter.")


def test_a_late_letter_stays_valid(visitor: Visitor, code: str, clock: Clock, admin: User) -> None:
    clock.passes(days=2)
    signs_in(visitor, admin.email)
    orders_again(visitor, "It has not arrived yet").sees("Your letter is ordered")
    types(visitor, as_printed(code.replace(" ", ""))).sees("Registration of multi-factor logins")


def test_ordering_again_must_wait_a_day(visitor: Visitor, code: str, clock: Clock, admin: User) -> None:
    visitor.goes_to("/upgrade/letter").sees("Another one is possible from 24.11.2026 10:00.")
    visitor.does_not_see("Why do you need another letter?")
    clock.passes(hours=25)
    signs_in(visitor, admin.email)
    visitor.goes_to("/upgrade/letter").presses("Request the upgrade code").sees("Say why you need another letter.")


def test_a_used_code(visitor: Visitor, code: str, clock: Clock, admin: User) -> None:
    types(visitor, code).sees("You have time until 10:30.")
    clock.passes(minutes=31)
    signs_in(visitor, admin.email)
    types(visitor, code).sees("This code has been used already.")
    visitor.goes_to("/upgrade/letter").sees("no login was created in time")


def test_the_code_waits_in_another_session_of_the_same_person(
    visitor: Visitor, code: str, admin: User, outside: Outside
) -> None:
    types(visitor, code)
    other = visitor.somebody_else()
    signs_in(other, admin.email).is_at("/login-methods")
    other.follows("Create an SMS login").fills("Mobile number", "079 123 45 67").presses("OK")
    other.fills("SMS code", code_on_telephone(outside)).presses("OK").sees("The data has been saved successfully")
