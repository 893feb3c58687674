"""A mandate begins on a day and ends after one; other days count at once, and the person is told of them."""

from datetime import date

import pytest
from sqlmodel import Session

from tests.acting import a_mandate, acts_by
from tests.administration.inside import comes_in, written_to
from tests.factories import LONG_AGO, a_user, an_administrator, an_employer
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.accounts.actions.mandating import end_mandate
from webapp.accounts.mandates import Mandate
from webapp.accounts.models import User
from webapp.ports import Outside

BOTH = {"language": "en", "upgraded_at": LONG_AGO, "factor_since": LONG_AGO}
CLIENT, OFFICE = "Boulangerie Favre SA", "Fiduciaire Duport SA"
NEW, LIST = "/administration/mandates/new", "/administration/mandates"
TODAY = date(2026, 11, 23)


@pytest.fixture
def nora(db: Session) -> User:
    """Of a fiduciary."""
    office = an_employer(db, name=OFFICE, member_number="999.777")
    return a_user(db, office, first_name="Nora", last_name="Duport", email="nora@duport.example", **BOTH)


@pytest.fixture
def boss(db: Session) -> User:
    """Of the company for which she acts."""
    return an_administrator(db, an_employer(db, name=CLIENT), **BOTH)


@pytest.fixture
def admin(visitor: Visitor, db: Session, outside: Outside, boss: User) -> Visitor:
    """The same at a browser."""
    return comes_in(visitor, db, outside, boss)


def told(outside: Outside, user: User) -> str:
    """The last e-mail to somebody."""
    return [mail.text for mail in outside.mailer.sent if mail.recipient == user.email][-1]  # type: ignore[attr-defined]


def test_it_begins_on_its_first_day(admin: Visitor, db: Session, outside: Outside, nora: User, clock: Clock) -> None:
    admin.goes_to(NEW).finds_in("From", "23.11.2026").fills("Member number of the other company", "999.777")
    admin.fills("E-mail address of the person", nora.email).fills("From", "1.12.2026")
    admin.fills("Until and including", "31.12.2027").presses("Give the mandate")
    admin.sees("Nora Duport may act for your company from 01.12.2026 on", "Begins on 01.12.2026. Until 31.12.2027.")
    admin.follows("Change or end").sees("This mandate begins on 01.12.2026.").finds_in("From", "01.12.2026")
    assert "from Tuesday, 1 December 2026 until and including Friday, 31 December 2027" in told(outside, nora)
    assert "Administration: None" in told(outside, nora)
    hers = comes_in(admin.somebody_else(), db, outside, nora).goes_to("/").is_at("/").does_not_see(CLIENT)
    hers.goes_to("/account/companies").sees("You act for it later", "Begins on 01.12.2026.", f"Choose {OFFICE}")
    hers.does_not_see(f"Choose {CLIENT}")
    clock.passes(days=7, hours=13, minutes=59)  # 23:59 in Switzerland
    comes_in(hers, db, outside, nora).goes_to("/account/companies").sees("You act for it later")
    clock.passes(minutes=1)
    hers.goes_to("/account/companies").presses(f"Choose {CLIENT}").sees(f"You are here for {CLIENT}.")


def test_a_mandate_to_come_cannot_be_chosen(
    visitor: Visitor, db: Session, outside: Outside, boss: User, nora: User
) -> None:
    later = a_mandate(db, outside, nora, boss, first=date(2026, 12, 1))
    visitor.client.application.config["WTF_CSRF_ENABLED"] = False
    acts_by(visitor.client, db, outside, nora, None)
    assert visitor.client.post("/account/companies", data={"company": later.public_id}).status_code == 404
    visitor.goes_to("/").does_not_see(CLIENT)


@pytest.mark.parametrize(
    ("since", "until", "sentence"),
    [
        ("01.12.2026", "30.11.2026", "The last day cannot lie before the first one."),
        ("23.11.2026", "22.11.2026", "The last day cannot lie in the past."),
        ("22.11.2026", "", "The first day cannot lie in the past."),
        ("31.11.2026", "", "This is not a date."),
        ("", "2027-12-31", "This is not a date."),
    ],
)
def test_days_that_do_not_fit_are_explained(
    admin: Visitor, outside: Outside, boss: User, nora: User, since: str, until: str, sentence: str
) -> None:
    admin.goes_to(NEW).fills("Member number of the other company", "999.777")
    admin.fills("E-mail address of the person", nora.email).fills("From", since).fills("Until and including", until)
    admin.presses("Give the mandate").sees(sentence).finds_in("From", since).goes_to(LIST).sees("Nobody acts for your")
    assert written_to(outside, nora) == []


def test_one_day_is_enough_and_a_day_that_was_there_may_stay(
    admin: Visitor, db: Session, outside: Outside, boss: User, nora: User, clock: Clock
) -> None:
    a_mandate(db, outside, nora, boss, last=TODAY)
    clock.passes(days=2)
    comes_in(admin, db, outside, boss).goes_to(LIST).sees("Has run out on 23.11.2026.").follows("Change or end")
    admin.sees("This mandate has run out on 23.11.2026").chooses("None", of="Salaries").presses("Save")
    admin.sees("The mandate of Nora Duport has been changed.", "Has run out on 23.11.2026.").follows("Change or end")
    admin.fills("Until and including", "24.11.2026").presses("Save").sees("The last day cannot lie in the past.")
    admin.fills("Until and including", "25.11.2026").presses("Save").sees("From 23.11.2026 until 25.11.2026.")
    acts_by(admin.client, db, outside, nora, None)
    admin.goes_to("/account/companies").presses(f"Choose {CLIENT}").sees(f"You are here for {CLIENT}.")


def test_the_first_day_moves_away_from_whoever_is_here(
    visitor: Visitor, db: Session, outside: Outside, boss: User, nora: User
) -> None:
    acts_by(visitor.client, db, outside, nora, a_mandate(db, outside, nora, boss))
    visitor.goes_to("/administration/users").sees(boss.last_name)
    admin = comes_in(visitor.somebody_else(), db, outside, boss).goes_to(LIST).follows("Change or end")
    admin.fills("From", "24.11.2026").presses("Save").sees("Begins on 24.11.2026.")
    visitor.goes_to("/administration/users").is_at("/account/companies")
    visitor.sees("You do not act for that company any more.", "Begins on 24.11.2026.").does_not_see(f"Choose {CLIENT}")
    visitor.presses(f"Choose {OFFICE}").sees(f"You are here for {OFFICE}.")


def test_whoever_is_changed_is_told_and_nobody_of_what_stays(
    admin: Visitor, db: Session, outside: Outside, boss: User, nora: User
) -> None:
    a_mandate(db, outside, nora, boss)
    admin.goes_to(LIST).sees("From 23.11.2026 on.").follows("Change or end").presses("Save")
    admin.sees("The mandate of Nora Duport is as it was.")
    assert written_to(outside, nora) == ["You may act for another company in PartnerWeb"]
    admin.follows("Change or end").chooses("Read and edit", of="Salaries").presses("Save")
    assert written_to(outside, nora)[1:] == ["Your mandate in PartnerWeb has been changed"]
    assert f"{boss.full_name} changed on 23.11.2026" in told(outside, nora)
    assert "Salaries: Read and edit (before: Read)\n\nEmployees: Read\n" in told(outside, nora)
    assert "It counts from Monday, 23 November 2026 on and has no end." in told(outside, nora)
    admin.goes_to("/administration/activity").sees("Mandate changed")


def test_what_somebody_else_ended_meanwhile_is_not_changed(
    admin: Visitor, db: Session, outside: Outside, boss: User, nora: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    mandate = a_mandate(db, outside, nora, boss)
    number = mandate.id
    admin.goes_to(LIST).follows("Change or end").chooses("None", of="Salaries")
    end_mandate(db, outside, mandate, by=boss)
    assert admin.client.get(admin.path).status_code == 404
    found = "webapp.accounts.mandate_queries.given_one"  # as if it were ended between looking and writing
    monkeypatch.setattr(found, lambda db, *_: db.get(Mandate, number))
    admin.presses("Save").sees("Somebody ended the mandate of Nora Duport meanwhile. Nothing was changed.")
    assert written_to(outside, nora)[1:] == ["A mandate in PartnerWeb has ended"]


def test_who_owes_a_method_is_not_sent_in_circles_when_the_mandate_ends(
    visitor: Visitor, db: Session, outside: Outside, boss: User, nora: User
) -> None:
    mandate = a_mandate(db, outside, nora, boss)
    acts_by(visitor.client, db, outside, nora, mandate, owes_method=True)
    end_mandate(db, outside, mandate, by=boss)
    visitor.goes_to("/administration/users").is_at("/login-methods")
