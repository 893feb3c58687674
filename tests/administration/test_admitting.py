"""An administrator, or the fund, decides who may come in and who administers; the company never ends up without one."""

import pytest
from flask import Flask
from sqlmodel import Session, select

from tests.administration.inside import (
    BOTH_FACTORS,
    Company,
    a_clerk_with_both,
    active_administrators,
    comes_in,
    written_to,
)
from tests.attacks.arranging import a_code, a_letter, a_ticket
from tests.attacks.sessions import kept, went
from tests.doors import sign_in
from tests.factories import an_administrator
from tests.pages import Page
from tests.visitor import Visitor
from webapp.accounts.models import LoginSession, User
from webapp.letters.models import Letter
from webapp.login_methods.models import EnrolmentTicket
from webapp.ports import Outside
from webapp.upgrade.actions.redeeming import redeem
from webapp.upgrade.models import UpgradeCode


def test_somebody_is_deactivated_and_activated_again(
    here: Visitor, app: Flask, db: Session, outside: Outside, company: Company
) -> None:
    julia = company.julia
    copied = kept(sign_in(app.test_client(), db, outside, julia, level=1), "portal")
    code = a_code(db, outside, julia)
    a_ticket(db, outside, julia)
    a_letter(db, julia, outside.now())
    assert went(app, copied) == "200"
    here.goes_to(company.page_of(julia)).sees("This person can sign in.").follows("Deactivate this account")
    here.sees("Muster, Julia", "signed out everywhere at once", "You can activate the account again")
    here.presses("Deactivate this account").is_at(company.page_of(julia))
    here.sees(
        "Julia Muster can no longer sign in, and is told by e-mail.", "Inactive since", "Withdrawn, never printed"
    )
    here.sees("Code made void", "This person cannot sign in.").does_not_see("Request the upgrade code")
    assert went(app, copied) == "/sign-in"
    assert "Hélène Favre deactivated your account" in outside.mailer.sent[-1].text
    here.presses("Activate again").sees("Julia Muster can sign in again", "This person can sign in.")
    assert written_to(outside, julia) == ["Your account has been deactivated", "Your account is active again"]
    assert went(app, copied) == "/sign-in"  # what was open before stays closed
    assert redeem(db, outside, julia, code, terms="1", language="en").outcome != "redeemed"
    assert all(letter.withdrawn_at or letter.printed_at for letter in db.exec(select(Letter)))
    assert all(ticket.closed_at for ticket in db.exec(select(EnrolmentTicket)))
    db.refresh(julia)
    assert julia.active


def test_a_session_begun_while_somebody_was_deactivated_does_not_come_to_life(
    here: Visitor, app: Flask, db: Session, outside: Outside, company: Company
) -> None:
    here.goes_to(f"{company.page_of(company.julia)}/deactivation").presses("Deactivate this account")
    late = kept(sign_in(app.test_client(), db, outside, company.julia, level=1), "portal")  # as in a race
    here.presses("Activate again")
    assert went(app, late) == "/sign-in"


def test_nobody_does_it_to_oneself(here: Visitor, db: Session, outside: Outside, company: Company) -> None:
    an_administrator(db, company.employer)
    own = company.page_of(company.admin)
    here.goes_to(own).does_not_see("Deactivate this account", "administrator rights")
    for path in ("deactivation", "administrator-rights"):
        here.goes_to(f"{own}/{path}").sees("Nobody does this to their own account.", "call the fund")
    here.client.application.config["WTF_CSRF_ENABLED"] = False
    for path in ("deactivation", "administrator-rights/removal"):
        assert here.client.post(f"{own}/{path}").status_code == 303
    assert company.admin.id in active_administrators(db, company.employer)
    assert written_to(outside, company.admin) == []


def test_rights_are_given_and_taken(here: Visitor, db: Session, outside: Outside, company: Company) -> None:
    here.goes_to(company.page_of(company.julia)).follows("Give administrator rights")
    here.sees("sees all users of the company").presses("Give administrator rights")
    here.sees("Julia Muster has administrator rights now").follows("Take administrator rights away")
    here.presses("Take administrator rights away").sees("has no administrator rights any more")
    assert written_to(outside, company.julia) == [
        "You now have administrator rights",
        "You no longer have administrator rights",
    ]
    db.refresh(company.julia)
    assert not company.julia.administrator


def test_rights_that_are_taken_are_gone_at_the_next_press(
    here: Visitor, app: Flask, db: Session, outside: Outside, company: Company
) -> None:
    other = an_administrator(db, company.employer, **BOTH_FACTORS)
    client = sign_in(app.test_client(), db, outside, other, level=2)
    assert client.get("/administration/users").status_code == 200
    here.goes_to(f"{company.page_of(other)}/administrator-rights").presses("Take administrator rights away")
    assert client.get("/administration/users").status_code == 403


@pytest.mark.parametrize("path", ["deactivation", "administrator-rights"])
def test_the_last_administrator_stays_whoever_asks(
    path: str, visitor: Visitor, db: Session, outside: Outside, company: Company
) -> None:
    an_administrator(db, company.employer, deactivated_at=outside.now())  # does not count
    an_administrator(db)  # of another company
    clerk = a_clerk_with_both(db)
    person = f"/desk/users/{company.admin.public_id}"
    comes_in(visitor, db, outside, clerk).goes_to(f"{person}/{path}")
    visitor.sees("Hélène Favre is the only active administrator of the company.")
    other = an_administrator(db, company.employer)
    visitor.goes_to(f"{person}/{path}").sees("What happens")
    other.deactivated_at = outside.now()
    db.add(other)
    db.commit()
    button = "Deactivate this account" if path == "deactivation" else "Take administrator rights away"
    visitor.presses(button).sees("Hélène Favre is the only active administrator of the company.")
    assert active_administrators(db, company.employer) == [company.admin.id]
    assert written_to(outside, company.admin) == []


def test_nobody_at_the_fund_is_named(visitor: Visitor, db: Session, outside: Outside, company: Company) -> None:
    clerk = a_clerk_with_both(db)
    comes_in(visitor, db, outside, clerk).goes_to(f"/desk/users/{company.julia.public_id}/deactivation")
    visitor.presses("Deactivate this account").sees("can no longer sign in")
    assert "The fund deactivated your account" in outside.mailer.sent[-1].text
    assert "Caisse" not in outside.mailer.sent[-1].text.replace(outside.config.fund.name("en"), "")


def test_an_inactive_person_gets_no_rights(here: Visitor, db: Session, outside: Outside, company: Company) -> None:
    company.julia.deactivated_at = outside.now()
    db.commit()
    page = company.page_of(company.julia)
    here.goes_to(page).does_not_see("Give administrator rights")
    here.goes_to(f"{page}/administrator-rights").sees("This account is not active. Activate it first.")


def test_before_both_factors_the_fund_does_it(
    visitor: Visitor, db: Session, outside: Outside, company: Company
) -> None:
    admin = an_administrator(db, company.employer, language="en")
    page = company.page_of(company.julia)
    comes_in(visitor, db, outside, admin, level=1).goes_to(page).sees("Until then the fund does it for you.")
    visitor.does_not_see("Deactivate this account", "Give administrator rights")
    visitor.goes_to(f"{page}/deactivation").does_not_see("Deactivate this account?")
    assert visitor.path.startswith("/upgrade")


def test_an_old_proof_is_renewed_first(here: Visitor, db: Session, outside: Outside, company: Company) -> None:
    here.goes_to(f"{company.page_of(company.julia)}/deactivation")
    for row in db.exec(select(LoginSession)):
        row.seen_at = row.proved_at = outside.now()
    db.commit()
    for _quarter in range(2):
        outside.now.passes(minutes=11)
        here.client.get("/administration")
    here.client.application.config["WTF_CSRF_ENABLED"] = False
    answer = here.client.post(f"{company.page_of(company.julia)}/deactivation")
    assert answer.headers["Location"].startswith("/sign-in/second-factor")
    db.refresh(company.julia)
    assert company.julia.active


def test_a_second_press_changes_nothing(here: Visitor, db: Session, outside: Outside, company: Company) -> None:
    here.goes_to(f"{company.page_of(company.julia)}/deactivation")
    shown = here.response.text
    here.presses("Deactivate this account")
    since = db.exec(select(User.deactivated_at).where(User.id == company.julia.id)).one()
    db.rollback()
    outside.now.passes(minutes=5)
    here.page = Page(shown)
    here.presses("Deactivate this account").sees("Nothing was changed: it was so already.")
    assert db.exec(select(User.deactivated_at).where(User.id == company.julia.id)).one() == since
    assert len(written_to(outside, company.julia)) == 1
    assert not db.exec(select(UpgradeCode)).all()
