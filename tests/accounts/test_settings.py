"""What somebody chooses for themselves counts from then on, and nothing that they typed is lost."""

from dataclasses import replace

from flask import Flask
from sqlmodel import Session, select

from tests.factories import a_user, an_administrator, an_employer
from tests.journeys.mail import subjects
from tests.journeys.places import signs_in, the_fund_prints_and_posts
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.accounts.actions import write_to
from webapp.audit.models import AuditEvent
from webapp.ports import Outside, PrintedDocument

MENU = "/administration"
LANGUAGE = "Choose another language"
SETTINGS = "Personal settings"
WISHED = "Someone in your company needs an upgrade code"


def at_settings(visitor: Visitor, email: str) -> Visitor:
    """From the sign-in over the menu."""
    return signs_in(visitor, email).goes_to(MENU).follows(SETTINGS).is_at("/account/settings")


def test_one_is_called_as_one_wishes(visitor: Visitor, db: Session) -> None:
    person = a_user(db, language="en", first_name="Anne-Marie", last_name="Favre")
    at_settings(visitor, person.email).fills("Name as shown", "  Anne \t Favre ").presses("Save")
    visitor.sees("Your settings have been saved.").finds_in("Name as shown", "Anne Favre")
    visitor.does_not_see("Anne-Marie").fills("Name as shown", "").presses("Save").sees("Anne-Marie Favre")


def test_a_telephone_for_queries_is_one(visitor: Visitor, db: Session) -> None:
    person = a_user(db, language="en")
    at_settings(visitor, person.email).fills("Telephone for queries", "nothing").presses("Save")
    visitor.sees("There is a problem", "This is not a telephone number").finds_in("Telephone for queries", "nothing")
    visitor.fills("Telephone for queries", "021 555 01 02").presses("Save")
    visitor.finds_in("Telephone for queries", "+41 21 555 01 02")
    visitor.fills("Telephone for queries", "").presses("Save").finds_in("Telephone for queries", "")


def test_a_name_that_is_too_long_is_kept_to_be_shortened(visitor: Visitor, db: Session) -> None:
    person = a_user(db, language="en")
    at_settings(visitor, person.email).fills("Name as shown", "x" * 61).presses("Save")
    visitor.sees("The name is too long: 60 characters at most.").finds_in("Name as shown", "x" * 61)


def test_only_what_one_may_do_without_can_be_done_without(visitor: Visitor, db: Session, outside: Outside) -> None:
    person = an_administrator(db, language="en")
    at_settings(visitor, person.email).sees("E-mails about changes to your login always come.")
    visitor.unticks("Somebody in my company asks for an upgrade code").presses("Save")
    db.refresh(person)
    assert person.notices_off == "code_wished"
    write_to(db, outside, person, "code_wished", asked_by="Marc Exemple", company="Favre")
    write_to(db, outside, person, "letter_posted", expected_by=outside.now().date())
    write_to(db, outside, person, "code_voided")
    db.commit()
    assert len(outside.mailer.sent) == 2
    visitor.ticks("Somebody in my company asks for an upgrade code").presses("Save")
    db.refresh(person)
    assert person.notices_off == ""


def test_what_concerns_administrators_is_offered_to_them_only(visitor: Visitor, db: Session) -> None:
    at_settings(visitor, a_user(db, language="en").email).does_not_see("asks for an upgrade code")


def test_the_longer_session_is_remembered(visitor: Visitor, db: Session, clock: Clock) -> None:
    person = a_user(db, language="en")
    at_settings(visitor, person.email).ticks("Longer session").presses("Save").presses("Sign out")
    signs_in(visitor, person.email)
    clock.passes(minutes=190)
    visitor.goes_to("/account/settings").is_at("/account/settings")


def test_where_the_fund_allows_no_longer_session_none_is_offered(
    visitor: Visitor, db: Session, app: Flask, outside: Outside, clock: Clock
) -> None:
    person = a_user(db, language="en", longer_session=True)
    app.extensions["outside"] = replace(outside, config=replace(outside.config, long_sessions=False))
    at_settings(visitor, person.email).does_not_see("Longer session").presses("Save").sees("have been saved")
    clock.passes(minutes=21)
    visitor.goes_to("/account/settings").is_at("/sign-in")


def test_low_rows_are_as_the_settings_say_unless_the_list_says_otherwise(visitor: Visitor, db: Session) -> None:
    admin = an_administrator(db, language="en")
    at_settings(visitor, admin.email).ticks("Low rows in tables").presses("Save")
    assert visitor.goes_to("/administration/users").page.document.query(".people.compact")
    assert not visitor.goes_to("/administration/users?compact=no").page.document.query(".people.compact")


def test_the_next_letter_comes_in_large_print(visitor: Visitor, db: Session, outside: Outside) -> None:
    admin, other = an_administrator(db, language="en"), an_administrator(db, language="en")
    at_settings(visitor, admin.email).ticks("Letters in large print").presses("Save")
    for person in (admin, other):
        signs_in(visitor, person.email).goes_to("/upgrade/letter").presses("Request the upgrade code")
    the_fund_prints_and_posts(db, outside)
    files = [file for run in outside.carrier.handed.values() for file in run.values()]
    sheets = [sheet for file in files for sheet in sheets_of(file)]
    assert ["large" in sheet.split(">", 1)[0] for sheet in sheets] == [True, False]
    assert [person.last_name in sheet for person, sheet in zip((admin, other), sheets, strict=True)] == [True, True]


def sheets_of(document: PrintedDocument) -> list[str]:
    """The letters of a file, as they were given to the twin of the press."""
    return document.pdf.decode().split("<section class=")[1:]


def test_the_language_of_the_account_is_the_one_of_pages_and_mails(
    visitor: Visitor, db: Session, outside: Outside
) -> None:
    person = a_user(db, language="fr")
    signs_in(visitor, person.email).goes_to(MENU).follows(LANGUAGE).chooses("English").presses("Save")
    visitor.sees("From now on PartnerWeb speaks and writes to you in English.").is_at(MENU).presses("Sign out")
    db.refresh(person)
    assert person.language == "en"
    write_to(db, outside, person, "code_voided")
    db.commit()
    assert "Hello" in outside.mailer.sent[-1].text


def test_a_language_that_there_is_not_is_refused(visitor: Visitor, db: Session, app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    person = a_user(db, language="en")
    signs_in(visitor, person.email).goes_to("/account/language")
    answer = visitor.client.post("/account/language", data={"language": "rm"})
    assert answer.status_code == 422
    db.refresh(person)
    assert person.language == "en"


def test_only_what_is_different_is_noted(visitor: Visitor, db: Session) -> None:
    person = a_user(db, language="en")
    chosen = select(AuditEvent.details).where(AuditEvent.event == "settings_changed")
    at_settings(visitor, person.email).presses("Save").sees("have been saved")
    visitor.goes_to("/account/language").chooses("English").presses("Save")
    assert db.exec(chosen).all() == []
    visitor.goes_to("/account/settings").ticks("Low rows in tables").presses("Save").presses("Save")
    visitor.goes_to("/account/language").chooses("Italiano").presses("Save")
    assert db.exec(chosen).all() == ["{}", '{"language":"it"}']


def test_each_notice_that_is_not_wanted_does_not_come(visitor: Visitor, db: Session, outside: Outside) -> None:
    company = an_employer(db)
    asking = a_user(db, company, language="en")
    people = {wanted: an_administrator(db, company, language="en") for wanted in (True, False)}
    at_settings(visitor, people[False].email).unticks("My letter with a code has been posted")
    visitor.unticks("Somebody in my company asks for an upgrade code").presses("Save").presses("Sign out")
    signs_in(visitor, asking.email).goes_to("/upgrade/letter").presses("Ask my administrators for the code")
    for person in people.values():
        signs_in(visitor, person.email).goes_to("/upgrade/letter").presses("Request the upgrade code")
    the_fund_prints_and_posts(db, outside)
    ordered = "A letter for PartnerWeb was ordered"
    assert subjects(outside, people[False].email) == [ordered]
    assert subjects(outside, people[True].email) == [WISHED, ordered, "Your letter for PartnerWeb is in the post"]
