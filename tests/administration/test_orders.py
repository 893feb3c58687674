"""An administrator, or the fund's clerk, orders for many: looks first, presses once, sees what became of it."""

import pytest
from flask import Flask
from sqlmodel import Session, col, func, select

from tests.administration.ticking import ticks
from tests.doors import sign_in
from tests.factories import a_clerk, a_user, an_administrator, an_employer
from tests.letters.orders import an_order
from tests.pages import Page
from tests.visitor import Visitor
from webapp.accounts.models import Employer, User
from webapp.letters.actions import report_wrong_address
from webapp.letters.models import Letter
from webapp.ports import Outside
from webapp.upgrade.actions import bulk

PREVIEW = "/administration/upgrade-letters/preview?lang=en"


@pytest.fixture
def company(db: Session) -> Employer:
    """Boulangerie Favre SA."""
    return an_employer(db, name="Boulangerie Favre SA", member_number="999.17")


@pytest.fixture
def admin(db: Session, company: Employer) -> User:
    """Who administers it."""
    return an_administrator(db, company, first_name="Hélène", last_name="Favre", language="en")


@pytest.fixture
def here(visitor: Visitor, db: Session, outside: Outside, admin: User) -> Visitor:
    """The administrator, signed in with a password."""
    sign_in(visitor.client, db, outside, admin, level=1)
    return visitor


def letters(db: Session) -> int:
    db.rollback()
    return int(db.exec(select(func.count()).select_from(Letter)).one())


def seven_people(db: Session, outside: Outside, company: Employer) -> list[User]:
    """Two who may have a letter, and one for each reason why not."""
    names = "Anna Beat Carla Dario Emma Fabio Gina".split()
    people = [a_user(db, company, last_name=name, first_name="Z") for name in names]
    carla, dario, emma, fabio, gina = people[2:]
    carla.upgraded_at = carla.factor_since = outside.now()
    dario.deactivated_at = outside.now()
    emma.postcode = ""
    db.add_all([carla, dario, emma])
    an_order(db, fabio)
    report_wrong_address(db, outside, gina, "moved")
    return people


def test_who_gets_a_letter_is_seen_first_and_then_ordered(
    here: Visitor, db: Session, outside: Outside, company: Employer, admin: User
) -> None:
    people = seven_people(db, outside, company)
    ticks(db, admin, people)
    here.goes_to(PREVIEW).sees("7 people are selected.", "2 get a letter.", "5 get none.", "Rue du Marché 7")
    here.sees("Account not active", "Already upgraded", "Address incomplete", "Address reported as wrong")
    here.presses("Order 2 letters").sees("2 letters are ordered.", "5 people get none.", "None: Already upgraded")
    here.sees("All 2 people were told by e-mail.")
    assert letters(db) == 3
    told = [mail.recipient for mail in outside.mailer.sent]
    assert sorted(told[-2:]) == sorted(person.email for person in people[:2])
    here.follows("Earlier orders").sees("Hélène Favre", "Letters to be printed")


def test_somebody_is_left_out_and_the_others_stay(
    here: Visitor, db: Session, outside: Outside, company: Employer, admin: User
) -> None:
    people = [a_user(db, company, last_name=name, first_name="Z") for name in ("Anna", "Beat", "Carla")]
    ticks(db, admin, people)
    here.goes_to(PREVIEW).presses("Remove", beside="Beat, Z").sees("2 people are selected.").does_not_see("Beat, Z")
    here.presses("Order 2 letters").sees("2 letters are ordered.")
    assert set(db.exec(select(Letter.user_id)).all()) == {people[0].id, people[2].id}


def test_the_same_press_twice_is_one_order(here: Visitor, db: Session, company: Employer, admin: User) -> None:
    ticks(db, admin, [a_user(db, company), a_user(db, company)])
    here.goes_to(PREVIEW)
    shown = here.response.text
    here.presses("Order 2 letters").sees("2 letters are ordered.")
    placed, here.page = here.path, Page(shown)  # the page of before, still open in another tab
    here.presses("Order 2 letters").sees("You had placed this order already. Nobody gets a second letter.")
    assert here.path.partition("?")[0] == placed.partition("?")[0]
    assert letters(db) == 2
    here.goes_to(placed).sees("2 letters are ordered.")  # a reload
    here.goes_to(PREVIEW).sees("Nobody is selected.")  # Back
    assert letters(db) == 2


def test_ordered_again_for_the_same_people_brings_no_second_letter(
    here: Visitor, db: Session, outside: Outside, company: Employer, admin: User
) -> None:
    people, other = [a_user(db, company)], an_administrator(db, company, language="en")
    ticks(db, admin, people)
    ticks(db, other, people)
    here.goes_to(PREVIEW)
    second = here.somebody_else()
    sign_in(second.client, db, outside, other, level=1)
    second.goes_to(PREVIEW).presses("Order 1 letter").sees("1 letter is ordered.")
    here.presses("Order 1 letter").sees("No letter was ordered", "None: Letter already ordered")
    here.sees("For 1 person a letter was ordered before: nobody gets it twice.")
    assert letters(db) == 1


def test_whoever_was_not_on_the_page_is_not_ordered_for(
    here: Visitor, db: Session, company: Employer, admin: User
) -> None:
    ticks(db, admin, [a_user(db, company)])
    here.goes_to(PREVIEW)
    ticks(db, admin, [a_user(db, company, last_name="Late")])  # in another tab
    here.presses("Order 1 letter").sees("Since you looked, other people were selected.", "Late", "Order 2 letters")
    assert letters(db) == 0


def test_one_person_is_ordered_for_from_a_link(here: Visitor, db: Session, company: Employer) -> None:
    user = a_user(db, company, last_name="Muster", first_name="Julia")
    here.goes_to(f"{PREVIEW}&user={user.public_id}").sees("Muster, Julia").presses("Order 1 letter")
    here.sees("1 letter is ordered.", "The person was told by e-mail.")


def test_a_large_order_is_left_and_come_back_to(
    here: Visitor, db: Session, outside: Outside, company: Employer, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside.jobs, "enqueue", lambda db, job, *ids: waiting.append((job, ids)))
    waiting: list[tuple[object, tuple[int, ...]]] = []
    ticks(db, admin, [a_user(db, company, last_name=f"Name {number:03}") for number in range(120)])
    here.goes_to(PREVIEW).sees("page 1 of 2", "Name 000").does_not_see("Name 110")
    here.follows("Next page").sees("Name 110").presses("Order 120 letters")
    here.sees("120 letters are ordered.", "0 of 120 people were told by e-mail", "You can leave this page.")
    asked = here.client.get(here.path.partition("?")[0] + "?auto=1")
    assert asked.headers["Refresh"] == "10"
    here.goes_to("/administration").goes_to("/administration/upgrade-letters").sees("People are being told by e-mail")
    [(tell, ids)] = waiting
    tell(db, outside, *ids)  # type: ignore[operator]
    here.follows("23.11.2026 10:00").sees("All 120 people were told by e-mail.", "page 1 of 2")
    assert len({ids for job, ids in waiting if job is not bulk.tell}) == 120


def test_the_clerk_orders_for_companies_by_their_numbers(
    visitor: Visitor, app: Flask, db: Session, outside: Outside, company: Employer
) -> None:
    other = an_employer(db, name="Muster Handel AG", member_number="999.18")
    people = [a_user(db, company, last_name="Anna"), a_user(db, company, last_name="Beat"), a_user(db, other)]
    a_user(db, an_employer(db))
    clerk = a_clerk(db, language="en", upgraded_at=outside.now(), factor_since=outside.now())
    sign_in(visitor.client, db, outside, clerk, level=2)
    visitor.goes_to("/desk?lang=en").follows("Order letters for companies")
    visitor.fills("Member numbers", "999.17, 999.99\n999.18; 1").presses("Look at the people")
    visitor.sees("No company has these numbers: 999.99, 1.").fills("Member numbers", "999.17\n999.18\n999.17")
    visitor.presses("Look at the people").sees("3 people are selected.", "Muster Handel AG")
    visitor.presses("Order 3 letters").sees("3 letters are ordered.", "999.17", "999.18")
    assert set(db.exec(select(col(Letter.user_id))).all()) == {user.id for user in people}


def test_nothing_typed_is_said(visitor: Visitor, app: Flask, db: Session, outside: Outside) -> None:
    clerk = a_clerk(db, language="en", upgraded_at=outside.now(), factor_since=outside.now())
    sign_in(visitor.client, db, outside, clerk, level=2)
    visitor.goes_to("/desk/orders/new?lang=en").presses("Look at the people").sees("Enter at least one member number.")
    many = " ".join(map(str, range(2001)))
    visitor.fills("Member numbers", many).presses("Look at the people").sees("2000 numbers at most, please.")
    assert not letters(db)
