"""flask audit verify, flask audit anchor."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text
from sqlmodel import Session, select

from tests.audit.past import BAKERY, TRADE, Past, without_triggers
from tests.factories import an_employer
from tests.letters.orders import draw, orders
from webapp.activity.cli import audit
from webapp.audit.events import read
from webapp.audit.models import AuditEvent
from webapp.letters.actions import start_run
from webapp.letters.enclosure import enclose
from webapp.letters.models import Purpose
from webapp.ports import Outside


def says(app: Flask, db: Session, *words: str) -> Result:
    db.commit()
    return app.test_cli_runner().invoke(audit, words)


def test_nothing_has_happened_yet(app: Flask, db: Session) -> None:
    verified = says(app, db, "verify")
    assert "0 events in 0 chains were looked at" in verified.output
    assert verified.exit_code == 0


def test_anchor_and_verify(app: Flask, db: Session, outside: Outside) -> None:
    Past(db, outside)
    assert "3 lines were added to" in says(app, db, "anchor").output
    verified = says(app, db, "verify")
    assert (
        "86 events in 3 chains were looked at, and 9 lines of anchors.\nNothing was tampered with." in verified.output
    )
    assert verified.exit_code == 0


def test_the_place_is_named(app: Flask, db: Session, outside: Outside) -> None:
    an_employer(db, id=BAKERY, name="Favre SA", member_number="998.00005")
    Past(db, outside)
    without_triggers(db)
    db.execute(text(f"UPDATE audit_event SET about_id = 1 WHERE chain = {BAKERY} AND position = 17"))
    db.execute(text(f"DELETE FROM audit_event WHERE chain = {TRADE} AND position > 18"))
    verified = says(app, db, "verify")
    assert verified.exit_code == 1
    assert "Favre SA, 998.00005: event 17 was changed." in verified.output
    assert "Company without a name, number 9 here: the end was cut off, from event 19 to event 20." in verified.output
    assert "Nothing was tampered with" not in verified.output
    db.execute(text(f"DELETE FROM audit_event WHERE chain = {TRADE}"))
    refused = says(app, db, "anchor")
    assert refused.exit_code == 1
    assert "Run: flask audit verify" in refused.output


@pytest.fixture
def note(app: Flask, db: Session, outside: Outside, tmp_path: Path) -> Path:
    """The delivery note of a print run of five letters."""
    enclose(Purpose.UPGRADE, draw)
    orders(db, 5)
    assert start_run(db, outside, None)
    db.commit()
    (manifest,) = outside.carrier.manifests.values()  # type: ignore[attr-defined]
    note = tmp_path / "manifest.json"
    note.write_text(json.dumps(manifest))
    return note


def test_a_delivery_note_is_an_anchor(app: Flask, db: Session, note: Path) -> None:
    told = json.loads(note.read_text())
    events = [event for event in db.exec(select(AuditEvent)) if event.event == "run_printed"]
    assert [read(event.details)["letters"] for event in events] == [told["letters"]] == [5]
    assert says(app, db, "verify", "--note", str(note)).exit_code == 0
    told["audit"]["last"] = "0" * 64
    note.write_text(json.dumps(told))
    verified = says(app, db, "verify", "--note", str(note))
    assert verified.exit_code == 1
    assert f"The fund: events 1 to {told['audit']['events']} are not those" in verified.output
    note.write_text("[]")
    assert "not the delivery note" in says(app, db, "verify", "--note", str(note)).output
