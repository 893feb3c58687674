"""The process of somebody with several login methods: in the list the one used last, in the detail all of them."""

import pytest
from flask import Flask
from sqlmodel import Session

from tests.doors import sign_in
from tests.factories import a_user, an_administrator, an_employer
from tests.pages import parsed, text_of
from webapp.login_methods.models import Enrolment
from webapp.ports import Outside

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_the_list_shows_the_method_used_last_and_the_detail_all(app: Flask, db: Session, outside: Outside) -> None:
    employer, now = an_employer(db), outside.now()
    admin, user = an_administrator(db, employer, language="en"), a_user(db, employer, last_name="Several")
    held = {
        slug: Enrolment(user_id=user.id, method=slug, kept=b"", shown_as="x", started_at=now, confirmed_at=now)
        for slug in ("sms", "otp", "passkey", "recovery_codes")
    }
    db.add_all(held.values())
    user.factor_since = user.upgraded_at = now
    db.commit()
    client = sign_in(app.test_client(), db, outside, admin, level=1)
    for slug, word, words in (
        ("otp", "OTP", "OTP, SMS, Passkey"),
        ("sms", "SMS", "SMS, OTP, Passkey"),
        ("recovery_codes", "SMS", "SMS, OTP, Passkey"),
    ):
        outside.now.passes(minutes=1)  # type: ignore[attr-defined]
        held[slug].used_at = outside.now()
        db.commit()
        for filtered, there in (("", True), (f"&process={word.lower()}", True), ("&process=passkey", False)):
            rows = parsed(client.get(f"/administration/users?q=Several{filtered}").text).query("tbody tr")
            assert [word in text_of(row) for row in rows] == [True] * there
        assert f"Login process Process {words} Letter" in text_of(
            parsed(client.get(f"/administration/users/{user.public_id}").text).query("main")[0]
        )
