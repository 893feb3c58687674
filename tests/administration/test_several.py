"""Several people are deactivated, or asked again to upgrade, with one press: seen first, done once, each told."""

import pytest
from sqlmodel import Session, col, func, select

from tests.administration.inside import (
    BOTH_FACTORS,
    Company,
    a_clerk_with_both,
    active_administrators,
    comes_in,
    written_to,
)
from tests.administration.ticking import ticks
from tests.factories import a_user, an_administrator
from tests.pages import Page
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.administration.models import BulkChange, Selected
from webapp.administration.several import tell, tell_the_rest
from webapp.ports import Outside

DEACTIVATIONS, REMINDERS = "/administration/several/deactivations", "/administration/several/upgrade-reminders"


def inactive(db: Session) -> set[str]:
    db.rollback()
    return set(db.exec(select(User.last_name).where(col(User.deactivated_at).is_not(None))))


def test_several_are_deactivated(here: Visitor, db: Session, outside: Outside, company: Company) -> None:
    marc, gone = (a_user(db, company.employer, first_name="Z", last_name=name) for name in ("Marc", "Gone"))
    gone.deactivated_at = outside.now()
    db.add(gone)
    ticks(db, company.admin, [company.admin, company.julia, marc, gone])
    here.goes_to("/administration/users").presses("Deactivate accounts").is_at(DEACTIVATIONS)
    here.sees("4 people are selected.", "2 are left out.", "signed out everywhere at once", "Deactivate 2 accounts")
    here.sees("Your own account: somebody else has to do it", "Already so")
    here.presses("Remove", beside="Marc, Z").sees("3 people are selected.").presses("Deactivate 1 account")
    here.sees("1 account is deactivated.", "1 of 1 people were told by e-mail", "Your own account")
    assert inactive(db) == {"Gone", "Muster"}
    assert written_to(outside, company.julia) == ["Your account has been deactivated"]
    assert written_to(outside, gone) == written_to(outside, company.admin) == []
    assert not db.exec(select(Selected)).all()
    here.goes_to("/administration/users").presses("Deactivate accounts").sees("Nobody is selected.")


def test_the_same_press_twice_is_done_once(here: Visitor, db: Session, outside: Outside, company: Company) -> None:
    ticks(db, company.admin, [company.julia])
    here.goes_to(DEACTIVATIONS)
    shown = here.response.text
    here.presses("Deactivate 1 account").sees("1 account is deactivated.")
    at, here.page = here.path, Page(shown)
    here.presses("Deactivate 1 account").sees("You had done this already. Nothing was done twice.")
    assert here.path == at
    assert db.exec(select(func.count()).select_from(BulkChange)).one() == 1
    assert len(written_to(outside, company.julia)) == 1


def test_whoever_was_not_on_the_page_is_left_alone(here: Visitor, db: Session, company: Company) -> None:
    ticks(db, company.admin, [company.julia])
    here.goes_to(DEACTIVATIONS)
    ticks(db, company.admin, [a_user(db, company.employer, last_name="Late")])  # in another tab
    here.presses("Deactivate 1 account").sees("other people were selected. Nothing is done yet", "Late")
    assert inactive(db) == set()


def test_people_are_asked_again_once_a_week(here: Visitor, db: Session, outside: Outside, company: Company) -> None:
    done = a_user(db, company.employer, last_name="Done", **BOTH_FACTORS)
    for week in range(3):
        ticks(db, company.admin, [company.julia, done])
        here.goes_to("/administration/users").presses("Ask again to upgrade").is_at(REMINDERS).sees("Already upgraded")
        if week == 1:
            here.sees("Asked less than a week ago", "2 are left out.").does_not_see("Write to")
            here.goes_to("/administration/users").presses("Clear the selection")
            outside.now.passes(days=7)
            comes_in(here, db, outside, company.admin)
            continue
        here.presses("Write to 1 person").sees("1 person is asked again.")
    assert written_to(outside, company.julia) == ["Please move to the safer sign-in of PartnerWeb"] * 2
    assert "Hélène Favre asks you" in outside.mailer.sent[-1].text
    assert written_to(outside, done) == []


def test_a_company_keeps_its_administrators_if_all_are_meant(
    visitor: Visitor, db: Session, outside: Outside, company: Company
) -> None:
    other, clerk = an_administrator(db, company.employer), a_clerk_with_both(db)
    ticks(db, clerk, [company.admin, other, company.julia])
    comes_in(visitor, db, outside, clerk).goes_to("/desk/users").presses("Deactivate accounts")
    visitor.sees("The company would have no administrator left", "2 are left out.").presses("Deactivate 1 account")
    visitor.sees("1 account is deactivated.")
    assert set(active_administrators(db, company.employer)) == {company.admin.id, other.id}
    assert inactive(db) == {"Muster"}


def test_everybody_is_told_in_the_end_and_nobody_twice(
    here: Visitor, db: Session, outside: Outside, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[tuple[object, tuple[int, ...]]] = []
    with monkeypatch.context() as lost:
        lost.setattr(outside.jobs, "enqueue", lambda db, job, *ids: waiting.append((job, ids)))
        ticks(db, company.admin, [company.julia])
        here.goes_to(DEACTIVATIONS).presses("Deactivate 1 account").sees("0 of 1 people were told")
    assert [job for job, _ids in waiting] == [tell]
    tell_the_rest(db, outside)
    tell(db, outside, *waiting[0][1])
    assert len(written_to(outside, company.julia)) == 1
    here.follows("Refresh the state").sees("1 of 1 people were told")


def test_what_was_done_is_seen_by_the_own_company_only(
    here: Visitor, db: Session, outside: Outside, company: Company
) -> None:
    ticks(db, company.admin, [company.julia])
    here.goes_to(DEACTIVATIONS).presses("Deactivate 1 account")
    done = here.path.partition("?")[0]
    stranger = here.somebody_else()
    comes_in(stranger, db, outside, an_administrator(db, **BOTH_FACTORS))
    for path in (done, done.replace("deactivations", "upgrade-reminders"), f"{DEACTIVATIONS}/{'0' * 32}"):
        assert stranger.client.get(path).status_code == 404
    assert here.client.get(done.replace("deactivations", "upgrade-reminders")).status_code == 404
    assert here.client.get("/administration/several/nonsense").status_code == 404
