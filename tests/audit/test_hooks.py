"""What actions note that no page shows being done: orders for many, guesses, losses, commands."""

from pathlib import Path

from click.testing import Result
from flask import Flask
from sqlmodel import Session, col, select

from tests.attacks.arranging import a_code, a_session, a_telephone
from tests.attacks.test_races import WRONG
from tests.factories import a_clerk, a_user, an_administrator, an_employer
from webapp.accounts.actions import carry_on, end_one_session
from webapp.accounts.models import User
from webapp.audit.events import read
from webapp.audit.models import AuditEvent
from webapp.audit.records import FUND
from webapp.login_methods.actions import Outcome, answer
from webapp.ports import Outside
from webapp.register.cli import users
from webapp.upgrade.actions import bulk, ordering, redeeming


def noted(db: Session, chain: int | None, *events: str) -> list[tuple[str, int | None, int | None, dict[str, object]]]:
    """Event, about whom, by whom, details; of these kinds only."""
    db.rollback()
    rows = select(AuditEvent).where(AuditEvent.chain == (chain or FUND)).order_by(col(AuditEvent.position))
    return [(row.event, row.about_id, row.by_id, read(row.details)) for row in db.exec(rows) if row.event in events]


def test_an_order_for_many_is_one_event_and_one_for_each_who_is_told(db: Session, outside: Outside) -> None:
    company = an_employer(db)
    admin, people = an_administrator(db, company), [a_user(db, company) for _ in range(3)]
    gone = a_user(db, company, deactivated_at=outside.now())
    ids = [one.id or 0 for one in (*people, gone)]
    order, _new = bulk.order_for_many(db, outside, by=admin, user_ids=ids, employer_id=company.id, key="a" * 32)
    bulk.order_for_many(db, outside, by=admin, user_ids=ids, employer_id=company.id, key="a" * 32)
    told = noted(db, company.id, "letters_ordered", "letter_ordered")
    assert told[0] == ("letters_ordered", None, admin.id, {"letters": 3, "people": 4, "order": order.id})
    assert told[1:] == [("letter_ordered", one.id, admin.id, {"purpose": "upgrade"}) for one in people]


def test_the_desk_orders_in_the_funds_chain_and_people_see_it_in_their_companys(db: Session, outside: Outside) -> None:
    clerk, person = a_clerk(db), a_user(db)
    bulk.order_for_many(db, outside, by=clerk, user_ids=[person.id or 0], employer_id=None, key="b" * 32)
    assert [event for event, *_ in noted(db, FUND, "letters_ordered")] == ["letters_ordered"]
    assert noted(db, person.employer_id, "letter_ordered") == [
        ("letter_ordered", person.id, clerk.id, {"purpose": "upgrade"})
    ]


def test_a_lost_letter_and_too_many_guesses(db: Session, outside: Outside) -> None:
    loser, victim = a_user(db), a_user(db)
    for user in (loser, victim):
        a_code(db, outside, user)
    ordering.report_lost(db, outside, loser)
    ordering.report_lost(db, outside, loser)
    assert noted(db, loser.employer_id, "codes_voided") == [("codes_voided", loser.id, loser.id, {"because": "lost"})]
    for wrong in WRONG[:15]:
        redeeming.redeem(db, outside, victim, wrong, terms="1", language="fr")
        outside.now.passes(minutes=15)  # type: ignore[attr-defined]
    told = noted(db, victim.employer_id, "code_wrong", "codes_voided")
    assert [event for event, *_ in told] == ["code_wrong"] * 15 + ["codes_voided"]
    assert told[-1][1:] == (victim.id, None, {"because": "guessed"})


def test_both_steps_of_signing_in(db: Session, outside: Outside) -> None:
    user = a_user(db)
    enrolment = a_telephone(db, outside, user)
    outside.now.passes(hours=1)  # type: ignore[attr-defined]
    session = a_session(db, outside, user)
    outcome = answer(db, outside, user, session, enrolment, "000000").outcome
    assert outcome is Outcome.NOT_ASKED
    end_one_session(db, outside, user, session.id or 0)
    kinds = ("signed_in", "password_given", "method_added", "session_ended")
    assert [event for event, *_ in noted(db, user.employer_id, *kinds)] == [
        "signed_in",  # with the password only, as long as there was no second factor
        "method_added",
        "password_given",
        "session_ended",
    ]
    assert carry_on(db, outside, user, "no such word", owes_method=False) is None
    assert len(noted(db, user.employer_id, *kinds)) == 4


def says(app: Flask, db: Session, *words: str, typed: str = "") -> Result:
    db.commit()
    return app.test_cli_runner().invoke(users, words, input=typed)


def test_commands_are_noted_too(app: Flask, db: Session, tmp_path: Path) -> None:
    user: User = a_user(db)
    assert says(app, db, "password", user.email, typed="another-Portal-2026\n" * 2).exit_code == 0
    assert noted(db, user.employer_id, "password_changed") == [("password_changed", user.id, None, {})]
    register = tmp_path / "register.csv"
    register.write_text(
        "Member number;Company;Person;E-mail;Language;Address line 1;Postcode;Town;Administrator;Active since\n"
        "998.00033;Favre SA;Muster, Anne;anne@favre.example;fr;Rue du Marché 7;1800;Vevey;no;01.02.2024\n"
    )
    trial = says(app, db, "import", str(register), "--dry-run")
    assert trial.exit_code == 0, trial.output
    assert noted(db, FUND, "register_imported") == []
    assert says(app, db, "import", str(register)).exit_code == 0
    assert noted(db, FUND, "register_imported") == [
        ("register_imported", None, None, {"new": 1, "changed": 0, "companies": 1})
    ]
