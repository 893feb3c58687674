"""flask users import and flask users password, as somebody at a terminal sees them."""

from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session, func, select

from tests.factories import a_user
from tests.register_bad_rows import good_row
from tests.register_data import Row, register_rows, write_csv
from webapp.accounts.models import User
from webapp.accounts.passwords import verify_password

GOOD = register_rows(people=30, companies=10)
BAD = good_row(Member_number="7", Company="Garage Exemple", Postcode="180", E_mail="x@garage.example")


@pytest.fixture
def said(app: Flask):
    """What a command prints, after its exit code."""

    def run(*words: str | Path, typed: str = "") -> tuple[int, str]:
        result = app.test_cli_runner().invoke(args=["users", *map(str, words)], input=typed)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run


def counted(db: Session) -> int:
    count = db.exec(select(func.count()).select_from(User)).one()
    db.rollback()
    return count


def file(tmp_path: Path, *rows: Row) -> Path:
    return write_csv(tmp_path / "register.csv", rows)


def test_an_import_and_the_same_again(said, db: Session, tmp_path: Path) -> None:
    code, text = said("import", file(tmp_path, *GOOD))
    assert (code, counted(db)) == (0, 30)
    assert "Companies: 10 new, 0 changed, 0 unchanged." in text
    assert "People: 30 new, 0 changed, 0 unchanged, 0 lines refused." in text
    code, text = said("import", file(tmp_path, *GOOD[:-1]))
    assert "People: 0 new, 0 changed, 29 unchanged, 0 lines refused." in text
    assert "Active here, but not in the file: 1. They stay as they are." in text
    assert (code, counted(db)) == (0, 30)


def test_a_refused_line_stops_everything_unless_told_otherwise(said, db: Session, tmp_path: Path) -> None:
    path = file(tmp_path, *GOOD, BAD)
    code, text = said("import", path)
    assert (code, counted(db)) == (1, 0)
    assert (
        "Line 32, Postcode: “180” is no postcode of Switzerland or Liechtenstein (four digits, 1000 to 9999)." in text
    )
    assert "Nothing was changed. Correct the refused lines, or leave them out with --skip-bad." in text
    code, text = said("import", path, "--skip-bad")
    assert (code, counted(db)) == (0, 30)
    assert "1 line refused." in text


def test_a_trial(said, db: Session, tmp_path: Path) -> None:
    code, text = said("import", file(tmp_path, *GOOD), "--dry-run")
    assert (code, counted(db)) == (0, 0)
    assert "Nothing was changed: this was a trial. The counts say what would be." in text


def test_a_file_that_is_no_register(said, tmp_path: Path) -> None:
    path = tmp_path / "letter.csv"
    path.write_text("Dear Sir or Madam\n")
    code, text = said("import", path)
    assert code == 1
    assert "The column “Member number” is missing." in text
    path.write_bytes(b"PK\x03\x04")
    assert said("import", path) == (1, "Error: The workbook is damaged, or it is no Excel workbook (.xlsx).\n")


def test_a_new_password(said, db: Session) -> None:
    user = a_user(db, email="anne@favre.example")
    code, _ = said("password", "Anne@favre.example", typed="an-Other-2026\nan-Other-2026\n")
    assert code == 0
    db.refresh(user)
    assert verify_password(user.password_hash, "an-Other-2026")
    db.rollback()
    assert said("password", "nobody@favre.example") == (1, "Error: Nobody has this e-mail address.\n")
    assert said("password", "anne@favre.example", typed="short\nshort\n")[0] == 1
    said_of_it = said("password", "anne@favre.example", typed="Anne@favre.2026\nAnne@favre.2026\n")[1]
    assert "This password is not taken: own words." in said_of_it
