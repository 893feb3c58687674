"""Errors are pages: a locked database says so, and nothing is half done."""

import re
import sqlite3
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from tests.doors import sign_in
from tests.factories import an_administrator
from tests.visitor import Visitor
from webapp.database import db as web
from webapp.letters.models import Letter
from webapp.ports import Outside


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Target": "main"}], ids=["plain", "htmx"])
def test_a_locked_database_is_told_and_loses_nothing(
    app: Flask, db: Session, database: str, outside: Outside, headers: dict[str, Any]
) -> None:
    client = app.test_client()
    sign_in(client, db, outside, an_administrator(db), 1)
    page = client.get("/upgrade/letter?lang=en").text
    answers = {"csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)}
    with app.app_context():
        waiting_less = web.engine.raw_connection()
        waiting_less.execute("PRAGMA busy_timeout=50")
        waiting_less.close()
    other = sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    refused = client.post("/upgrade/letters", data=answers, headers=headers)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
    assert "The portal is busy" in refused.text
    other.execute("ROLLBACK")
    assert db.exec(select(Letter)).all() == []
    assert client.post("/upgrade/letters", data=answers, headers=headers).status_code == 303
    assert len(db.exec(select(Letter)).all()) == 1


def test_what_does_not_exist(visitor: Visitor) -> None:
    visitor.goes_to("/nowhere?lang=en").sees("This page does not exist")
