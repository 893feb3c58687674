"""An administrator, or the fund, starts a recovery for somebody; only that person finishes it."""

import pytest
from sqlmodel import Session

from tests.attacks.arranging import an_upgraded
from tests.factories import a_clerk, a_user, an_administrator, an_employer
from tests.journeys.losing import orders, registers, somebody_upgraded, subjects, types
from tests.journeys.places import code_in_letter_to, code_on_telephone, signs_in, the_fund_prints_and_posts
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.ports import Outside


@pytest.fixture
def julia(db: Session, outside: Outside) -> User:
    """Somebody who signs in with a telephone, and does not administer anything."""
    return somebody_upgraded(db, outside)


def test_the_fund_is_told_of_an_administrator(visitor: Visitor, db: Session, outside: Outside, clock: Clock) -> None:
    admin = an_administrator(db, first_name="Élise", last_name="Favre", email="admin@favre.example", language="en")
    an_upgraded(db, outside, admin)
    clock.passes(minutes=5)
    orders(visitor, admin)
    [told] = [mail for mail in outside.mailer.sent if mail.recipient == outside.config.fund.email]
    assert "Élise Favre" in told.text
    assert told.subject == "Une nouvelle méthode de login est demandée pour un compte d’administrateur"


def test_an_administrator_starts_it_and_cannot_finish_it(
    visitor: Visitor, julia: User, db: Session, outside: Outside, clock: Clock
) -> None:
    admin = an_administrator(db, first_name="Élise", last_name="Favre", email="e@favre.example", language="en")
    admin.employer_id = julia.employer_id
    an_upgraded(db, outside, admin)
    clock.passes(minutes=5)
    signs_in(visitor, admin.email).fills("SMS code", code_on_telephone(outside)).presses("OK")
    visitor.goes_to("/administration/users").follows("Details: Favre, Julia").follows("Order a letter for a new login")
    visitor.sees("Favre, Julia", "Rue du Marché 7", "1800 Vevey").presses("Order the letter")
    visitor.sees("The letter is ordered", "New login method after a loss").does_not_see(
        "Order a letter for a new login"
    )
    [told] = [mail for mail in outside.mailer.sent if mail.recipient == julia.email]
    assert "Élise Favre has ordered a letter for you" in told.text
    assert subjects(outside, outside.config.fund.email) == []  # Julia administers nothing
    the_fund_prints_and_posts(db, outside)
    code = code_in_letter_to(outside, "Julia Favre")
    visitor.presses("Sign out")
    clock.passes(minutes=5)
    signs_in(visitor, admin.email)
    types(visitor, code).sees("This is not your code")
    signs_in(visitor, julia.email)
    registers(types(visitor, code), outside).sees("The data has been saved successfully")


def test_somebody_who_has_not_upgraded_needs_no_such_letter(
    visitor: Visitor, db: Session, outside: Outside, clock: Clock
) -> None:
    employer = an_employer(db)
    admin = an_administrator(db, employer, email="e@favre.example", language="en")
    an_upgraded(db, outside, admin)
    marc = a_user(db, employer, first_name="Marc", last_name="Rochat")
    clock.passes(minutes=5)
    signs_in(visitor, admin.email).fills("SMS code", code_on_telephone(outside)).presses("OK")
    visitor.goes_to(f"/administration/users/{marc.public_id}").does_not_see("Order a letter for a new login")
    visitor.goes_to(f"/administration/users/{marc.public_id}/recovery-letter").sees("no multi-factor login yet")
    visitor.does_not_see("Order the letter")


def test_the_fund_starts_it_for_an_administrator_and_is_told(
    visitor: Visitor, db: Session, outside: Outside, clock: Clock
) -> None:
    admin = an_administrator(db, first_name="Élise", last_name="Favre", email="admin@favre.example", language="en")
    clerk = a_clerk(db, language="en")
    an_upgraded(db, outside, admin)
    clock.passes(minutes=1)
    an_upgraded(db, outside, clerk)
    clock.passes(minutes=5)
    signs_in(visitor, clerk.email).fills("SMS code", code_on_telephone(outside)).presses("OK")
    visitor.goes_to(f"/desk/users/{admin.public_id}").follows("Order a letter for a new login")
    visitor.sees("The fund is told too").presses("Order the letter").sees("The letter is ordered")
    assert subjects(outside, admin.email)[-1] == "A letter for a new login method was ordered"
    assert len(subjects(outside, outside.config.fund.email)) == 1


def test_a_clerk_is_handed_a_new_method_at_the_fund(
    visitor: Visitor, db: Session, outside: Outside, clock: Clock
) -> None:
    clerk = a_clerk(db, language="en")
    an_upgraded(db, outside, clerk)
    clock.passes(minutes=5)
    signs_in(visitor, clerk.email).follows("I no longer have my telephone")
    visitor.sees("is handed a new login method there, not by post").does_not_see("Order the letter", "address")
