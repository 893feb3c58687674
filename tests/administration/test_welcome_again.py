"""The welcome e-mail is sent again: the earlier code ends, not too often, and never to who could do nothing with it."""

import pytest
from sqlmodel import Session, col, select

from tests.administration.inside import Company, a_clerk_with_both, comes_in
from tests.factories import a_user, an_administrator
from tests.journeys.mail import code_mailed_to
from tests.journeys.places import the_fund_prints_and_posts
from tests.journeys.test_invitation import sets_a_password
from tests.pages import text_of
from tests.twins import Clock, Mail
from tests.visitor import Visitor
from webapp.accounts.actions import Found, find_link
from webapp.accounts.links import AccountLink, LinkPurpose
from webapp.accounts.models import User
from webapp.config import INVITATION_LIFE, WELCOMES_A_DAY
from webapp.ports import Outside

NEW = "/administration/users/new"
FIRST, AGAIN = "Send the welcome e-mail", "Send the welcome e-mail again"
EMAIL = "anna@neu.example"


def invites(here: Visitor, *, by_mail: bool = True) -> Visitor:
    """Anna Neu, whose detail is shown then."""
    here.goes_to(NEW).fills("First name", "Anna").fills("Last name", "Neu").fills("E-mail address", EMAIL)
    here.chooses("English", of="Language")
    here = here if by_mail else here.unticks("Welcome e-mail")
    return here.presses("Create the user").sees("The account is made.")


def mails(outside: Outside) -> list[Mail]:
    """The welcome e-mails to her."""
    written = [mail for mail in outside.mailer.sent if mail.recipient == EMAIL]  # type: ignore[attr-defined]
    return [mail for mail in written if mail.subject == "Welcome to PartnerWeb: choose your password"]


def anna(db: Session) -> User:
    """Her row."""
    db.rollback()
    return db.exec(select(User).where(User.email == EMAIL)).one()


def open_codes(db: Session, outside: Outside) -> int:
    """How many codes would open something now."""
    db.rollback()
    still = select(AccountLink).where(col(AccountLink.used_at).is_(None), col(AccountLink.withdrawn_at).is_(None))
    return len([link for link in db.exec(still) if outside.now() < link.expires_at])


def test_again_and_the_earlier_code_opens_nothing(here: Visitor, db: Session, outside: Outside, clock: Clock) -> None:
    invites(here)
    first = code_mailed_to(outside, EMAIL)
    here.sees("Welcome e-mail 23.11.2026 10:00", "This person has not chosen a password yet.")
    clock.passes(minutes=15)
    here.presses(AGAIN).sees(f"The welcome e-mail is on its way to {EMAIL}.", "Welcome e-mail 23.11.2026 10:15")
    before, after = mails(outside)
    assert "The one in the earlier e-mail opens nothing any more." not in before.text
    assert "The one in the earlier e-mail opens nothing any more." in after.text
    assert "Hélène Favre has given you access" in after.text
    person = here.somebody_else()
    sets_a_password(person, first).sees("This code is not valid any more.", "send you the welcome e-mail again")
    sets_a_password(person, code_mailed_to(outside, EMAIL)).sees("Your new password is set.")
    here.follows("Refresh").sees("This person can sign in.").does_not_see(AGAIN, FIRST)
    rows = [text_of(row) for row in here.goes_to("/administration/activity").page.document.query("tbody tr")]
    assert len([row for row in rows if "User invited" in row and "You" in row]) == 2


def test_the_fund_does_it_for_any_company(
    visitor: Visitor, db: Session, outside: Outside, company: Company, clock: Clock
) -> None:
    a_user(db, company.employer, email=EMAIL, password_hash=None, language="en", last_name="Neu")
    clerk = a_clerk_with_both(db)
    comes_in(visitor, db, outside, clerk).goes_to(f"/desk/users/{anna(db).public_id}").sees("Welcome e-mail none")
    visitor.presses(FIRST).sees("is on its way", "Welcome e-mail 23.11.2026 10:00").does_not_see("Send the code")
    clock.passes(minutes=1)
    visitor.presses(AGAIN).sees("Welcome e-mail 23.11.2026 10:01")
    assert ["The fund has given you access" in mail.text for mail in mails(outside)] == [True, True]
    assert not any("Caisse" in mail.text.replace(outside.config.fund.name("en"), "") for mail in mails(outside))
    assert open_codes(db, outside) == 1


def test_for_the_first_time_where_none_was_wanted(here: Visitor, db: Session, outside: Outside) -> None:
    invites(here, by_mail=False).sees("Welcome e-mail none").does_not_see(AGAIN)
    here.presses(FIRST).sees("is on its way", AGAIN)
    [mail] = mails(outside)
    assert "opens nothing any more" not in mail.text
    sets_a_password(here.somebody_else(), code_mailed_to(outside, EMAIL)).sees("Your new password is set.")


def test_the_letter_is_announced_while_it_is_on_its_way(
    here: Visitor, db: Session, outside: Outside, clock: Clock
) -> None:
    invites(here).presses(AGAIN)
    the_fund_prints_and_posts(db, outside)
    here.presses(AGAIN)
    clock.passes(days=10)
    comes_in(here, db, outside, anna_s_administrator(db))
    here.goes_to(f"/administration/users/{anna(db).public_id}").presses(AGAIN)
    assert ["A letter follows by post" in mail.text for mail in mails(outside)] == [True, True, True, False]


def anna_s_administrator(db: Session) -> User:
    """Hélène, who signs in again after some days."""
    return db.exec(select(User).where(User.last_name == "Favre")).one()


def test_so_often_a_day_and_no_more(here: Visitor, db: Session, outside: Outside, clock: Clock) -> None:
    invites(here)
    for _time in range(WELCOMES_A_DAY):
        here.presses(AGAIN).sees("is on its way")
    code = code_mailed_to(outside, EMAIL)
    here.presses(AGAIN).sees("Anna Neu was sent enough welcome e-mails for today.", "24.11.2026 10:00")
    assert len(mails(outside)) == 1 + WELCOMES_A_DAY
    assert isinstance(find_link(db, outside, code, LinkPurpose.INVITATION), Found)  # the last one still opens
    db.rollback()
    clock.passes(days=1)
    comes_in(here, db, outside, anna_s_administrator(db))
    here.goes_to(f"/administration/users/{anna(db).public_id}").presses(AGAIN).sees("is on its way")


@pytest.mark.parametrize(
    ("facts", "told"),
    [({"deactivated_at": True}, "This account is not active."), ({}, "has a password already")],
    ids=["inactive", "has a password"],
)
def test_not_offered_and_refused(
    facts: dict[str, bool], told: str, here: Visitor, db: Session, outside: Outside, company: Company
) -> None:
    gone = {"deactivated_at": outside.now(), "password_hash": None} if facts else {}
    user = a_user(db, company.employer, email=EMAIL, **gone)
    page = company.page_of(user)
    here.goes_to(page).does_not_see(FIRST)
    here.client.application.config["WTF_CSRF_ENABLED"] = False
    assert here.client.post(f"{page}/welcome-email").headers["Location"] == page
    here.goes_to(page).sees(told)
    assert mails(outside) == []
    assert open_codes(db, outside) == 0


def test_before_both_factors_nobody_is_offered_it(
    visitor: Visitor, db: Session, outside: Outside, company: Company
) -> None:
    user = a_user(db, company.employer, email=EMAIL, password_hash=None)
    admin = an_administrator(db, company.employer, language="en")
    comes_in(visitor, db, outside, admin, level=1).goes_to(company.page_of(user)).does_not_see(FIRST)


def test_a_code_that_is_too_old_shows_the_way(here: Visitor, db: Session, outside: Outside, clock: Clock) -> None:
    invites(here)
    old = code_mailed_to(outside, EMAIL)
    clock.passes(seconds=INVITATION_LIFE.total_seconds())
    person = sets_a_password(here.somebody_else(), old).sees("This code has expired.", "How you get a new code")
    person.follows("Send a new code").fills("E-mail address", EMAIL).presses("Send the code")
    sets_a_password(person, code_mailed_to(outside, EMAIL)).sees("Your new password is set.")
