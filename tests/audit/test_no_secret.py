"""Whatever happens on the way, no code, number, password, name or address comes into the audit."""

import logging

import pytest
from flask import Flask
from sqlmodel import Session

from tests.attacks.kept import everything
from tests.attacks.test_codes_unreadable import registers
from tests.attacks.test_logs import FACTS, NUMBER, Secrets, goes_all_the_way
from tests.doors import sign_in
from tests.factories import PASSWORD, an_administrator
from webapp.audit.queries import verify
from webapp.letters.actions import report_wrong_address
from webapp.ports import Outside
from webapp.upgrade.code import draw

EVENTS = (
    "signed_in password_given signed_out letter_ordered code_wrong code_redeemed terms_accepted method_added upgraded"
    " answer_refused address_reported run_started run_printed"
)


def test_a_whole_way_leaves_no_secret_in_the_audit(
    app: Flask, db: Session, outside: Outside, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    app.config["WTF_CSRF_ENABLED"] = False
    secrets = Secrets()
    secrets.add(PASSWORD, "Wrong-Canary-2026", NUMBER, "+41795554711", "5554711", *FACTS.values())
    user = an_administrator(db, **FACTS)
    mistaken, code = an_administrator(db, employer_id=user.employer_id), draw()
    secrets.add(code, mistaken.email)
    wrong = {"code": code, "accepted": "y"}
    sign_in(app.test_client(), db, outside, mistaken, level=1).post("/upgrade/code", data=wrong)
    client = app.test_client()
    goes_all_the_way(client, db, outside, user, secrets)
    outside.now.passes(minutes=1)  # type: ignore[attr-defined]
    registers(client, db, outside, "otp", secrets)
    registers(client, db, outside, "recovery_codes", secrets)
    report_wrong_address(db, outside, user, "Xylomont no more")
    kept = everything(db)
    noted = {row[3] for row in kept["audit_event"]}
    assert set(EVENTS.split()) <= noted, set(EVENTS.split()) - noted
    text = repr((kept["audit_event"], kept["audit_chain"]))
    assert secrets.told_by(text) == []
    assert secrets.told_by(repr(kept["app_user"]))  # it would be noticed
    assert secrets.told_by(caplog.text) == []
    assert verify(db, outside).tamperings == []
