"""From a password to a multi-factor login: the whole way, as a person goes it."""

import pytest
from sqlmodel import Session

from tests.factories import a_user, an_administrator, an_employer
from tests.journeys.places import code_in_letter_to, code_on_telephone, signs_in, the_fund_prints_and_posts
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.ports import Outside


@pytest.fixture
def admin(db: Session) -> User:
    """An administrator who still signs in with a password only."""
    return an_administrator(db, first_name="Élise", last_name="Favre", email="admin@favre.example", language="en")


def has_a_letter(visitor: Visitor, admin: User, db: Session, outside: Outside) -> str:
    """Order, print, post; the code in the letter."""
    signs_in(visitor, admin.email).follows("Yes").presses("Request the upgrade code")
    the_fund_prints_and_posts(db, outside)
    return code_in_letter_to(outside, admin.full_name)


def types_the_code(visitor: Visitor, code: str) -> Visitor:
    """On the page for it, with the terms accepted."""
    visitor.goes_to("/upgrade/code").fills("Registration / upgrade code", code)
    return visitor.ticks("I accept the terms of use in force").presses("Continue")


def test_from_the_password_to_both_factors(
    visitor: Visitor, admin: User, db: Session, outside: Outside, clock: Clock
) -> None:
    signs_in(visitor, admin.email).sees("Upgrade now").follows("Yes").sees("Rue du Marché 7")
    visitor.presses("Request the upgrade code").sees("Your letter is ordered", "Expected by", "27.11.2026")
    clock.passes(days=1)
    the_fund_prints_and_posts(db, outside)
    code = code_in_letter_to(outside, "Élise Favre")
    assert code.replace(" ", "") not in "".join(mail.text + mail.subject for mail in outside.mailer.sent)
    signs_in(visitor, admin.email).sees("Upgrade now").follows("Yes").is_at("/upgrade/code")
    types_the_code(visitor, code.lower()).sees("Registration of multi-factor logins")
    visitor.follows("Create an SMS login").fills("Mobile number", "079 123 45 67").presses("OK").sees(
        "+41 79 ••• •• 67"
    )
    assert outside.sms.sent[-1].number == "+41791234567"
    visitor.fills("SMS code", code_on_telephone(outside)).presses("OK")
    visitor.sees("The data has been saved successfully").presses("Close")
    visitor.sees("Welcome to PartnerWeb 2.0").is_at("/")
    assert outside.mailer.sent[-1].subject == "Your multi-factor login is active"
    visitor.presses("Sign out").sees("You are signed out")
    clock.passes(minutes=5)
    signs_in(visitor, admin.email).sees("Second step", "+41 79 ••• •• 67").goes_to("/").sees("Second step")
    visitor.fills("SMS code", code_on_telephone(outside)).presses("OK").sees("Welcome to PartnerWeb 2.0")


def test_the_other_devices_are_signed_out(visitor: Visitor, admin: User, db: Session, outside: Outside) -> None:
    elsewhere = visitor.somebody_else()
    signs_in(elsewhere, admin.email).sees("Upgrade now")
    code = has_a_letter(visitor, admin, db, outside)
    types_the_code(visitor, code).follows("Create an SMS login").fills("Mobile number", "0791234567").presses("OK")
    visitor.fills("SMS code", code_on_telephone(outside)).presses("OK").presses("Close")
    elsewhere.goes_to("/administration").is_at("/sign-in")


def test_not_now_rests_for_a_week(visitor: Visitor, admin: User, clock: Clock) -> None:
    signs_in(visitor, admin.email).presses("Not now").sees("Welcome to PartnerWeb").does_not_see("2.0 opens")
    clock.passes(days=6)
    signs_in(visitor, admin.email).sees("General information").is_at("/")
    clock.passes(days=2)
    signs_in(visitor, admin.email).sees("Upgrade now")


def test_somebody_without_rights_asks(visitor: Visitor, admin: User, db: Session, outside: Outside) -> None:
    marc = a_user(db, None, employer_id=admin.employer_id, first_name="Marc", last_name="Rochat", language="en")
    signs_in(visitor, marc.email).follows("Yes").sees("You have no administrator rights", "Élise Favre")
    visitor.does_not_see("Is this address right?").presses("Ask my administrators for the code")
    visitor.sees("We have written to Élise Favre").presses("Ask again").sees("Your request is noted")
    assert [mail.recipient for mail in outside.mailer.sent] == [admin.email]
    assert "Marc Rochat" in outside.mailer.sent[0].text


def test_a_company_without_administrators_is_sent_to_the_fund(visitor: Visitor, db: Session) -> None:
    alone = a_user(db, an_employer(db), language="en")
    signs_in(visitor, alone.email).follows("Yes").sees("has no active administrator. Please call the fund.")


def test_a_wrong_address_holds_the_letter(visitor: Visitor, admin: User, db: Session, outside: Outside) -> None:
    signs_in(visitor, admin.email).follows("Yes").follows("This address is wrong")
    visitor.fills("What is wrong?", "We moved to Rue Neuve 3.").presses("Report to the fund")
    visitor.sees("Your letter waits", "On 23.11.2026 you said that this address is wrong")
    assert [mail.recipient for mail in outside.mailer.sent if mail.recipient == outside.config.fund.email]
    from webapp.letters.actions import start_run  # noqa: PLC0415

    assert start_run(db, outside, None) is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("4KTT 78ZD", "The code has 12 characters. You typed 8."),
        ("4KTT 78ZO TZ6M", "never contains the letter O"),
        ("4KTT 78ZD TZ6M", "One character seems mistyped"),
        ("", "Enter the code from your letter."),
    ],
)
def test_a_mistyped_code_is_explained_and_costs_nothing(
    visitor: Visitor, admin: User, db: Session, outside: Outside, typed: str, sentence: str
) -> None:
    code = has_a_letter(visitor, admin, db, outside)
    for _ in range(7):
        types_the_code(visitor, typed).sees(sentence)
    visitor.finds_in("Registration / upgrade code", typed)
    types_the_code(visitor, code).sees("Registration of multi-factor logins")


def test_both_mistakes_are_said_at_once(visitor: Visitor, admin: User, db: Session, outside: Outside) -> None:
    has_a_letter(visitor, admin, db, outside)
    visitor.goes_to("/upgrade/code").fills("Registration / upgrade code", "4KTT").presses("Continue")
    visitor.sees("The code has 12 characters. You typed 4.", "Accept the terms of use to go on.")
