"""A clerk's own account is reached from the desk, and every page of it leads back there."""

import pytest
from sqlmodel import Session

from tests.administration.inside import a_clerk_with_both, comes_in
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.ports import Outside

PAGES = (
    "Change password",
    "Change e-mail address",
    "Activate new e-mail address",
    "Login process",
    "Choose another language",
    "Personal settings",
    "Where you are signed in",
    "My letters",
    "What happened on my account",
)


@pytest.fixture
def paul(db: Session) -> User:
    """A clerk with both factors."""
    return a_clerk_with_both(db)


def test_every_page_is_one_step_away_and_one_step_back(
    visitor: Visitor, db: Session, outside: Outside, paul: User
) -> None:
    comes_in(visitor, db, outside, paul)
    for page in PAGES:
        visitor.goes_to("/desk").follows(page)
        assert visitor.status == 200, page
        assert visitor.page.document.query(".tabs a[aria-current]") or page == "Login process", page
        if page != "Login process":  # beside one's name, as for everybody
            visitor.follows("Back").is_at("/desk")


def test_what_is_saved_leads_back_to_the_desk(visitor: Visitor, db: Session, outside: Outside, paul: User) -> None:
    comes_in(visitor, db, outside, paul).follows("Personal settings").fills("Telephone for queries", "021 555 01 02")
    visitor.presses("Save").sees("Your settings have been saved.").follows("Back").is_at("/desk")
    visitor.follows("Choose another language").chooses("Deutsch").presses("Save").is_at("/desk")
    db.refresh(paul)
    assert (paul.language, paul.phone) == ("de", "+41 21 555 01 02")
