"""What was changed in the portal stays, until the register says something else than it said before."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session, col, select

from tests.factories import an_administrator
from tests.register.test_actions import imported
from tests.register_bad_rows import good_row
from tests.register_data import HEADINGS
from webapp.accounts.actions import admitting, correcting
from webapp.accounts.models import User
from webapp.ports import Outside
from webapp.register.actions import Imported

CHANGED = "This was changed in the portal since; that stays."


@pytest.fixture
def anne(db: Session) -> Iterator[User]:
    """As the register says: Anne-Marie Favre-Dell’Acqua, an administrator, in French."""
    imported(db, good_row())
    yield db.exec(select(User)).one()
    db.rollback()


@pytest.fixture
def admin(db: Session, anne: User) -> User:
    """Somebody else who administers the company."""
    return an_administrator(db, employer_id=anne.employer_id)


def facts(db: Session, user: User) -> tuple[str, str, bool, bool]:
    db.rollback()
    db.refresh(user)
    return user.last_name, user.language, user.administrator, user.active


def warnings(db: Session, **cells: str) -> list[str]:
    """What an import lets stand."""
    return let_stand(imported(db, good_row(**cells)))


def let_stand(outcome: Imported) -> list[str]:
    assert not outcome.problems
    return [str(one) for one in outcome.warnings if one.sentence == CHANGED]


def test_names_language_and_rights_stay(db: Session, outside: Outside, anne: User, admin: User) -> None:
    named = {"first_name": anne.first_name, "last_name": "Rossi", "language": "it"}
    assert correcting.correct(db, outside, anne, by=admin, **named)
    assert admitting.take_rights(db, outside, anne, by=admin) is None
    told = [f"Line 2, {column}: {CHANGED}" for column in ("Person", "Language", "Administrator")]
    assert warnings(db) == warnings(db) == told
    assert facts(db, anne) == ("Rossi", "it", False, True)
    assert anne.search.startswith("rossi")


def test_the_register_catches_up(db: Session, outside: Outside, anne: User, admin: User) -> None:
    correcting.correct(db, outside, anne, by=admin, first_name="Anne", last_name="Rossi", language="fr")
    assert warnings(db, Person="Rossi, Anne") == []
    assert warnings(db, Person="Bianchi, Anne") == []
    assert facts(db, anne)[0] == "Bianchi", "from now on the register counts again"


def test_what_the_register_says_anew_counts(db: Session, outside: Outside, anne: User, admin: User) -> None:
    correcting.correct(db, outside, anne, by=admin, first_name=anne.first_name, last_name="Rossi", language="fr")
    assert warnings(db, Person="Favre-Rossi, Anne-Marie") == []
    assert facts(db, anne)[0] == "Favre-Rossi"


def test_rights_that_were_given_stay(db: Session, outside: Outside, anne: User, admin: User) -> None:
    imported(db, good_row(Administrator=""))
    admitting.give_rights(db, outside, anne, by=admin)
    assert warnings(db, Administrator="") == [f"Line 2, Administrator: {CHANGED}"]
    assert facts(db, anne)[2]


def test_who_was_deactivated_stays_so_and_who_was_activated_again_too(
    db: Session, outside: Outside, anne: User, admin: User
) -> None:
    admitting.deactivate(db, outside, anne, by=admin)
    warnings(db)
    assert not facts(db, anne)[3]
    admitting.activate(db, outside, anne, by=admin)
    headings = (*HEADINGS, "Inactive since")
    outcome = imported(db, (*good_row(), "22.11.2026"), headings=headings)
    assert let_stand(outcome) == [f"Line 2, Inactive since: {CHANGED}"]
    assert facts(db, anne)[3], "activated again on 23.11.2026"
    again = "2026-11-21T00:00:00+00:00"  # had it been before the register's day
    anne.register_said = {"deactivated_at": again}
    db.commit()
    imported(db, (*good_row(), "22.11.2026"), headings=headings)
    assert not facts(db, anne)[3]


def test_somebody_with_a_new_e_mail_is_no_second_person(db: Session, anne: User, admin: User) -> None:
    anne.change_here(email="anne@rossi.example")
    db.commit()
    outcome = imported(db, good_row(Town="Montreux"))
    assert let_stand(outcome) == [f"Line 2, E-mail: {CHANGED}"]
    assert (outcome.people.new, outcome.people.changed, outcome.missing) == (0, 1, 1)  # the administrator is missing
    people = db.exec(select(User.email).where(col(User.town) == "Montreux")).all()
    assert people == ["anne@rossi.example"]
