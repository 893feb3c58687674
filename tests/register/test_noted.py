"""What an import does to a person is noted in the company's chain; about whom it changes nothing, nothing is."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, col, select

from tests.attacks.forgetful import statements
from tests.doors import sign_in
from tests.factories import LONG_AGO, an_administrator
from tests.register.test_actions import PEOPLE, ROWS, imported
from tests.register_bad_rows import good_row
from tests.register_data import HEADINGS, Row, write_csv
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.audit.models import AuditEvent
from webapp.audit.queries import verify
from webapp.audit.records import FUND
from webapp.ports import Outside

LEFT = (*HEADINGS, "Inactive since")
MARC = {"E_mail": "marc@favre.example", "Person": "Favre, Marc", "Administrator": ""}
BECAUSE = '{"because":"register"}'


@pytest.fixture
def takes_over(app: Flask, tmp_path: Path):
    """Imports these rows by the command."""

    def run(*rows: Row, headings: Row = HEADINGS, told: tuple[str, ...] = ()) -> str:
        path = write_csv(tmp_path / "register.csv", rows, headings)
        return app.test_cli_runner().invoke(args=["users", "import", str(path), *told]).output

    return run


def noted(db: Session) -> list[tuple[str, str]]:
    """Whose account, and what, in the chains of companies; in no order."""
    db.rollback()
    kept = sa.select(User.email, AuditEvent.event, AuditEvent.details, AuditEvent.by_id)
    kept = kept.join(User, col(User.id) == col(AuditEvent.about_id))
    rows = db.execute(kept.where(col(AuditEvent.chain) == col(User.employer_id))).all()
    assert all((row.details, row.by_id) == (BECAUSE, None) for row in rows)
    db.rollback()
    return sorted((row.email.partition("@")[0], row.event) for row in rows)


def test_each_person_who_is_new_or_changed(takes_over, db: Session, outside: Outside) -> None:
    takes_over(good_row(), good_row(**MARC))
    first = [("anne-marie", "user_created"), ("marc", "user_created")]
    assert noted(db) == first
    takes_over(good_row(), good_row(**MARC))
    assert noted(db) == first
    takes_over((*good_row(Administrator=""), ""), (*good_row(**MARC), "22.11.2026"), headings=LEFT)
    second = [*first, ("anne-marie", "administrator_unmade"), ("marc", "user_deactivated")]
    assert noted(db) == sorted(second)
    takes_over(good_row(Person="Favre, Anne", Administrator="x"), good_row(**MARC))
    assert noted(db) == sorted([*second, ("anne-marie", "administrator_made"), ("anne-marie", "user_changed")])
    assert verify(db, outside).tamperings == []


def test_a_trial_and_what_is_refused_are_not(takes_over, db: Session) -> None:
    takes_over(good_row(), told=("--dry-run",))
    takes_over(good_row(), good_row(**MARC, Postcode="180"))
    assert noted(db) == []
    takes_over(good_row(), good_row(**MARC, Postcode="180"), told=("--skip-bad",))
    assert noted(db) == [("anne-marie", "user_created")]


def test_ten_thousand_who_stay_as_they_are_write_nothing(db: Session) -> None:
    assert len(imported(db, *ROWS).happened) == PEOPLE
    with statements() as told:
        outcome = imported(db, *ROWS)
    assert (outcome.people.unchanged, outcome.happened) == (PEOPLE, [])
    assert [one for one in told if one.split()[0] in ("INSERT", "UPDATE", "DELETE")] == []


def test_only_the_fund_s_own_event_is_written_then(takes_over, db: Session) -> None:
    takes_over(*ROWS[:300])
    companies = select(AuditEvent).where(AuditEvent.chain != FUND)
    before = len(db.exec(companies).all())
    db.rollback()
    takes_over(*ROWS[:300])
    assert len(db.exec(companies).all()) == before == 300


def test_the_company_reads_that_it_was_the_register(
    takes_over, visitor: Visitor, db: Session, outside: Outside
) -> None:
    takes_over(good_row())
    anne = db.exec(select(User)).one()
    facts = {"language": "en", "upgraded_at": LONG_AGO, "factor_since": LONG_AGO}
    admin = an_administrator(db, employer_id=anne.employer_id, **facts)
    assert "1 changed" in takes_over(good_row(Town="Montreux"))
    sign_in(visitor.client, db, outside, admin, level=2)
    visitor.goes_to("/administration/activity").sees("User’s details changed", "The fund’s register")
