"""What happened, read by the person, by the company's administrator, and at the fund's desk."""

import pytest
from sqlmodel import Session

from tests.attacks.arranging import an_upgraded
from tests.doors import sign_in
from tests.factories import a_clerk, a_user, an_administrator, an_employer
from tests.journeys.places import code_on_telephone, signs_in
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.accounts.actions import note_about
from webapp.accounts.models import User
from webapp.audit.events import Event
from webapp.letters.actions import post_run, start_run
from webapp.letters.models import Reason
from webapp.ports import Outside
from webapp.upgrade.actions.ordering import order_letters


class Company:
    """An administrator and a colleague of a bakery; somebody of another company; the fund's clerk."""

    def __init__(self, db: Session, outside: Outside, clock: Clock) -> None:
        bakery, other = an_employer(db, name="Favre SA", member_number="998.00017"), an_employer(db, name="Other SA")
        english = {"language": "en"}
        self.admin = an_administrator(db, bakery, first_name="Hélène", last_name="Favre", **english)
        self.anne = a_user(db, bakery, first_name="Anne", last_name="Muster", **english)
        self.stranger = an_administrator(db, other, first_name="Zoé", last_name="Fremd", **english)
        self.clerk = a_clerk(db, first_name="Urs", last_name="Schalter", **english)
        for number, user in enumerate((self.admin, self.stranger, self.clerk)):
            an_upgraded(db, outside, user, f"079 555 03 0{number}")
        clock.passes(days=1)


@pytest.fixture
def company(db: Session, outside: Outside, clock: Clock) -> Company:
    """All of them."""
    return Company(db, outside, clock)


def comes_in(visitor: Visitor, user: User, outside: Outside) -> Visitor:
    """With both factors."""
    signs_in(visitor, user.email).fills("SMS code", code_on_telephone(outside)).presses("OK")
    return visitor.sees("Sign out")


def test_a_person_sees_their_own(visitor: Visitor, company: Company, outside: Outside, db: Session) -> None:
    signs_in(visitor, company.anne.email).goes_to("/administration").follows("What happened on my account")
    visitor.sees("Newest first", "Signed in", "You").does_not_see("Whose account", "Company", "Older")
    order_letters(db, outside, [company.anne], by=company.admin, reason=Reason.FIRST)
    run = start_run(db, outside, company.clerk.id)
    assert run
    db.refresh(run)
    assert post_run(db, outside, run, company.clerk.id) == 1
    visitor.goes_to("/account/activity").sees("Letter with a code ordered", "Hélène Favre", "Letter with a code posted")
    visitor.does_not_see("Urs Schalter", "Login method added")


def test_an_administrator_sees_the_company(visitor: Visitor, company: Company, db: Session, outside: Outside) -> None:
    comes_in(visitor.somebody_else(), company.stranger, outside)
    note_about(db, outside, Event.ADDRESS_SETTLED, company.anne, by=company.clerk)
    db.commit()
    comes_in(visitor, company.admin, outside).goes_to("/administration").follows("What happened in the company")
    visitor.sees("Whose account", "Favre, Hélène", "Gave the right password; the second step was still to come")
    visitor.sees("Muster, Anne", "Postal address put right by the fund", "The fund")
    visitor.does_not_see("Fremd", "Urs Schalter", "Other SA", "Print run")
    visitor.goes_to("/administration/activity?page=2").sees("Nothing of this kind happened.").follows("Newer")
    visitor.sees("Favre, Hélène")


def test_the_desk_sees_everything_and_finds_what_it_looks_for(
    visitor: Visitor, company: Company, db: Session, outside: Outside, clock: Clock
) -> None:
    signs_in(visitor.somebody_else(), company.anne.email)
    comes_in(visitor.somebody_else(), company.stranger, outside)
    for _time in range(30):
        note_about(db, outside, Event.CODE_WRONG, company.anne, by=company.anne)
    db.commit()
    clock.passes(minutes=1)
    comes_in(visitor, company.clerk, outside).goes_to("/desk").follows("What happened")
    visitor.sees("Schalter, Urs", "Typed a wrong code from a letter").follows("Older").sees("Fremd, Zoé", "Other SA")
    visitor.chooses("Signed in", of="Event").presses("Show").sees("Muster, Anne", "Fremd, Zoé")
    assert "Typed a wrong code" not in visitor.page.text.partition("Newest first")[2]
    visitor.fills("Member number", "998.00017").presses("Show").sees("Muster, Anne", "998.00017").does_not_see("Fremd")
    visitor.fills("Member number", "998.99999").presses("Show").sees("Nothing of this kind happened.")
    visitor.follows("Show all").sees("Typed a wrong code from a letter")


@pytest.mark.usefixtures("visitor")
@pytest.mark.parametrize("visitor", ["plain"], indirect=True)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "query", ["page=0", "page=-3", "page=99999999999999999999", "page=²", "page=x", "event=x&company=%20"]
)
def test_odd_pages_are_pages(visitor: Visitor, company: Company, db: Session, outside: Outside, query: str) -> None:
    sign_in(visitor.client, db, outside, company.clerk, level=2)
    visitor.goes_to(f"/desk/activity?{query}").sees("What happened")
