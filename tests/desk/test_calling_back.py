"""The telephone that somebody gave for queries is where the fund needs it, and nowhere else."""

import pytest
from sqlmodel import Session

from tests.administration.inside import Company, a_clerk_with_both, a_company, comes_in
from tests.letters.orders import an_order
from tests.visitor import Visitor
from webapp.letters.actions import report_wrong_address
from webapp.ports import Outside
from webapp.upgrade.models import CodeWish

NUMBER = "+41 21 555 01 02"
LABEL = "Telephone for queries"


@pytest.fixture
def company(db: Session) -> Company:
    """Julia has given a number."""
    company = a_company(db)
    company.julia.phone = NUMBER
    db.commit()
    return company


def test_a_clerk_finds_the_number(visitor: Visitor, db: Session, outside: Outside, company: Company) -> None:
    an_order(db, company.julia)
    report_wrong_address(db, outside, company.julia, "")
    db.add(CodeWish(user_id=company.julia.id or 0, asked_at=outside.now()))
    db.commit()
    comes_in(visitor, db, outside, a_clerk_with_both(db))
    for page in (f"/desk/users/{company.julia.public_id}", "/desk/addresses", "/desk/wishes"):
        visitor.goes_to(page).sees(LABEL, NUMBER)
    visitor.goes_to(f"/desk/users/{company.admin.public_id}").does_not_see(LABEL)


def test_the_company_does_not_see_it(visitor: Visitor, db: Session, outside: Outside, company: Company) -> None:
    comes_in(visitor, db, outside, company.admin)
    for page in (company.page_of(company.julia), "/administration/users"):
        visitor.goes_to(page).sees("Muster, Julia").does_not_see(LABEL, NUMBER)
