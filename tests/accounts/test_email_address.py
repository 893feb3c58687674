"""An address is kept and compared in small letters, by one function; other letters than those typed it never gets."""

import pytest
from sqlmodel import Session, select

from tests.administration.inside import a_company, comes_in
from tests.factories import PASSWORD, a_user
from tests.sources import files
from tests.visitor import Visitor
from webapp.accounts.actions import ask_for_new_password, check_password
from webapp.accounts.email_address import as_kept, is_address
from webapp.accounts.mandate_queries import somebody_of
from webapp.accounts.models import Employer, User
from webapp.config import ROOT
from webapp.ports import Outside

KEPT, LIKE_IT = "anna.strasse@company.example", "Anna.Straße@Company.example"


@pytest.mark.parametrize("typed", ["Anna.Strasse@Company.example", "  ANNA.STRASSE@COMPANY.EXAMPLE "])
def test_capital_letters_and_blanks_do_not_count(typed: str) -> None:
    assert as_kept(typed) == KEPT


def test_no_letter_becomes_two() -> None:
    assert as_kept(LIKE_IT) == "anna.straße@company.example"
    assert not is_address(as_kept(LIKE_IT))


def test_another_s_address_is_never_meant(db: Session, outside: Outside) -> None:
    user = a_user(db, email=KEPT)
    number = db.get_one(Employer, user.employer_id).member_number
    for typed, found in ((KEPT.upper(), user), (LIKE_IT, None)):
        assert check_password(db, outside, email=typed, password=PASSWORD, address="192.0.2.1").user == found
        db.commit()
        assert somebody_of(db, number, typed) == found
        db.commit()
        ask_for_new_password(db, outside, email=typed, address="192.0.2.1")
        assert len(outside.mailer.sent) == 1  # type: ignore[attr-defined]


def test_nobody_new_gets_it(visitor: Visitor, db: Session, outside: Outside) -> None:
    comes_in(visitor, db, outside, a_company(db).admin).goes_to("/administration/users/new")
    visitor.fills("Last name", "Straße").fills("E-mail address", LIKE_IT).presses("Create the user")
    visitor.sees("This is not an e-mail address.").finds_in("E-mail address", LIKE_IT)
    assert not db.exec(select(User).where(User.email == KEPT)).all()


@pytest.mark.parametrize("file", files("webapp/**/*.py"))
def test_nobody_else_does_it(file: str) -> None:
    own = ("accounts/email_address.py", "accounts/folding.py", "register/columns.py")
    for line in (ROOT / file).read_text().splitlines():
        folded = any(way in line for way in (".casefold()", ".lower()"))
        assert file.endswith(own) or not (folded and "mail" in line), line
