"""Errors are pages: a locked database says so, and nothing is half done."""

import sqlite3

import pytest
from sqlmodel import Session, select

from tests.factories import an_administrator
from tests.journeys.places import signs_in
from tests.visitor import Visitor
from webapp.letters.models import Letter


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("visitor", ["plain", "htmx"], indirect=True)
def test_a_locked_database_is_told_and_loses_nothing(
    visitor: Visitor, db: Session, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from webapp.database import db as web  # noqa: PLC0415

    signs_in(visitor, an_administrator(db).email).goes_to("/upgrade/letter")
    with visitor.client.application.app_context():
        connection = web.engine.raw_connection()
        connection.execute("PRAGMA busy_timeout=50")
        connection.close()
    other = sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    visitor.client.application.config["PROPAGATE_EXCEPTIONS"] = False
    visitor.presses("Request the upgrade code").sees("The portal is busy", "nothing is lost")
    other.execute("ROLLBACK")
    assert db.exec(select(Letter)).all() == []
    visitor.goes_to("/upgrade/letter").presses("Request the upgrade code").sees("Your letter is ordered")


def test_what_does_not_exist(visitor: Visitor) -> None:
    visitor.goes_to("/nowhere?lang=en").sees("This page does not exist")
