"""Several login methods: adding, naming, preferring, another way, removing; each change proved afresh and told."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlmodel import Session

from tests.attacks.arranging import an_upgraded
from tests.factories import a_user
from tests.journeys.places import code_on_telephone, signs_in
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.ports import Outside

FIRST, SECOND = "+41 79 ••• •• 01", "+41 78 ••• •• 22"


@pytest.fixture
def anne(db: Session, outside: Outside, clock: Clock) -> User:
    """Who has upgraded with one telephone, and signs in the next day."""
    anne = a_user(db, language="en", email="anne@favre.example")
    an_upgraded(db, outside, anne)
    clock.passes(days=1)
    outside.mailer.sent.clear()
    return anne


def comes_in(visitor: Visitor, anne: User, outside: Outside) -> Visitor:
    """With the password and the code that is sent at once."""
    signs_in(visitor, anne.email).sees("Second step").fills("SMS code", code_on_telephone(outside))
    return visitor.presses("OK").sees("Welcome to PartnerWeb 2.0")


def adds_a_telephone(visitor: Visitor, outside: Outside, number: str = "078 555 22 22") -> Visitor:
    """From the shelf."""
    visitor.goes_to("/login-methods").follows("Create an SMS login").fills("Mobile number", number).presses("OK")
    visitor.fills("SMS code", code_on_telephone(outside)).presses("OK")
    return visitor.sees("The data has been saved successfully").is_at("/login-methods")


def subjects(outside: Outside) -> list[str]:
    """Of the e-mails that were sent."""
    return [mail.subject for mail in outside.mailer.sent]


def test_from_one_to_two_and_back(visitor: Visitor, anne: User, outside: Outside, clock: Clock) -> None:
    comes_in(visitor, anne, outside).follows("Login methods").sees(FIRST, "Basic protection", "Last used on 24.11.2026")
    clock.passes(minutes=1)
    adds_a_telephone(visitor, outside).sees(FIRST, SECOND)
    visitor.follows("Change or remove", beside=SECOND).fills("Name", "Office telephone").presses("Save")
    visitor.sees("The name has been saved", "Office telephone", "SMS login, " + SECOND)
    visitor.follows("Change or remove", beside=FIRST).presses("Ask for this first")
    visitor.sees("From now on you are asked for this first: SMS login.")
    visitor.follows("Change or remove", beside=FIRST).sees("Asked for first").does_not_see("Ask for this first")
    assert subjects(outside) == [
        "A login method has been added",
        "A login method has a new name",
        "Another login method is asked for first",
    ]
    visitor.follows("Remove this login method").sees(
        "Remove this login method?", "signed out on your other devices"
    ).presses("Remove this login method")
    visitor.sees("This login method has been removed: SMS login.", "Office telephone").does_not_see(FIRST)
    assert subjects(outside)[3:] == ["A login method has been removed"]
    assert outside.sms.sent[-1].number == "+41795550101"
    assert "no longer sends codes to this number" in outside.sms.sent[-1].text
    visitor.follows("Change or remove", beside=SECOND).follows("Remove this login method").sees(
        "This is your only login method"
    )
    assert (
        "Remove this login method"
        not in visitor.page.text.partition("This is your only")[2].partition("Register another one first")[0]
    )
    clock.passes(minutes=5)
    signs_in(visitor, anne.email).sees(SECOND).does_not_see("Another way")


def test_what_is_told_is_told_in_ones_language_and_holds_no_secret(
    visitor: Visitor, anne: User, db: Session, outside: Outside, clock: Clock
) -> None:
    comes_in(visitor, anne, outside)
    clock.passes(minutes=1)
    adds_a_telephone(visitor, outside)
    (mail,) = outside.mailer.sent
    assert mail.recipient == anne.email
    assert "24.11.2026" in mail.text
    assert outside.config.fund.phone in mail.text
    assert SECOND.replace(" ", "\N{NO-BREAK SPACE}") in mail.text
    assert "555 22" not in mail.text
    assert code_on_telephone(outside) not in mail.text


def test_another_way(visitor: Visitor, anne: User, outside: Outside, clock: Clock) -> None:
    comes_in(visitor, anne, outside)
    clock.passes(minutes=1)
    adds_a_telephone(visitor, outside)
    clock.passes(minutes=30)
    signs_in(visitor, anne.email).sees(SECOND).follows("Another way to prove it")
    visitor.sees("This is what you are asked for now").presses("Use this", beside=FIRST)
    visitor.sees("You can have the next text message sent from", SECOND)
    clock.passes(minutes=1)
    visitor.follows("Another way to prove it").presses("Use this", beside=FIRST).sees(FIRST)
    assert outside.sms.sent[-1].number == "+41795550101"
    visitor.fills("SMS code", code_on_telephone(outside)).presses("OK").sees("Welcome to PartnerWeb 2.0")
    clock.passes(minutes=30)
    signs_in(visitor, anne.email).sees(FIRST)  # the one used last


def test_a_change_asks_for_a_fresh_proof_and_leads_back(
    visitor: Visitor, anne: User, outside: Outside, clock: Clock
) -> None:
    comes_in(visitor, anne, outside).goes_to("/login-methods")
    clock.passes(minutes=15)
    visitor.goes_to("/login-methods")
    clock.passes(minutes=6)
    visitor.follows("Create an SMS login").is_at("/sign-in/second-factor")
    visitor.sees("Please prove again that it is you", "Press “Send the SMS”").presses("Send the SMS")
    visitor.fills("SMS code", "000000").presses("OK").sees("This is not the code")
    visitor.fills("SMS code", code_on_telephone(outside)).presses("OK").is_at("/login-methods/sms/new")
    visitor.fills("Mobile number", "078 555 22 22")
    clock.passes(minutes=15)
    visitor.client.get("/login-methods")  # in another tab
    clock.passes(minutes=6)
    visitor.presses("OK").is_at("/sign-in/second-factor").sees("This is not saved yet")
    visitor.presses("Send the SMS").fills("SMS code", code_on_telephone(outside)).presses("OK")
    visitor.is_at("/login-methods/sms/new").sees("Mobile number")
    assert subjects(outside) == []


def test_a_fresh_proof_does_not_make_a_session_endless(
    visitor: Visitor, anne: User, outside: Outside, clock: Clock
) -> None:
    comes_in(visitor, anne, outside)
    for _proof in range(2):
        for _quarter in range(23):
            clock.passes(minutes=15)
            visitor.goes_to("/login-methods").sees(FIRST)
        visitor.follows("Create an SMS login").presses("Send the SMS")
        visitor.fills("SMS code", code_on_telephone(outside)).presses("OK").is_at("/login-methods/sms/new")
    clock.passes(minutes=15)
    visitor.goes_to("/login-methods").sees(FIRST)
    clock.passes(minutes=16)
    visitor.goes_to("/login-methods").is_at("/sign-in")


def test_removing_is_no_proof(visitor: Visitor, anne: User, outside: Outside, clock: Clock) -> None:
    comes_in(visitor, anne, outside)
    clock.passes(minutes=1)
    adds_a_telephone(visitor, outside)
    clock.passes(minutes=19)
    visitor.goes_to("/login-methods").follows("Change or remove", beside=FIRST).follows(
        "Remove this login method"
    ).presses("Remove this login method")
    clock.passes(minutes=2)
    visitor.follows("Create an SMS login").is_at("/sign-in/second-factor")


@pytest.fixture
def switched(app: Flask, outside: Outside) -> Outside:
    """The fund asks for a strong method from tomorrow on."""
    config = replace(outside.config, strong_from=date(2026, 11, 25))
    app.extensions["outside"] = replace(outside, config=config)
    return outside


def test_a_strong_method_is_asked_for_by_a_date(visitor: Visitor, anne: User, switched: Outside, clock: Clock) -> None:
    comes_in(visitor, anne, switched).sees("From 25 November 2026 on the fund asks for a stronger login method")
    visitor.follows("Register a stronger login method").sees("From 25 November 2026 on", "Change or remove")
    clock.passes(days=1)
    signs_in(visitor, anne.email).fills("SMS code", code_on_telephone(switched)).presses("OK")
    visitor.is_at("/login-methods").sees("The fund now asks for another login method than yours")
    visitor.does_not_see("Change or remove", "Create an SMS login")
    for path in ("/", "/administration", "/letters", "/upgrade", "/login-methods/sms/new"):
        assert visitor.client.get(path).status_code in (303, 404), path


def test_a_switched_off_method_cannot_be_registered(visitor: Visitor, anne: User, app: Flask, outside: Outside) -> None:
    app.extensions["outside"] = replace(outside, config=replace(outside.config, methods_off=("sms",)))
    signs_in(visitor, anne.email).fills("SMS code", code_on_telephone(outside)).presses("OK")
    visitor.is_at("/login-methods").sees("The fund now asks for another login method").does_not_see("Create an SMS")
    assert visitor.client.get("/login-methods/sms/new").status_code == 404
    visitor.goes_to("/").is_at("/login-methods").presses("Sign out").sees("You are signed out")
