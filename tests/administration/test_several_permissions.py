"""Several people get the same permissions in some topics: chosen, looked at, done once; the other topics stay."""

import pytest
from flask import Flask
from sqlmodel import Session, func, select

from tests.administration.inside import BOTH_FACTORS, Company, a_clerk_with_both, comes_in, written_to
from tests.administration.ticking import ticks
from tests.doors import sign_in
from tests.factories import a_user
from tests.pages import Page
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.administration.models import BulkChange, BulkChangeLine
from webapp.audit.models import AuditEvent
from webapp.ports import Outside

PERMISSIONS = "/administration/several/permissions"
TOLD = "Your permissions in PartnerWeb have changed"


@pytest.fixture
def marc(db: Session, company: Company) -> User:
    """He may only read salaries; his account is not active."""
    facts = {"first_name": "Marc", "last_name": "Rochat", "language": "en", "topics": {"salaries": "read"}}
    return a_user(db, company.employer, deactivated_at=company.admin.activated_at, **facts)


def topics(db: Session, *people: User) -> list[dict[str, str]]:
    """What is kept of them."""
    db.rollback()
    for user in people:
        db.refresh(user)
    return [user.topics for user in people]


def at_permissions(visitor: Visitor, db: Session, chooser: User, people: list[User]) -> Visitor:
    """From the list, with these people ticked."""
    ticks(db, chooser, people)
    visitor.goes_to("/desk/users" if chooser.clerk else "/administration/users")
    return visitor.presses("Change the permissions")


def test_only_the_topics_that_are_chosen_change(
    here: Visitor, db: Session, outside: Outside, company: Company, marc: User
) -> None:
    same = a_user(db, company.employer, last_name="Same", topics={"salaries": "read", "documents": "none"})
    at_permissions(here, db, company.admin, [company.admin, company.julia, marc, same]).is_at(PERMISSIONS)
    here.sees("4 people are selected.", "Leave as it is").does_not_see("Rochat", "left out")
    here.chooses("Read", of="Salaries").chooses("None", of="Documents").presses("Show what changes").is_at(PERMISSIONS)
    here.sees("4 people are selected.", "2 are left out.", "Administrator: may do everything anyway", "Already so")
    here.sees("Salaries: Read, edit and transmit →becomes Read", "Documents: Read, edit and transmit →becomes None")
    here.does_not_see("Salaries: Read →", "Employees: ")
    here.presses("Change the permissions of 2 people").sees("The permissions of 2 people are changed.", "2 of 2 people")
    here.sees("Salaries Read Documents None", "2 are left out.", "Already so")
    both = {"salaries": "read", "documents": "none"}
    assert topics(db, company.julia, marc, same, company.admin) == [both, both, both, {}]
    assert written_to(outside, company.julia) == written_to(outside, marc) == [TOLD]
    assert written_to(outside, same) == written_to(outside, company.admin) == []
    assert "Hélène Favre changed on" in outside.mailer.sent[-1].text


def test_it_is_noted_for_each_person_and_topic(here: Visitor, db: Session, company: Company, marc: User) -> None:
    at_permissions(here, db, company.admin, [company.julia, marc])
    here.chooses("Read", of="Salaries").chooses("Read", of="Administration").presses("Show what changes")
    here.presses("Change the permissions of 2 people")
    noted = db.exec(select(AuditEvent).where(AuditEvent.event == "rights_changed")).all()
    assert {(one.about_id, one.details, one.by_id) for one in noted} == {
        (company.julia.id, '{"level":"read","topic":"salaries"}', company.admin.id),
        (company.julia.id, '{"level":"read","topic":"administration"}', company.admin.id),
        (marc.id, '{"level":"read","topic":"administration"}', company.admin.id),
    }
    here.goes_to("/administration/activity").sees("Permissions changed: Salaries, now “Read”")


def test_each_is_told_what_changed_for_them(
    here: Visitor, db: Session, outside: Outside, company: Company, marc: User
) -> None:
    at_permissions(here, db, company.admin, [company.julia, marc])
    here.chooses("Read", of="Salaries").chooses("None", of="Documents").presses("Show what changes")
    here.presses("Change the permissions of 2 people")
    texts = {mail.recipient: mail.text for mail in outside.mailer.sent}
    documents = "Documents: None (before: Read, edit and transmit)"
    assert f"Salaries: Read (before: Read, edit and transmit)\n\n{documents}" in texts[company.julia.email]
    assert documents in texts[marc.email]
    assert "Salaries" not in texts[marc.email]


def test_it_counts_at_once_in_another_session(
    here: Visitor, app: Flask, db: Session, outside: Outside, company: Company
) -> None:
    nora = a_user(db, company.employer, **BOTH_FACTORS)
    theirs = sign_in(app.test_client(), db, outside, nora, level=2)
    for level, status in (("Read", 200), ("None", 403)):
        at_permissions(here, db, company.admin, [nora]).chooses(level, of="Administration")
        here.presses("Show what changes").presses("Change the permissions of 1 person")
        assert theirs.get("/administration/users").status_code == status


def test_a_choice_survives_whoever_is_removed(here: Visitor, db: Session, company: Company, marc: User) -> None:
    at_permissions(here, db, company.admin, [company.julia, marc]).chooses("Read and edit", of="Accounting")
    here.presses("Show what changes").presses("Remove", beside="Muster, Julia")
    here.sees("The person is left out.", "1 person is selected.", "Accounting: Read, edit and transmit →becomes")
    here.presses("Change the permissions of 1 person").sees("The permissions of 1 person are changed.")
    assert topics(db, company.julia, marc) == [{}, {"salaries": "read", "accounting": "edit"}]


def test_a_choice_survives_the_next_page(here: Visitor, db: Session, company: Company) -> None:
    at_permissions(here, db, company.admin, [a_user(db, company.employer) for _ in range(101)])
    here.chooses("Read", of="Documents").presses("Show what changes").follows("Next page")
    here.sees("page 2 of 2", "Documents: Read, edit and transmit →becomes Read")
    here.presses("Remove").sees("100 people are selected.").presses("Change the permissions of 100 people")
    here.sees("The permissions of 100 people are changed.", "100 of 100 people")


def test_another_choice_is_made_where_the_first_is_shown(here: Visitor, db: Session, company: Company) -> None:
    at_permissions(here, db, company.admin, [company.julia]).chooses("Read", of="Salaries").presses("Show what changes")
    here.chooses("Leave as it is", of="Salaries").chooses("None", of="Employees").presses("Show what changes")
    here.sees("Employees: Read, edit and transmit →becomes None").does_not_see("Salaries: ")
    here.chooses("Read, edit and transmit", of="Employees").presses("Show what changes")
    here.sees("1 is left out.", "Already so", "Choose other permissions").does_not_see("Change the permissions of")


def test_nothing_chosen_is_said_where_it_happened(here: Visitor, db: Session, company: Company) -> None:
    at_permissions(here, db, company.admin, [company.julia]).presses("Show what changes")
    here.sees("There is a problem", "Choose a level for at least one topic.", "1 person is selected.")
    assert here.status == 422
    here.chooses("Read", of="Salaries").presses("Show what changes").sees("Salaries: ").does_not_see("a problem")


@pytest.mark.parametrize("forged", ["administration=transmit", "salaries=everything", "salaries=read&documents=x"])
def test_what_cannot_be_given_is_refused(here: Visitor, db: Session, company: Company, forged: str) -> None:
    ticks(db, company.admin, [company.julia])
    here.goes_to(f"{PERMISSIONS}?{forged}").sees("There is a problem", "Not a valid choice").does_not_see("Muster")
    assert here.status == 422


def test_nobody_selected_is_said(here: Visitor) -> None:
    here.goes_to(PERMISSIONS).sees("Nobody is selected.").does_not_see("Show what changes")
    here.goes_to(f"{PERMISSIONS}?salaries=read").sees("Nobody is selected.").follows("Select people")
    here.is_at("/administration/users")


def test_the_same_press_twice_is_done_once(here: Visitor, db: Session, outside: Outside, company: Company) -> None:
    at_permissions(here, db, company.admin, [company.julia]).chooses("Read", of="Salaries").presses("Show what changes")
    shown = here.goes_to(f"{PERMISSIONS}?salaries=read").response.text
    here.presses("Change the permissions of 1 person").sees("The permissions of 1 person are changed.")
    at, here.page = here.path, Page(shown)
    here.presses("Change the permissions of 1 person").sees("You had done this already. Nothing was done twice.")
    assert here.path == at
    assert db.exec(select(func.count()).select_from(BulkChange)).one() == 1
    assert written_to(outside, company.julia) == [TOLD]


def test_whoever_was_not_on_the_page_is_left_alone(here: Visitor, db: Session, company: Company, marc: User) -> None:
    at_permissions(here, db, company.admin, [company.julia]).chooses("Read", of="Documents")
    here.presses("Show what changes")
    ticks(db, company.admin, [marc])  # in another tab
    here.presses("Change the permissions of 1 person").is_at(PERMISSIONS)
    here.sees("other people were selected. Nothing is done yet", "Rochat", "Documents: Read, edit and transmit →")
    assert topics(db, company.julia, marc) == [{}, {"salaries": "read"}]
    assert not db.exec(select(BulkChangeLine)).all()


def test_the_fund_changes_them_in_several_companies(
    visitor: Visitor, db: Session, outside: Outside, company: Company
) -> None:
    elsewhere, clerk = a_user(db, last_name="Else", language="en"), a_clerk_with_both(db)
    at_permissions(comes_in(visitor, db, outside, clerk), db, clerk, [company.admin, company.julia, elsewhere])
    visitor.is_at("/desk/several/permissions").chooses("Read", of="Salaries").presses("Show what changes")
    visitor.sees("1 is left out.", "Administrator: may do everything anyway").presses("Remove", beside="Else, ")
    visitor.presses("Change the permissions of 1 person").sees("The permissions of 1 person are changed.")
    assert topics(db, company.julia, elsewhere, clerk) == [{"salaries": "read"}, {}, {}]
    assert "The fund changed on" in outside.mailer.sent[-1].text
