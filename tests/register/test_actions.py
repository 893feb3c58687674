"""The register is taken over completely or not at all, and a second time changes nothing."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, func, select

from tests.factories import a_clerk, a_user
from tests.register_bad_rows import BAD, bad_row, good_row
from tests.register_data import EXPORT_HEADINGS, HEADINGS, Row, register_rows, write_csv, write_xlsx
from webapp.accounts.models import Employer, LoginSession, User
from webapp.database import create_engine
from webapp.gateways.table_file import read_table
from webapp.letters.models import AddressReport
from webapp.register.actions import Imported, import_register
from webapp.register.register import read_register

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PEOPLE, COMPANIES = 10_000, 1_200
ROWS = register_rows(PEOPLE, COMPANIES)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("register")
    german = EXPORT_HEADINGS["de"].split(";")
    return {
        "csv": write_csv(folder / "register.csv", ROWS, german, delimiter=";"),
        "xlsx": write_xlsx(folder / "register.xlsx", ROWS),
    }


def imported(db: Session, *rows: Row, headings: tuple[str, ...] = HEADINGS, **how: bool) -> Imported:
    register = read_register(list(enumerate((headings, *rows), start=1)), NOW)
    assert not register.complaints
    return import_register(db, register=register, now=NOW, **how)


def counts(outcome: Imported) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """(new, changed, unchanged) companies and people."""
    return tuple(asdict(outcome.companies).values()), tuple(asdict(outcome.people).values())


def everything(db: Session) -> list[object]:
    """All that is kept of companies and people."""
    rows = [*db.exec(select(Employer).order_by(col(Employer.id))), *db.exec(select(User).order_by(col(User.id)))]
    kept = [row.model_dump() for row in rows]
    db.rollback()
    return kept


EITHER = [("sqlite", "xlsx"), ("postgresql", "csv")]  # what is read is the same, whatever it is written to


@pytest.mark.parametrize(("database", "kind"), EITHER, indirect=["database"])
def test_the_register_of_10_000_is_imported_twice(db: Session, files: dict[str, Path], kind: str) -> None:
    register = read_register(read_table(files[kind]), NOW)
    assert not register.problems
    done: list[int] = []
    outcome = import_register(db, register=register, now=NOW, progress=done.append)
    assert counts(outcome) == ((COMPANIES, 0, 0), (PEOPLE, 0, 0))
    assert sum(done) == PEOPLE
    before = everything(db)
    assert counts(import_register(db, register=register, now=NOW)) == ((0, 0, COMPANIES), (0, 0, PEOPLE))
    assert everything(db) == before
    envelopes = dict(db.exec(select(User.email, User).join(Employer, col(Employer.id) == col(User.employer_id))).all())
    names = dict(db.exec(select(Employer.id, Employer.name)).all())
    for row in ROWS[::97]:
        user = envelopes[row[9]]
        assert user.listed_name == row[8]
        assert user.address(names[user.employer_id]).printed[-1] == f"{row[6]} {row[7]}"
    assert len({user.public_id for user in envelopes.values()}) == PEOPLE
    assert db.exec(select(func.count()).select_from(User).where(col(User.administrator))).one() > COMPANIES


def test_one_bad_line_and_nothing_is_changed(db: Session) -> None:
    outcome = imported(db, good_row(), bad_row("Postcode", "180"))
    assert not outcome.written
    assert outcome.refused_lines == 1
    assert not everything(db)


def test_skip_bad_takes_the_good_lines(db: Session) -> None:
    bad = [bad_row(column, text) for column, text, _ in BAD]
    outcome = imported(db, good_row(), *bad, skip_bad=True)
    assert outcome.written
    assert (outcome.refused_lines, outcome.people.new) == (len(BAD), 1)
    assert db.exec(select(User.email)).all() == ["anne-marie@favre.example"]


def test_a_trial_changes_nothing_and_tells_what_would_be(db: Session) -> None:
    outcome = imported(db, good_row(), dry_run=True)
    assert counts(outcome) == ((1, 0, 0), (1, 0, 0))
    assert not outcome.written
    assert not everything(db)
    imported(db, good_row())
    before = everything(db)
    assert counts(imported(db, good_row(Town="Montreux"), dry_run=True)) == ((0, 0, 1), (0, 1, 0))
    assert everything(db) == before


def test_what_changed_in_the_register_is_changed_here(db: Session) -> None:
    imported(db, good_row(UID=""))
    person = db.exec(select(User)).one()
    db.add(AddressReport(user_id=person.id or 0, reported_at=NOW))
    db.commit()
    outcome = imported(
        db,
        good_row(
            Company="Favre & Fils SA", Member_number="1000 00011", Address_line_2="Quai Perdonnet 3", Administrator=""
        ),
    )
    assert counts(outcome) == ((0, 1, 0), (0, 1, 0))
    company, person = db.exec(select(Employer)).one(), db.exec(select(User)).one()
    assert (company.name, company.uid, company.member_number) == ("Favre & Fils SA", "CHE-100.155.212", "100.00001.1")
    assert person.address_lines == ["Quai Perdonnet 3", "Case postale 12"]
    assert not person.administrator
    assert db.exec(select(AddressReport)).one().settled_at is None, "the fund settles reports, not the import"


def test_what_belongs_to_the_person_stays(db: Session) -> None:
    headings = (*HEADINGS, "Password hash")
    hashes = ["scrypt:32768:8:1$salt$" + sign * 128 for sign in "ab"]
    imported(db, (*good_row(), hashes[0]), headings=headings)
    imported(db, (*good_row(Language="I"), hashes[1]), headings=headings)
    person = db.exec(select(User)).one()
    assert (person.language, person.password_hash) == ("it", hashes[0]), "the language follows until the first sign-in"
    person.last_login_at = person.upgraded_at = NOW
    db.commit()
    outcome = imported(db, (*good_row(Language="E"), hashes[1]), headings=headings)
    assert outcome.people.unchanged == 1
    db.refresh(person)
    assert (person.language, person.password_hash, person.upgraded_at) == ("it", hashes[0], NOW)


def test_who_left_is_made_inactive_and_signed_out_and_stays_so(db: Session) -> None:
    imported(db, good_row())
    person = db.exec(select(User)).one()
    db.add(LoginSession(key="k", user_id=person.id or 0, started_at=NOW, seen_at=NOW, proved_at=NOW))
    db.commit()
    headings = (*HEADINGS, "Inactive since")
    assert imported(db, (*good_row(), "22.11.2026"), headings=headings).people.changed == 1
    db.expire_all()
    assert not db.exec(select(User)).one().active
    assert not db.exec(select(LoginSession)).one().live(NOW + timedelta(minutes=1))
    db.rollback()
    assert imported(db, (*good_row(), ""), headings=headings).people.unchanged == 1
    assert not db.exec(select(User)).one().active


def test_nobody_is_deleted(db: Session) -> None:
    imported(db, good_row(), good_row(E_mail="marc@favre.example", Person="Favre, Marc"))
    a_clerk(db)
    outcome = imported(db, good_row())
    assert (outcome.missing, outcome.people.unchanged) == (1, 1)
    assert db.exec(select(func.count()).select_from(User)).one() == 3


def test_an_address_of_another_company_or_of_the_fund_is_refused(db: Session) -> None:
    a_user(db, email="anne-marie@favre.example")
    a_clerk(db, email="desk@fund.example")
    before = everything(db)
    outcome = imported(db, good_row(), good_row(E_mail="desk@fund.example"))
    assert [str(problem) for problem in outcome.problems] == [
        f"Line {line}, E-mail: “{email}” already belongs to somebody of another company, or of the fund."
        for line, email in ((2, "anne-marie@favre.example"), (3, "desk@fund.example"))
    ]
    assert everything(db) == before


def test_a_new_address_for_a_known_name_is_mentioned(db: Session) -> None:
    imported(db, good_row())
    outcome = imported(db, good_row(E_mail="am@favre.example"))
    (warning,) = outcome.warnings
    assert str(warning) == (
        "Line 2, E-mail: The same name is already there with the address “anne-marie@favre.example”; "
        "this becomes a second account."
    )


@pytest.fixture
def another(database: str) -> Iterator[Session]:
    engine = create_engine(database)
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_an_import_that_breaks_off_leaves_nothing(db: Session, another: Session) -> None:
    def breaks(_rows: int) -> None:
        raise KeyboardInterrupt

    register = read_register(list(enumerate((HEADINGS, *ROWS[:2000]), start=1)), NOW)
    with pytest.raises(KeyboardInterrupt):
        import_register(db, register=register, now=NOW, progress=breaks)
    db.close()
    assert not everything(another)
