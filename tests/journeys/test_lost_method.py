"""The telephone is lost: the password and a new letter, and nothing else, lead to a new login method."""

import pytest
from sqlmodel import Session, select

from tests.journeys.losing import CODE, LINK, NEW, held, orders, registers, somebody_upgraded, subjects, types
from tests.journeys.places import code_in_letter_to, code_on_telephone, signs_in, the_fund_prints_and_posts
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.letters.models import Letter
from webapp.ports import Outside


@pytest.fixture
def julia(db: Session, outside: Outside) -> User:
    """Somebody who signs in with a telephone, and does not administer anything."""
    return somebody_upgraded(db, outside)


def test_a_lost_telephone_is_a_letter_away(
    visitor: Visitor, julia: User, db: Session, outside: Outside, clock: Clock
) -> None:
    orders(visitor, julia).does_not_see("Rue du Marché", "1800", "Vevey")
    assert subjects(outside, julia.email) == ["A letter for a new login method was ordered"]
    clock.passes(days=1)
    the_fund_prints_and_posts(db, outside)
    code = code_in_letter_to(outside, "Julia Favre")
    clock.passes(days=3)
    elsewhere = visitor.somebody_else()
    signs_in(elsewhere, julia.email).sees("Second step")
    signs_in(visitor, julia.email).follows(LINK).sees("Valid until").follows("Enter the code")
    visitor.fills(CODE, code.lower()).presses("Continue").sees("The code is right", "You have time until")
    assert held(db, julia) == ["01"]  # nothing has changed yet
    elsewhere.goes_to("/login-methods").is_at("/sign-in/second-factor")  # the password alone gets nothing of it
    clock.passes(minutes=1)
    registers(visitor, outside).sees("The data has been saved successfully").goes_to("/").is_at("/")
    assert held(db, julia) == ["02"]
    assert subjects(outside, julia.email)[1:] == [
        "Your letter for PartnerWeb is in the post",
        "A login method has been removed",
        "A login method has been added",
    ]
    assert not any(code.replace(" ", "") in mail.text.replace(" ", "") for mail in outside.mailer.sent)
    assert outside.sms.sent[-1].number == "+41795550101"  # the old one is told
    elsewhere.goes_to("/login-methods").is_at("/sign-in")
    clock.passes(minutes=5)
    signs_in(visitor, julia.email).sees("+41 79 ••• •• 02")
    assert outside.sms.sent[-1].number == "+41795550202"
    types(visitor, code).sees("This code has been used already")


def test_what_is_not_finished_leaves_the_old_telephone(
    visitor: Visitor, julia: User, db: Session, outside: Outside, clock: Clock
) -> None:
    orders(visitor, julia)
    the_fund_prints_and_posts(db, outside)
    types(visitor, code_in_letter_to(outside, "Julia Favre")).follows("Create an SMS login")
    visitor.fills("Mobile number", NEW).presses("OK")
    clock.passes(minutes=31)
    signs_in(visitor, julia.email).sees("+41 79 ••• •• 01")
    visitor.follows(LINK).sees("no login was created in time").goes_to("/login-methods").is_at("/sign-in/second-factor")
    visitor.fills("SMS code", code_on_telephone(outside)).presses("OK").is_at("/").sees("Welcome to PartnerWeb 2.0")
    assert held(db, julia) == ["01"]


def test_whoever_finds_the_telephone_again_needs_no_letter(
    visitor: Visitor, julia: User, db: Session, outside: Outside, clock: Clock
) -> None:
    orders(visitor, julia)
    the_fund_prints_and_posts(db, outside)
    code = code_in_letter_to(outside, "Julia Favre")
    clock.passes(minutes=1)
    visitor.goes_to("/sign-in/second-factor").fills("SMS code", code_on_telephone(outside)).presses("OK")
    visitor.sees("the letter for a new one is cancelled").goes_to("/letters").sees("New login method after a loss")
    clock.passes(minutes=5)
    signs_in(visitor, julia.email)
    types(visitor, code).sees("This code is not valid any more").goes_to("/sign-in/second-factor/lost")
    visitor.sees("What happens", "A letter was ordered less than a day ago").does_not_see("Order again")


def test_a_waiting_letter_is_not_printed_after_the_telephone_was_found(
    visitor: Visitor, julia: User, db: Session, outside: Outside
) -> None:
    orders(visitor, julia).goes_to("/sign-in/second-factor")
    visitor.fills("SMS code", code_on_telephone(outside)).presses("OK").sees("is cancelled")
    db.rollback()
    assert db.exec(select(Letter.withdrawn_at)).one() is not None


def test_a_late_letter_and_a_lost_one(
    visitor: Visitor, julia: User, db: Session, outside: Outside, clock: Clock
) -> None:
    orders(visitor, julia)
    the_fund_prints_and_posts(db, outside)
    first = code_in_letter_to(outside, "Julia Favre")
    visitor.goes_to("/sign-in/second-factor/lost").sees("Another one is possible from")
    clock.passes(days=2)
    signs_in(visitor, julia.email).follows(LINK).chooses("It has not arrived yet").presses("Order the letter")
    visitor.sees("Your letter is ordered")
    the_fund_prints_and_posts(db, outside)
    clock.passes(days=2)
    signs_in(visitor, julia.email).follows(LINK).chooses("It is lost, or someone else may have seen it")
    visitor.presses("Order the letter").sees("Your letter is ordered")
    types(visitor, first).sees("This code was replaced by a newer letter")


def test_a_letter_that_somebody_may_have_seen_is_void_at_once(
    visitor: Visitor, julia: User, db: Session, outside: Outside
) -> None:
    orders(visitor, julia)
    the_fund_prints_and_posts(db, outside)
    visitor.goes_to("/sign-in/second-factor/lost").presses("Make the code void")
    visitor.sees("The code in your letter does not work any more.")
    types(visitor, code_in_letter_to(outside, "Julia Favre")).sees("This code is not valid any more")


def test_a_wrong_address_holds_the_letter(visitor: Visitor, julia: User, db: Session, outside: Outside) -> None:
    signs_in(visitor, julia.email).follows(LINK).follows("This address is wrong").does_not_see("Rue du Marché")
    visitor.fills("What is wrong?", "We moved to Rue Neuve 3.").presses("Report to the fund")
    visitor.sees("Your letter waits", "On 02.01.2027 you said that this address is wrong")
    [told] = [mail for mail in outside.mailer.sent if mail.recipient == outside.config.fund.email]
    assert "seul le mot de passe a été donné" in told.text  # the fund reads its first language


def test_with_both_factors_there_is_nothing_to_recover(visitor: Visitor, julia: User, outside: Outside) -> None:
    signs_in(visitor, julia.email).fills("SMS code", code_on_telephone(outside)).presses("OK")
    visitor.goes_to("/sign-in/second-factor/lost").is_at("/sign-in/second-factor").sees("sign out first")
