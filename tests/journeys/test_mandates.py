"""One person in several companies: a mandate is given, chosen, used, changed, ended; rights stay each company's own."""

import pytest
from flask import Flask
from sqlmodel import Session, select

from tests.acting import READS, a_mandate
from tests.attacks.arranging import an_upgraded
from tests.doors import sign_in
from tests.factories import LONG_AGO, PASSWORD, a_user, an_administrator, an_employer
from tests.journeys.places import code_on_telephone, signs_in
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.accounts.actions.mandating import give_mandate
from webapp.accounts.mandate_days import Days
from webapp.accounts.mandates import Mandate
from webapp.accounts.models import Employer, User
from webapp.formats import ZURICH, local_day
from webapp.ports import Outside

BOTH = {"language": "en", "upgraded_at": LONG_AGO, "factor_since": LONG_AGO}
CLIENT, OFFICE = "Boulangerie Favre SA", "Fiduciaire Duport SA"


@pytest.fixture
def client(db: Session) -> Employer:
    """The company that lets others act for it."""
    return an_employer(db, name=CLIENT)


@pytest.fixture
def boss(db: Session, client: Employer) -> User:
    """Its administrator."""
    return an_administrator(db, client, **BOTH)


@pytest.fixture
def nora(db: Session, outside: Outside, clock: Clock) -> User:
    """Of a fiduciary; upgraded with a telephone."""
    office = an_employer(db, name=OFFICE, member_number="999.777")
    nora = a_user(db, office, first_name="Nora", last_name="Duport", email="nora@duport.example", language="en")
    an_upgraded(db, outside, nora)
    clock.passes(days=1)
    outside.mailer.sent.clear()
    return nora


def comes_in(visitor: Visitor, nora: User, outside: Outside) -> Visitor:
    """With both factors."""
    signs_in(visitor, nora.email).fills("SMS code", code_on_telephone(outside))
    return visitor.presses("OK")


def test_given_chosen_used_and_ended(
    visitor: Visitor, app: Flask, db: Session, outside: Outside, boss: User, nora: User, clock: Clock
) -> None:
    colleague = a_user(db, db.get(Employer, nora.employer_id), last_name="Inconnue")
    theirs = Visitor(app.test_client(), htmx=visitor.htmx)
    sign_in(theirs.client, db, outside, boss, level=2)
    theirs.goes_to("/administration").follows("Mandates").sees("Nobody acts for your company.").follows(
        "Give a mandate"
    )
    theirs.fills("Member number of the other company", "999.777").fills("E-mail address of the person", "no@x.example")
    theirs.presses("Give the mandate").sees("Nobody who could act for you has this address and this member number.")
    theirs.fills("E-mail address of the person", "Nora@duport.example").chooses("Read", of="Administration")
    theirs.chooses("None", of="Salaries").presses("Give the mandate")
    theirs.sees("Nora Duport may act for your company now", OFFICE, "None Salaries")
    assert [mail.subject for mail in outside.mailer.sent] == ["You may act for another company in PartnerWeb"]
    using_it(visitor, outside, boss, nora, colleague)
    theirs.follows("Change or end").presses("End the mandate").sees("Nora Duport does not act for your company")
    visitor.goes_to("/administration/users").is_at("/account/companies")
    visitor.sees("You do not act for that company any more.").does_not_see("You act for it")
    visitor.presses(f"Choose {OFFICE}").sees(f"You are here for {OFFICE}.")
    assert outside.mailer.sent[-1].subject == "A mandate in PartnerWeb has ended"


def using_it(visitor: Visitor, outside: Outside, boss: User, nora: User, colleague: User) -> None:
    """Each company shows its own people, to whoever may read there."""
    comes_in(visitor, nora, outside).is_at("/account/companies").sees("Choose the company", CLIENT, OFFICE)
    visitor.presses("Choose Boulangerie Favre SA").sees("You are here for Boulangerie Favre SA.")
    visitor.goes_to("/administration/users").sees(boss.last_name).does_not_see(colleague.last_name)
    assert visitor.client.get(f"/administration/users/{colleague.public_id}").status_code == 404
    assert visitor.client.get("/administration/mandates").status_code == 403
    visitor.follows("Change company").presses("Choose Fiduciaire Duport SA").sees(
        "You are here for Fiduciaire Duport SA."
    )
    assert visitor.client.get("/administration/users").status_code == 403
    visitor.follows("Change company").presses("Choose Boulangerie Favre SA")


def test_after_its_last_day_it_opens_nothing(
    visitor: Visitor, db: Session, outside: Outside, boss: User, nora: User, clock: Clock
) -> None:
    while local_hour(clock) < 23:
        clock.passes(minutes=15)
    a_mandate(db, outside, nora, boss, last=local_day(clock()))
    comes_in(visitor, nora, outside).presses(f"Choose {CLIENT}").goes_to("/administration/users").sees(boss.last_name)
    while local_hour(clock) == 23:
        clock.passes(minutes=15)
        visitor.client.get("/account/settings")  # the session lives on
    visitor.goes_to("/administration/users").is_at("/account/companies")
    visitor.sees("You do not act for that company any more.").does_not_see("You act for it")


def test_the_page_asked_for_before_signing_in_comes_after_the_choice(
    visitor: Visitor, db: Session, outside: Outside, boss: User, nora: User
) -> None:
    a_mandate(db, outside, nora, boss)
    visitor.goes_to("/account/settings?lang=en").is_at("/sign-in").fills("E-mail address", nora.email)
    visitor.fills("Password", PASSWORD).presses("Sign in").fills("SMS code", code_on_telephone(outside)).presses("OK")
    visitor.is_at("/account/companies").presses(f"Choose {CLIENT}").is_at("/account/settings")
    visitor.sees(f"You are here for {CLIENT}.").follows("Change company").presses(f"Choose {OFFICE}").is_at("/")
    visitor.goes_to("/account/companies?next=//evil.example/").presses(f"Choose {CLIENT}").is_at("/")


def local_hour(clock: Clock) -> int:
    """What a clock in Switzerland shows."""
    return clock().astimezone(ZURICH).hour


def test_other_rights_count_at_once(
    visitor: Visitor, app: Flask, db: Session, outside: Outside, boss: User, nora: User
) -> None:
    a_mandate(db, outside, nora, boss)
    comes_in(visitor, nora, outside).presses(f"Choose {CLIENT}").goes_to("/administration/users").sees(boss.last_name)
    theirs = Visitor(app.test_client(), htmx=visitor.htmx)
    sign_in(theirs.client, db, outside, boss, level=2)
    theirs.goes_to("/administration/mandates").follows("Change or end").chooses("None", of="Administration")
    theirs.fills("Until and including", "31.02.2027").presses("Save").sees("This is not a date.")
    theirs.fills("Until and including", "31.12.2027").presses("Save").sees(
        "The mandate of Nora Duport has been changed.", "From 24.11.2026 until 31.12.2027."
    )
    assert visitor.client.get("/administration/users").status_code == 403


def test_twice_is_once_and_nobody_acts_for_their_own_company(
    visitor: Visitor, db: Session, outside: Outside, boss: User, client: Employer, nora: User
) -> None:
    a_mandate(db, outside, nora, boss)
    assert not give_mandate(db, outside, client, nora, READS, Days(local_day(outside.now())), by=boss)
    assert len(db.exec(select(Mandate)).all()) == 1
    sign_in(visitor.client, db, outside, boss, level=2)
    visitor.goes_to("/administration/mandates/new").fills("Member number of the other company", client.member_number)
    visitor.fills("E-mail address of the person", boss.email).presses("Give the mandate").sees("Nobody who could act")
    visitor.fills("Member number of the other company", "999.777").fills("E-mail address of the person", nora.email)
    visitor.presses("Give the mandate").sees("This person has a mandate of your company already.")


def test_a_mandate_of_others_is_neither_seen_nor_ended_nor_chosen(
    visitor: Visitor, app: Flask, db: Session, outside: Outside, boss: User, nora: User
) -> None:
    mandate = a_mandate(db, outside, nora, boss)
    stranger = an_administrator(db, **BOTH)
    sign_in(visitor.client, db, outside, stranger, level=2)
    app.config["WTF_CSRF_ENABLED"] = False
    path = f"/administration/mandates/{mandate.public_id}"
    assert visitor.client.get(path).status_code == 404
    assert visitor.client.post(f"{path}/end").status_code == 404
    assert visitor.client.post("/account/companies", data={"company": mandate.public_id}).status_code == 404
    db.refresh(mandate)
    assert mandate.ended_at is None


def test_among_many_companies_one_is_found_by_its_name_or_number(
    visitor: Visitor, db: Session, outside: Outside, nora: User, clock: Clock
) -> None:
    for number in range(9):
        a_mandate(db, outside, nora, an_administrator(db, an_employer(db, name=f"Garage {number} Sàrl")))
    comes_in(visitor, nora, outside).is_at("/account/companies").does_not_see("Name or member number")
    bakery = an_employer(db, name="Crémerie Élan SA", member_number="888.123")
    a_mandate(db, outside, nora, an_administrator(db, bakery))
    visitor.goes_to("/account/companies").sees("Garage 0 Sàrl", "Garage 8 Sàrl", "Crémerie Élan SA", OFFICE)
    for words in ("ÉLAN", "888.12"):
        visitor.fills("Name or member number", words).presses("Search").finds_in("Name or member number", words)
        visitor.sees("Crémerie Élan SA").does_not_see("Garage", "No company matches.")
    visitor.fills("Name or member number", "nobody").presses("Search").sees("No company matches.")
    visitor.fills("Name or member number", "élan").presses("Search").presses("Choose Crémerie Élan SA")
    visitor.sees("You are here for Crémerie Élan SA.")
