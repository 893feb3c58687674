"""Somebody who has never had a password is not called active, and what waits is said; signing in counts when done."""

import pytest
from sqlmodel import Session

from tests.administration.inside import Company, a_company, comes_in
from tests.administration.people import names
from tests.attacks.arranging import a_telephone
from tests.factories import LONG_AGO, PASSWORD, a_user
from tests.journeys.places import code_on_telephone
from tests.pages import text_of
from tests.visitor import Visitor
from webapp.config import INVITATION_LIFE
from webapp.ports import Outside

USERS = "/administration/users"


@pytest.fixture
def company(db: Session) -> Company:
    """With Anna Neu from the register, who has no password, and Weg, who had none and left."""
    company, facts = a_company(db), {"password_hash": None, "activated_at": LONG_AGO}
    a_user(db, company.employer, first_name="Anna", last_name="Neu", email="anna@neu.example", **facts)
    a_user(db, company.employer, first_name="Max", last_name="Weg", deactivated_at=LONG_AGO, **facts)
    return company


def row_of(here: Visitor, name: str) -> str:
    """The words of one line."""
    return next(text_of(row) for row in here.page.document.query("tbody tr") if name in text_of(row))


def test_the_list_tells_who_has_no_password(here: Visitor) -> None:
    here.goes_to(USERS)
    assert "No password yet" in row_of(here, "Neu, Anna")
    assert "Active" in row_of(here, "Muster, Julia")
    assert "Inactive" in row_of(here, "Weg, Max")
    for label, option, found in (
        ("Status", "No password yet", ["Neu, Anna"]),
        ("Status", "Active", ["Favre, Hélène", "Muster, Julia"]),
        ("Status", "Inactive", ["Weg, Max"]),
        ("Process", "Password only", ["Favre, Hélène", "Muster, Julia"]),
    ):
        here.goes_to(USERS).chooses(option, of=label).presses("Show")
        assert names(here) == found
    assert names(here.goes_to(f"{USERS}?sort=status"))[2:] == ["Neu, Anna", "Weg, Max"]


def test_the_detail_tells_what_waits(here: Visitor, outside: Outside) -> None:
    here.goes_to(USERS).follows("Details", beside="Neu, Anna")
    here.sees("Status No password yet", "Process None yet", "This person has not chosen a password yet.")
    here.does_not_see("Password only", "The code in the welcome e-mail").presses("Send the welcome e-mail")
    here.sees("The code in the welcome e-mail is valid until 23.12.2026 10:00.")


def test_and_when_it_waits_no_more(here: Visitor, db: Session, outside: Outside, company: Company) -> None:
    page = here.goes_to(USERS).follows("Details", beside="Neu, Anna").presses("Send the welcome e-mail").path
    outside.now.passes(seconds=INVITATION_LIFE.total_seconds())  # type: ignore[attr-defined]
    comes_in(here, db, outside, company.admin).goes_to(page)
    here.sees("The code in the welcome e-mail opens nothing any more.").does_not_see("is valid until")


def test_moments_and_headings(here: Visitor, company: Company) -> None:
    here.goes_to(company.page_of(company.julia)).sees("Active since 15.01.2024 09:00", "Process Password only")
    assert here.page.text.count("Login process") == 1


def test_signing_in_counts_once_it_is_complete(
    visitor: Visitor, db: Session, outside: Outside, company: Company
) -> None:
    julia = company.julia
    a_telephone(db, outside, julia)
    julia.factor_since, julia.upgraded_at, julia.last_login_at = LONG_AGO, LONG_AGO, None
    db.commit()
    outside.now.passes(days=1)  # type: ignore[attr-defined]
    visitor.goes_to("/sign-in?lang=en").fills("E-mail address", julia.email).fills("Password", PASSWORD)
    visitor.presses("Sign in").is_at("/sign-in/second-factor")
    db.refresh(julia)
    assert julia.last_login_at is None
    visitor.fills("SMS code", code_on_telephone(outside)).presses("OK")
    db.refresh(julia)
    assert julia.last_login_at == outside.now()
