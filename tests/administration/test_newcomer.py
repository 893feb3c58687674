"""Somebody new is invited: a password by e-mail, a login method by the letter; nobody types an address."""

import re

from sqlmodel import Session, select

from tests.administration.inside import BOTH_FACTORS, Company, comes_in, written_to
from tests.doors import sign_in
from tests.factories import a_user, an_administrator, an_employer
from tests.journeys.places import code_in_letter_to, code_on_telephone, the_fund_prints_and_posts
from tests.visitor import Visitor
from webapp.accounts.links import AccountLink
from webapp.accounts.models import User
from webapp.accounts.queries import address_of
from webapp.config import NEW_PEOPLE_REFUSED
from webapp.letters.models import Letter, Purpose
from webapp.ports import Outside

NEW = "/administration/users/new"


def fills(here: Visitor, email: str = "Anna.Neu@Favre.example") -> Visitor:
    """Anna Neu, as usual."""
    here.goes_to(NEW).fills("First name", "Anna").fills("Last name", "Neu").fills("E-mail address", email)
    return here.chooses("English", of="Language")


def newcomer(db: Session) -> User:
    db.rollback()
    return db.exec(select(User).where(User.email == "anna.neu@favre.example")).one()


def test_from_the_form_to_the_code_in_the_letter(here: Visitor, db: Session, outside: Outside) -> None:
    here.goes_to("/administration/users").follows("Create a user").is_at(NEW)
    fills(here).sees("The letter goes to", "Boulangerie Favre SA", "Rue du Marché 7", "1800 Vevey")
    here.presses("Create the user").sees("The account is made.", "welcome e-mail is on its way", "letter with the")
    here.sees("Neu, Anna", "Invitation", "Ordered").does_not_see("Welcome e-mail none", "Request the upgrade code")
    anna = newcomer(db)
    assert (anna.employer_id, anna.administrator, anna.password_hash) == (here_employer(db), False, None)
    [mail] = [mail for mail in outside.mailer.sent if mail.recipient == anna.email]
    assert mail.subject == "Welcome to PartnerWeb: choose your password"
    assert "Hélène Favre has given you access to PartnerWeb for Boulangerie Favre SA." in mail.text
    assert re.search(r"/sign-in/new-password#\w{20,}", mail.text)
    the_fund_prints_and_posts(db, outside)
    assert code_in_letter_to(outside, "Anna Neu")
    assert db.exec(select(Letter.purpose)).one() is Purpose.INVITATION


def here_employer(db: Session) -> int | None:
    return db.exec(select(User.employer_id).where(User.last_name == "Favre")).one()


def test_the_letter_s_code_opens_the_field_of_the_upgrade(here: Visitor, db: Session, outside: Outside) -> None:
    fills(here).presses("Create the user").sees("The account is made.")
    the_fund_prints_and_posts(db, outside)
    code, anna = code_in_letter_to(outside, "Anna Neu"), here.somebody_else()
    comes_in(anna, db, outside, newcomer(db), level=1).goes_to("/upgrade/letter").sees("Posted on")
    anna.goes_to("/upgrade/code").fills("Registration / upgrade code", code)
    anna.ticks("I accept the terms of use in force").presses("Continue").sees("The code is right.")
    anna.follows("Create an SMS login").fills("Mobile number", "079 555 03 03").presses("OK")
    anna.fills("SMS code", code_on_telephone(outside)).presses("OK").sees("The data has been saved successfully")


def test_an_invitation_counts_as_a_letter_with_a_code(here: Visitor, db: Session, outside: Outside) -> None:
    fills(here).presses("Create the user")
    preview = f"/administration/upgrade-letters/preview?user={newcomer(db).public_id}"
    here.goes_to(preview).sees("A letter is already ordered.", "Nobody can get a letter now.")
    the_fund_prints_and_posts(db, outside)
    here.goes_to(preview).sees("A letter was ordered less than a day ago.")


def test_without_a_welcome_e_mail_and_as_an_administrator(here: Visitor, db: Session, outside: Outside) -> None:
    fills(here).ticks("Administrator rights").unticks("Welcome e-mail").presses("Create the user")
    here.sees("The account is made.").does_not_see("welcome e-mail is on its way")
    assert newcomer(db).administrator
    assert written_to(outside, newcomer(db)) == []
    assert not db.exec(select(AccountLink)).all()
    the_fund_prints_and_posts(db, outside)
    [letter] = [one.pdf.decode() for run in outside.carrier.handed.values() for one in run.values()]  # type: ignore[attr-defined]
    assert "We have sent you an e-mail" not in letter
    assert "if you have received none, with “Forgotten your password?” on the sign-in page." in letter


def test_what_is_missing_is_said_and_nothing_is_lost(here: Visitor, db: Session) -> None:
    fills(here, "anna@favre").fills("Last name", "").presses("Create the user")
    here.sees("Enter the last name.", "This is not an e-mail address.").finds_in("First name", "Anna")
    here.finds_in("E-mail address", "anna@favre")
    assert not db.exec(select(Letter)).all()


def test_an_address_that_is_somebody_s_says_nothing_of_them(here: Visitor, db: Session, company: Company) -> None:
    elsewhere = a_user(db, an_employer(db, name="Kanarienvogel AG"), last_name="Kanarienvogel")
    gone = a_user(db, last_name="Weg", deactivated_at=company.admin.activated_at)
    before = len(db.exec(select(User.id)).all())
    for somebody in (elsewhere, gone, company.julia):
        fills(here, somebody.email.upper()).presses("Create the user")
        here.sees("This address cannot be used. Take another one, or call the fund.").does_not_see("Kanarienvogel")
    assert len(db.exec(select(User.id)).all()) == before
    assert not db.exec(select(Letter)).all()


def test_pressed_twice_it_is_one_person(here: Visitor, db: Session, outside: Outside) -> None:
    [key] = fills(here).page.document.query("main input[name=key]")
    page = here.presses("Create the user").sees("The account is made.").path
    [other] = fills(here).page.document.query("main input[name=key]")
    assert other.attrs["value"] != key.attrs["value"]
    other.attrs["value"] = key.attrs["value"]
    here.presses("Create the user").sees("You had created this user already.", "Neu, Anna").is_at(page)
    assert len(db.exec(select(Letter)).all()) == 1
    assert written_to(outside, newcomer(db)) == ["Welcome to PartnerWeb: choose your password"]


def test_sent_again_for_another_address_it_is_another_person(here: Visitor, db: Session, company: Company) -> None:
    here.client.application.config["WTF_CSRF_ENABLED"] = False
    given = {"first_name": "A", "last_name": "Neu", "language": "fr", "key": "1" * 32}
    for email in ("one@new.example", "two@new.example", "one@new.example", "two@new.example"):
        assert here.client.post(NEW, data={**given, "email": email}).status_code == 303
    assert len(db.exec(select(User).where(User.last_name == "Neu")).all()) == 2
    again = {**given, "email": "one@new.example", "key": "2" * 32}
    assert "cannot be used" in here.client.post(NEW, data=again).text
    assert here.client.post(NEW, data={**given, "email": "three@new.example", "key": "x"}).status_code == 400


def test_another_s_form_finds_nobody(here: Visitor, db: Session, outside: Outside, company: Company) -> None:
    other = an_administrator(db, company.employer, **BOTH_FACTORS)
    here.client.application.config["WTF_CSRF_ENABLED"] = False
    given = {"first_name": "A", "last_name": "B", "language": "fr", "key": "1" * 32, "email": "one@new.example"}
    assert here.client.post(NEW, data=given).status_code == 303
    second = sign_in(here.somebody_else().client, db, outside, other, level=2)
    assert "cannot be used" in second.post(NEW, data=given, query_string={"lang": "en"}).text


def test_whoever_tries_address_after_address_has_to_wait(here: Visitor, db: Session, outside: Outside) -> None:
    people = [a_user(db).email for _ in range(NEW_PEOPLE_REFUSED)]
    here.client.application.config["WTF_CSRF_ENABLED"] = False
    given = {"first_name": "A", "last_name": "B", "language": "fr", "key": "0" * 32}
    for number, email in enumerate(people):
        told = here.client.post(NEW, data={**given, "email": email}).text
        assert "cannot be used" in told, number
        if number == 3:  # who is really new costs nothing
            assert here.client.post(NEW, data={**given, "email": "really@new.example"}).status_code == 303
    answer = here.client.post(NEW, data={**given, "email": "really@newer.example"})
    assert "Too many addresses were refused today." in answer.text


def test_an_incomplete_address_is_said_and_the_account_is_made(here: Visitor, db: Session, company: Company) -> None:
    for user in (company.admin, company.julia):
        user.postcode = user.town = ""
        db.add(user)
    db.commit()
    fills(here).presses("Create the user").sees(
        "No letter is ordered: The postal address in the register is incomplete."
    )
    assert newcomer(db).active


def test_the_address_is_that_of_most_people(db: Session, company: Company) -> None:
    lines = {"address_lines": ["Quai 3"], "postcode": "1820", "town": "Montreux"}
    company.julia.address_lines = ["c/o Muster", "Rue 9"]
    db.add(company.julia)
    for _one in range(2):
        a_user(db, company.employer, **lines)
    a_user(db, company.employer, deactivated_at=company.admin.activated_at)
    a_user(db, company.employer, deactivated_at=company.admin.activated_at)
    assert address_of(db, company.employer) == (["Quai 3"], "1820", "Montreux")
    assert address_of(db, an_employer(db)) == ([], "", "")
