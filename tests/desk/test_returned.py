"""Letters that the post brings back are taken back at the desk, and everybody sees it."""

from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlmodel import Session, select

from tests.attacks.arranging import a_letter
from tests.doors import sign_in
from tests.factories import LONG_AGO, a_clerk, a_user, an_administrator, an_employer
from tests.pages import text_of
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.letters.actions import post_run, start_run
from webapp.letters.models import AddressReport, Letter
from webapp.ports import Outside
from webapp.upgrade.actions.returning import take_back
from webapp.upgrade.models import UpgradeCode

PAGE = "/desk/returned-letters"


@pytest.fixture
def dominique(db: Session) -> User:
    """A clerk of the fund."""
    return a_clerk(db, language="en", upgraded_at=LONG_AGO, factor_since=LONG_AGO, first_name="Dominique")


@pytest.fixture
def clerk(app: Flask, db: Session, outside: Outside, visitor: Visitor, dominique: User) -> Visitor:
    """Signed in with both factors, in English."""
    sign_in(visitor.client, db, outside, dominique, level=2)
    return visitor


@pytest.fixture
def julia(app: Flask, db: Session) -> User:
    """Somebody who may order letters for herself."""
    company = an_employer(db, name="Muster Handel AG", member_number="999.77")
    return an_administrator(db, company, first_name="Julia", last_name="Muster", language="en")


def posted(db: Session, outside: Outside, *people: User) -> list[str]:
    """The numbers of letters to these people that are in the post."""
    letters = [a_letter(db, person, outside.now()) for person in people]
    run = start_run(db, outside, None)
    assert run
    assert post_run(db, outside, run, None) == len(people)
    db.expire_all()
    return [letter.number for letter in letters]


def test_letters_are_looked_at_and_taken_back(
    clerk: Visitor, db: Session, outside: Outside, visitor: Visitor, julia: User
) -> None:
    first, second = posted(db, outside, julia, a_user(db, last_name="Rochat", first_name="Marc", language="en"))
    outside.mailer.sent.clear()
    clerk.goes_to("/desk").follows("Letters that came back").sees("No letter has come back yet.")
    clerk.fills("References of the letters", f"{first}, {second.replace('-', '')}\n")
    clerk.chooses("Moved, or unknown at this address").presses("Look at the letters")
    clerk.sees("Muster, Julia", "Muster Handel AG", "Rochat, Marc", "Rue du Marché 7", "Is taken back")
    assert not db.exec(select(AddressReport)).all()
    db.commit()
    clerk.presses("Take 2 letters back").sees("2 letters are taken back.", first, second, "Dominique")
    assert [mail.subject for mail in outside.mailer.sent] == ["Your letter for PartnerWeb came back to us"] * 2
    assert all(code.voided_at and code.voided_by_id for code in db.exec(select(UpgradeCode)))
    db.commit()
    clerk.goes_to("/desk").sees("Letter came back").goes_to("/desk/addresses").sees("Muster, Julia", first)


def test_the_person_sees_it_and_orders_again_once_the_address_is_settled(
    clerk: Visitor, app: Flask, db: Session, outside: Outside, julia: User, dominique: User
) -> None:
    (number,) = posted(db, outside, julia)
    outside.now.passes(days=6)
    sign_in(clerk.client, db, outside, dominique, level=2)
    clerk.goes_to(PAGE).fills("References of the letters", number)
    clerk.chooses("Moved, or unknown at this address").presses("Look at the letters").presses("Take 1 letter back")
    hers = Visitor(sign_in(app.test_client(), db, outside, julia, level=1), htmx=clerk.htmx)
    hers.goes_to("/upgrade/letter").sees("The post could not deliver this letter.", "because your letter came back")
    hers.does_not_see("you said that this address is wrong", "Why do you need another letter?")
    hers.goes_to("/letters").sees("Came back on", "29.11.2026").does_not_see("Expected by")
    clerk.goes_to("/desk/addresses").presses("Settled")
    hers.goes_to("/upgrade/letter").does_not_see("Why do you need another letter?")
    hers.presses("Request the upgrade code").sees("Your letter is ordered.")
    assert len(db.exec(select(Letter).where(Letter.user_id == julia.id)).all()) == 2


def test_a_letter_that_was_not_collected_holds_nothing(
    clerk: Visitor, db: Session, outside: Outside, julia: User
) -> None:
    (number,) = posted(db, outside, julia)
    clerk.goes_to(PAGE).fills("References of the letters", number).chooses("Refused, or not collected")
    clerk.presses("Look at the letters").sees("Another letter can be ordered at once.").presses("Take 1 letter back")
    assert not db.exec(select(AddressReport)).all()
    db.commit()
    clerk.goes_to(f"/desk/users/{julia.public_id}").sees("Came back from the post", "Code made void", "Dominique")
    clerk.goes_to("/desk/users?letter=returned").sees("Muster, Julia", "Came back")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter at least one reference."),
        ("26-00017, xyz", "These are no references: 26-00017, xyz."),
        ("26-999999", "There is no letter with this reference: 26-999999."),
        ("26-999999999", "There is no letter with this reference: 26-999999999."),
        ("26-000001 " * 101, "100 letters at once, please."),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(clerk: Visitor, typed: str, sentence: str) -> None:
    clerk.goes_to(PAGE).fills("References of the letters", typed).chooses("Refused, or not collected")
    clerk.presses("Look at the letters").sees(sentence)
    assert text_of(clerk.page.field("References of the letters")) == typed.strip()


def test_another_years_number_is_unknown(clerk: Visitor, db: Session, outside: Outside, julia: User) -> None:
    (number,) = posted(db, outside, julia)
    clerk.goes_to(PAGE).fills("References of the letters", "25" + number[2:]).chooses("Refused, or not collected")
    clerk.presses("Look at the letters").sees("There is no letter with this reference: 25")


def test_why_they_came_back_has_to_be_said(clerk: Visitor, db: Session, outside: Outside, julia: User) -> None:
    (number,) = posted(db, outside, julia)
    clerk.goes_to(PAGE).fills("References of the letters", number).presses("Look at the letters")
    clerk.sees("Say why they came back.")


def test_what_cannot_have_come_back_stays(clerk: Visitor, db: Session, outside: Outside, julia: User) -> None:
    (used,) = posted(db, outside, julia)
    waiting = a_letter(db, a_user(db), outside.now())
    db.exec(select(UpgradeCode)).one().redeemed_at = outside.now()
    db.commit()
    query = urlencode({"numbers": f"{used} {waiting.number}", "why": "moved"})
    clerk.goes_to(f"{PAGE}/preview?{query}").sees("Has arrived: its code was used", "Not posted yet")
    clerk.does_not_see("Take 1", "Take 2")


def test_nothing_is_taken_back_twice(clerk: Visitor, db: Session, outside: Outside, julia: User) -> None:
    (number,) = posted(db, outside, julia)
    outside.mailer.sent.clear()
    query = urlencode({"numbers": number, "why": "moved"})
    clerk.goes_to(f"{PAGE}/preview?{query}").presses("Take 1 letter back")
    clerk.goes_to(f"{PAGE}/preview?{query}").sees("Taken back already").does_not_see("Take 1")
    letter = db.exec(select(Letter)).one()
    assert take_back(db, outside, [letter.id or 0], by=julia, moved=True) == 0
    assert len(outside.mailer.sent) == 1
