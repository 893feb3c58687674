"""The detail of a person, as in the guide: who it is, what was sent, and what can be done now."""

from sqlmodel import Session, col, select

from tests.administration.inside import Company, a_clerk_with_both, comes_in
from tests.factories import a_user
from tests.pages import text_of
from tests.visitor import Visitor
from webapp.letters.actions import post_run, report_wrong_address, start_run
from webapp.letters.models import Reason
from webapp.ports import Outside
from webapp.upgrade.actions.ordering import order_letters
from webapp.upgrade.models import UpgradeCode


def a_history(db: Session, outside: Outside, company: Company) -> None:
    """A letter by the administrator, another by the fund because the first was lost; it is not used in time."""
    clerk = a_clerk_with_both(db)
    order_letters(db, outside, [company.julia], by=company.admin, reason=Reason.FIRST)
    for _day in range(2):
        run = start_run(db, outside, clerk.id)
        assert run
        outside.now.passes(hours=1)  # type: ignore[attr-defined]
        db.refresh(run)
        post_run(db, outside, run, clerk.id)
        outside.now.passes(days=1)  # type: ignore[attr-defined]
        order_letters(db, outside, [company.julia], by=clerk, reason=Reason.LOST)


def test_the_whole_history_of_each_letter(visitor: Visitor, db: Session, outside: Outside, company: Company) -> None:
    a_history(db, outside, company)
    report_wrong_address(db, outside, company.julia, "moved")
    outside.now.passes(days=40)
    comes_in(visitor, db, outside, company.admin).goes_to(company.page_of(company.julia))
    rows = [text_of(row) for row in visitor.page.document.query("#letters tbody tr")]
    first, *_rest = (cell for cell in visitor.page.document.query("#letters tbody td"))
    assert text_of(first) == "Ordered"
    words = ("Ordered", "Held", "Printed", "Posted", "void", "expired")
    told = " ".join(word for row in rows for word in words if word in row)
    assert told == "Ordered Held Ordered Printed Posted void Ordered Printed Posted void"
    assert sum("Hélène Favre" in row for row in rows) == 1
    assert sum("The fund" in row for row in rows) == 8
    visitor.does_not_see("Caisse")
    db.rollback()
    code = db.exec(select(UpgradeCode).order_by(col(UpgradeCode.id).desc())).first()
    assert code
    code.voided_at = None
    db.commit()
    visitor.goes_to(company.page_of(company.julia)).sees("Code expired")
    code.redeemed_at = outside.now()
    db.commit()
    visitor.goes_to(company.page_of(company.julia)).sees("Code used")


def test_the_fund_sees_its_own_people_by_name(
    visitor: Visitor, db: Session, outside: Outside, company: Company
) -> None:
    a_history(db, outside, company)
    clerk = a_clerk_with_both(db)
    comes_in(visitor, db, outside, clerk).goes_to(f"/desk/users/{company.julia.public_id}").sees("Paul Caisse")


def test_the_telephone_for_queries_is_for_the_fund_alone(
    visitor: Visitor, db: Session, outside: Outside, company: Company
) -> None:
    company.julia.phone = "+41 21 555 01 02"
    clerk = a_clerk_with_both(db)
    comes_in(visitor, db, outside, clerk).goes_to(f"/desk/users/{company.julia.public_id}").sees("+41 21 555 01 02")
    comes_in(visitor, db, outside, company.admin).goes_to(company.page_of(company.julia))
    visitor.does_not_see("+41 21 555 01 02", "Telephone for queries")


def test_facts_and_refreshing(visitor: Visitor, db: Session, outside: Outside, company: Company) -> None:
    page = company.page_of(company.julia)
    comes_in(visitor, db, outside, company.admin).goes_to(f"{page}?sort=-name")
    visitor.sees("First name", "Last name", "Welcome e-mail", "Active since", "Permissions by topic", "Login process")
    visitor.does_not_see("Continue").follows("Refresh").is_at(page)
    assert visitor.path.endswith("?sort=-name")
    visitor.follows("Back to the list").is_at("/administration/users")


def test_on_one_s_own_detail_one_goes_on(visitor: Visitor, db: Session, outside: Outside, company: Company) -> None:
    own = a_user(db, company.employer, administrator=True, language="en")
    comes_in(visitor, db, outside, own, level=1).goes_to(company.page_of(own))
    visitor.sees("Move to the multi-factor login: Boulangerie Favre SA").does_not_see("Request the upgrade code")
    visitor.follows("Continue").is_at("/upgrade/letter")
