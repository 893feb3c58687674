"""What is said of an answer, and told of one: in words that fit the method."""

import pytest
from flask import Flask
from sqlmodel import Session

from tests.attacks.arranging import a_session
from tests.attacks.holding import a_sheet, types
from tests.factories import a_user
from tests.test_routes import ONLY_SQLITE
from webapp.login_methods.actions import Answer, Outcome
from webapp.login_methods.forms import explained
from webapp.login_methods.methods.recovery_codes import as_printed
from webapp.login_methods.shelf import shelf
from webapp.ports import Outside

TYPED = {"sms", "otp", "recovery_codes"}


@ONLY_SQLITE
def test_a_code_is_spoken_of_where_there_is_one(app: Flask, outside: Outside) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        for slug, method in shelf().items():
            paused = explained(Answer(Outcome.PAUSED, free_at=outside.now()), method)
            used = explained(Answer(Outcome.USED), method)
            assert ("wrong codes" in paused, "code" in used) == (slug in TYPED, slug in {"sms", "otp"}), slug


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_each_use_of_a_recovery_code_is_told_by_mail(db: Session, outside: Outside) -> None:
    user = a_user(db, language="en")
    held, codes = a_sheet(db, outside, user)
    subject, mails = "A recovery code has been used", outside.mailer.sent  # type: ignore[attr-defined]
    assert subject not in [mail.subject for mail in mails]  # typing one back was no use
    for left in (9, 8):
        session = a_session(db, outside, user)
        code = codes[left]
        assert types(db, outside, user, session, held, code) == "right"
        assert types(db, outside, user, session, held, code) != "right"
        told = [mail for mail in mails if mail.subject == subject]
        assert len(told) == 10 - left
        assert (told[-1].recipient, f"You have {left} recovery codes left." in told[-1].text) == (user.email, True)
        assert not [code for code in codes if code in told[-1].text or as_printed(code) in told[-1].text]
        assert "someone knows your password" in told[-1].text
