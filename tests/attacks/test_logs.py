"""No log, no address and no error says who somebody is, what their codes are, or how to be them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from flask import Flask, request_started
from flask import request as asked
from flask.testing import FlaskClient
from sqlmodel import Session, select

from tests.attacks.arranging import the_code
from tests.factories import PASSWORD, a_user, an_administrator
from tests.journeys.places import code_in_letter_to
from webapp.accounts.models import LoginSession, User
from webapp.letters.actions import start_run
from webapp.ports import Outside, TryAgainLater

NUMBER = "079 555 47 11"
FACTS = {
    "first_name": "Zephyrine",
    "last_name": "Quillonbert",
    "town": "Xylomont",
    "email": "zq@company.example",
}


@dataclass
class Secrets:
    """Everything that must not be said, as it comes up."""

    words: list[str] = field(default_factory=list)

    def add(self, *words: str) -> None:
        """And how else it might be written."""
        for word in words:
            self.words += [word, word.replace(" ", ""), word.lower()]

    def told_by(self, text: str) -> list[str]:
        """Which of them ``text`` says."""
        return [word for word in self.words if word in text]


@contextmanager
def addresses(app: Flask) -> Iterator[list[str]]:
    """Every address that is asked for meanwhile, as an access log would keep it."""
    seen: list[str] = []

    def note(_sender: Flask, **_rest: object) -> None:
        seen.append(f"{asked.method} {asked.full_path} {asked.referrer}")

    with request_started.connected_to(note, app):
        yield seen


def goes_all_the_way(client: FlaskClient, db: Session, outside: Outside, user: User, secrets: Secrets) -> None:
    """Sign in, order, be printed to, redeem, enrol, close, sign in again; with every mistake on the way."""
    client.post("/sign-in", data={"email": user.email, "password": "Wrong-Canary-2026"})
    client.post("/sign-in", data={"email": user.email, "password": PASSWORD}, follow_redirects=True)
    client.post("/upgrade/letters", follow_redirects=True)
    assert start_run(db, outside, None)
    db.commit()
    code = code_in_letter_to(outside, user.first_name)
    secrets.add(code)
    for typed in (code[:-1], "BBBB BBBB BBBB", code):
        client.post("/upgrade/code", data={"code": typed, "accepted": "y"}, follow_redirects=True)
    client.post("/login-methods/sms/new", data={"number": "+41 900 555 47 11"}, follow_redirects=True)
    begun = client.post("/login-methods/sms/new", data={"number": NUMBER}).headers["Location"]
    secrets.add(the_code(outside))
    client.post(begun, data={"code": "000000"})
    client.post(begun, data={"code": the_code(outside)}, follow_redirects=True)
    client.post("/upgrade/completion", follow_redirects=True)
    client.post("/sign-out")
    outside.now.passes(days=1)
    outside.sms.refuses = TryAgainLater()
    client.post("/sign-in", data={"email": user.email, "password": PASSWORD})
    outside.sms.refuses = None
    outside.jobs.again()
    secrets.add(the_code(outside))
    client.post("/sign-in/second-factor", data={"code": the_code(outside)}, follow_redirects=True)
    db.refresh(user)
    assert user.upgraded_at
    with client.session_transaction() as cookie:
        secrets.add(cookie["_user_id"])


@pytest.mark.usefixtures("without_tokens")
def test_a_whole_upgrade_is_told_to_nobody(
    app: Flask, db: Session, outside: Outside, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = Secrets()
    secrets.add(PASSWORD, "Wrong-Canary-2026", NUMBER, "+41795554711", "5554711", *FACTS.values())
    user = an_administrator(db, **FACTS)
    with addresses(app) as visited:
        goes_all_the_way(app.test_client(), db, outside, user, secrets)
    said = capfd.readouterr()
    assert len(secrets.words) > 30
    assert len(visited) >= 20
    for text in (caplog.text, said.out, said.err, *visited):
        assert secrets.told_by(text) == []


@pytest.mark.usefixtures("without_tokens")
@pytest.mark.parametrize("place", ["signing_in.verify_password", "sessions.secrets"])
def test_nor_is_a_mistake_of_ours(
    place: str, app: Flask, db: Session, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = Secrets()
    secrets.add(PASSWORD, *FACTS.values())
    user = a_user(db, **FACTS)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(f"webapp.accounts.actions.{place}", None)  # whoever calls it meets a TypeError
    answer = app.test_client().post("/sign-in", data={"email": user.email, "password": PASSWORD})
    assert answer.status_code == 500
    assert "Traceback" in caplog.text
    assert secrets.told_by(caplog.text) == []
    assert secrets.told_by(answer.text) == []


def test_nor_does_the_database_repeat_what_it_refuses(db: Session) -> None:
    a_user(db, **FACTS)
    with pytest.raises(Exception, match="email") as refused:
        a_user(db, **FACTS)
    db.rollback()
    secrets = Secrets()
    secrets.add(*FACTS.values())
    assert secrets.told_by(str(refused.value)) == []


def test_the_word_in_the_cookie_is_nowhere_in_the_database(app: Flask, db: Session, without_tokens: None) -> None:
    user = a_user(db)
    client = app.test_client()
    client.post("/sign-in", data={"email": user.email, "password": PASSWORD})
    with client.session_transaction() as cookie:
        word = cookie["_user_id"]
    assert len(word) >= 43  # 256 bits
    assert word not in repr([row.model_dump() for row in db.exec(select(LoginSession))])


def test_the_secrets_would_be_noticed(caplog: pytest.LogCaptureFixture) -> None:
    secrets = Secrets()
    secrets.add("4KTT 78ZD TZ6M")
    logging.getLogger("anything").warning("typed: %s", "4ktt 78zd tz6m")
    assert secrets.told_by(caplog.text)
