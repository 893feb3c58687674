"""flask letters print, flask letters posted."""

import pytest
from click.testing import Result
from flask import Flask
from sqlmodel import Session

from tests.letters.orders import draw, orders
from webapp.letters.cli import letters
from webapp.letters.enclosure import enclose
from webapp.letters.models import Purpose
from webapp.ports import Outside, TryAgainLater


@pytest.fixture(autouse=True)
def _codes(app: Flask) -> None:
    enclose(Purpose.UPGRADE, draw)


def says(app: Flask, db: Session, *words: str) -> Result:
    """What the command answers."""
    db.commit()
    return app.test_cli_runner().invoke(letters, words)


def test_nothing_waits(app: Flask, db: Session) -> None:
    assert "No letter is waiting." in says(app, db, "print").output


def test_a_run_is_printed_and_posted(app: Flask, db: Session, outside: Outside) -> None:
    outside.jobs.enqueue = lambda *_: None  # type: ignore[attr-defined] # no worker runs: the command prints by itself
    orders(db, 5)
    assert "run-000001: 5 of 5 letters in 4 files, ready for the post" in says(app, db, "print").output
    assert "No letter is waiting." in says(app, db, "print").output
    assert "run-000001: 5 letters posted" in says(app, db, "posted", "run-000001").output
    again = says(app, db, "posted", "run-000001")
    assert again.exit_code == 1
    assert "was posted before" in again.output


def test_an_interrupted_run_goes_on(app: Flask, db: Session, outside: Outside) -> None:
    outside.jobs.enqueue = lambda *_: None  # type: ignore[attr-defined]
    outside.carrier.refuses = TryAgainLater("the folder for letters: ENOSPC")  # type: ignore[attr-defined]
    orders(db, 2)
    full = says(app, db, "print")
    assert full.exit_code == 1
    assert "run-000001 waits: the folder for letters: ENOSPC. Nothing is lost" in full.output
    outside.carrier.refuses = None  # type: ignore[attr-defined]
    assert "2 of 2 letters" in says(app, db, "print").output


@pytest.mark.parametrize("name", ["run-000009", "run-x", "1", "run-99999999999999999999"])
def test_an_unknown_run_is_said_to_be_unknown(app: Flask, db: Session, name: str) -> None:
    assert f"There is no print run called {name}." in says(app, db, "posted", name).output
