"""A company, and its administrator who has come in."""

import pytest
from sqlmodel import Session

from tests.administration.inside import Company, a_company, comes_in
from tests.visitor import Visitor
from webapp.ports import Outside


@pytest.fixture
def company(db: Session) -> Company:
    """Boulangerie Favre SA."""
    return a_company(db)


@pytest.fixture
def here(visitor: Visitor, db: Session, outside: Outside, company: Company) -> Visitor:
    """The administrator, with both factors."""
    return comes_in(visitor, db, outside, company.admin)
