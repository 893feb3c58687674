"""Recovery codes beside another method: drawn, kept, used one by one, and replaced."""

import re

import pytest
from sqlmodel import Session, select

from tests.attacks.arranging import a_ticket
from tests.factories import an_administrator
from tests.journeys.authenticator import Authenticator, address_on
from tests.journeys.places import signs_in
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.login_methods.models import Enrolment
from webapp.ports import Outside

SYMBOLS = "2-9BCDFGHJKMNPQRSTVWXYZ"
PRINTED = re.compile(rf"\b[{SYMBOLS}]{{5}}-[{SYMBOLS}]{{5}}\b")
FIELD = "Recovery code"


@pytest.fixture
def admin(db: Session) -> User:
    """An administrator who still signs in with a password only."""
    return an_administrator(db, first_name="Élise", last_name="Favre", email="admin@favre.example", language="en")


@pytest.fixture
def upgraded(visitor: Visitor, admin: User, db: Session, outside: Outside, clock: Clock) -> Visitor:
    """Signed in with both factors, the second of which is an app."""
    a_ticket(db, outside, admin)
    signs_in(visitor, admin.email).goes_to("/login-methods").does_not_see("Recovery codes")
    visitor.follows("Create an OTP login").presses("Continue")
    app = Authenticator(address_on(visitor), clock)
    return visitor.fills("Code from the app", app.shows()).presses("OK").presses("Close").goes_to("/login-methods")


def begins(visitor: Visitor) -> list[str]:
    """The codes of a new set, as they stand on the page."""
    visitor.follows("Create recovery codes").sees("Ten codes on paper").presses("Continue")
    codes = PRINTED.findall(visitor.sees("They are not shown again").page.text)
    assert len(set(codes)) == 10
    return codes


def has_codes(visitor: Visitor) -> list[str]:
    """A set that counts."""
    codes = begins(visitor)
    visitor.fills(FIELD, codes[4]).presses("OK").sees("The data has been saved successfully", "10 of 10 left")
    return codes


def signs_in_with(visitor: Visitor, admin: User, code: str) -> Visitor:
    """The password, then another way, then a code."""
    signs_in(visitor, admin.email).follows("Another way to prove it").presses("Use this")
    return visitor.fills(FIELD, code).presses("OK")


def test_drawn_kept_and_used_one_by_one(upgraded: Visitor, admin: User, clock: Clock) -> None:
    codes = has_codes(upgraded)
    assert not PRINTED.search(upgraded.page.text)
    upgraded.goes_to("/login-methods").sees("10 of 10 left In reserve. Not used yet.")
    clock.passes(minutes=5)
    for used, code in enumerate(codes[:6], 1):
        signs_in_with(upgraded, admin, code).sees("Welcome to PartnerWeb 2.0").does_not_see("recovery codes left")
        upgraded.goes_to("/login-methods").sees(f"{10 - used} of 10 left")
    signs_in_with(upgraded, admin, codes[6].lower().replace("-", " ")).sees("You have 3 recovery codes left.")
    signs_in_with(upgraded, admin, codes[0]).sees("You have used this code before.")
    upgraded.fills(FIELD, codes[7]).presses("OK").sees("You have 2 recovery codes left.")
    signs_in_with(upgraded, admin, codes[8]).sees("You have 1 recovery code left.")
    signs_in_with(upgraded, admin, codes[9]).sees("This was your last recovery code.")
    signs_in_with(upgraded, admin, codes[9]).sees("You have used this code before.")


def test_a_new_set_takes_the_place_of_the_old_one(
    upgraded: Visitor, admin: User, db: Session, outside: Outside
) -> None:
    old = has_codes(upgraded)
    new = begins(upgraded)
    assert signs_in_with(upgraded.somebody_else(), admin, old[0]).sees("Welcome to PartnerWeb 2.0")
    upgraded.fills(FIELD, old[1]).presses("OK").sees("none of the codes of your newest set", "9 more tries")
    upgraded.fills(FIELD, new[0]).presses("OK").sees("The data has been saved successfully", "10 of 10 left")
    upgraded.does_not_see("9 of 10 left")
    signs_in_with(upgraded, admin, old[2]).sees("none of the codes of your newest set")
    upgraded.fills(FIELD, new[0]).presses("OK").sees("Welcome to PartnerWeb 2.0")
    held = db.exec(select(Enrolment).where(Enrolment.method == "recovery_codes", Enrolment.removed_at == None))  # noqa: E711
    assert [one.shown_as for one in held] == ["9/10"]


def test_the_sheet_is_there_until_a_code_was_typed_back(upgraded: Visitor, outside: Outside) -> None:
    codes = begins(upgraded)
    address = upgraded.page.link("Sheet to print (PDF)").attrs["href"]
    sheet = upgraded.downloads("Sheet to print (PDF)").decode()
    assert PRINTED.findall(sheet) == codes
    assert "Élise Favre" in sheet
    assert "admin@favre.example" not in sheet
    upgraded.fills(FIELD, codes[0]).presses("OK").sees("The data has been saved successfully")
    answer = upgraded.client.get(address)
    assert answer.status_code == 404
    assert not PRINTED.search(answer.text)


def test_they_are_never_the_only_method(visitor: Visitor, admin: User, db: Session, outside: Outside) -> None:
    a_ticket(db, outside, admin)
    signs_in(visitor, admin.email).goes_to("/login-methods").does_not_see("Recovery codes")
    visitor.goes_to("/login-methods/recovery_codes/new").sees("does not exist")


def test_what_is_no_code_costs_nothing(upgraded: Visitor) -> None:
    codes = begins(upgraded)
    for _ in range(12):
        upgraded.fills(FIELD, "4KTT7").presses("OK").sees("The code has 10 characters. You typed 5.")
    upgraded.fills(FIELD, f" {codes[9].lower().replace('-', '')} ").presses("OK").sees("10 of 10 left")
