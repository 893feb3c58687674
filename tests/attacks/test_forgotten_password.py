"""Nobody learns from a forgotten password who has an account; nobody is flooded, nothing is guessed."""

from datetime import datetime

import pytest
from flask import Flask
from sqlmodel import Session, select

from tests.attacks.forgetful import CHOSEN, FORGOTTEN, NEW, forgets, people, statements
from tests.factories import a_user
from tests.journeys.mail import code_mailed_to
from tests.twins import JobsAtOnce
from webapp.accounts import actions
from webapp.accounts.actions.forgetting import answer_forgotten
from webapp.accounts.links import ForgottenPassword
from webapp.accounts.mailed_code import draw
from webapp.accounts.models import User
from webapp.config import MAILED_CODES_A_DAY, MAILED_CODES_AN_HOUR, MAILED_CODES_PER_ADDRESS, PASSWORD_CODE_LIFE
from webapp.ports import Outside

pytestmark = pytest.mark.usefixtures("without_tokens")


def work_for(app: Flask, email: str) -> list[str]:
    """What a request for a new password asks of the database."""
    client = app.test_client()
    with statements() as asked:
        client.post(FORGOTTEN, data={"email": email})
    return asked


def test_every_address_gets_the_same_answer_to_the_byte(app: Flask, db: Session, outside: Outside) -> None:
    told = {kind: forgets(app, email) for kind, email in people(db, outside).items()}
    assert told["known"] == told["upgraded"] == told["gone"] == told["nobody"]


@pytest.mark.parametrize("typed", ["anne", "anne@company", "a b@company.example", f"{'a' * 60}@{'b.' * 100}example"])
def test_what_is_no_address_is_no_wish(typed: str, app: Flask, db: Session, outside: Outside) -> None:
    answer = app.test_client().post(FORGOTTEN, data={"email": typed}, query_string={"lang": "en"})
    assert answer.status_code == 422
    assert "This is not an e-mail address." in answer.text
    assert typed in answer.text
    assert not db.exec(select(ForgottenPassword)).all()
    assert not outside.mailer.sent


def test_every_address_costs_the_same_work(
    app: Flask, db: Session, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = people(db, outside)
    monkeypatch.setattr(JobsAtOnce, "_work", lambda _self: None)  # jobs are done later, by another process
    work_for(app, "first@new.example")
    assert len({tuple(work_for(app, email)) for email in found.values()}) == 1


def test_the_same_harness_catches_who_looks_first(
    app: Flask, db: Session, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = people(db, outside)
    ask = actions.ask_for_new_password

    def naively(db: Session, outside: Outside, *, email: str, address: str) -> datetime | None:
        known = db.exec(select(User).where(User.email == email)).first()
        db.rollback()
        return ask(db, outside, email=email, address=address) if known else None

    monkeypatch.setattr(actions, "ask_for_new_password", naively)
    assert work_for(app, found["known"]) != work_for(app, found["nobody"])  # caught


def test_only_an_active_account_is_written_to(app: Flask, db: Session, outside: Outside) -> None:
    found = people(db, outside)
    for email in found.values():
        forgets(app, email)
    written = {mail.recipient for mail in outside.mailer.sent}
    assert written == {found["known"], found["upgraded"]}
    assert db.exec(select(ForgottenPassword)).all() == []


def test_a_wish_that_was_answered_or_waited_too_long_is_not_answered_again(db: Session, outside: Outside) -> None:
    user = a_user(db)
    given = {"email": user.email, "address": "192.0.2.1"}
    actions.ask_for_new_password(db, outside, **given)
    answer_forgotten(db, outside, 1)
    assert len(outside.mailer.sent) == 1
    late = ForgottenPassword(sealed=outside.seal.close(user.email), asked_at=outside.now() - PASSWORD_CODE_LIFE)
    db.add(late)
    db.commit()
    answer_forgotten(db, outside, late.id or 0)
    assert len(outside.mailer.sent) == 1


@pytest.mark.parametrize("kind", ["known", "nobody"])
def test_nobody_s_mailbox_is_flooded(kind: str, app: Flask, db: Session, outside: Outside) -> None:
    email = people(db, outside)[kind]
    statuses = []
    for hour in range(4):
        for number in range(MAILED_CODES_AN_HOUR + 2):  # from as many addresses
            place = {"REMOTE_ADDR": f"203.0.{hour}.{number}"}
            statuses.append(app.test_client().post(FORGOTTEN, data={"email": email}, environ_base=place).status_code)
        outside.now.passes(hours=1)
    assert statuses.count(303) == MAILED_CODES_A_DAY
    assert len(outside.mailer.sent) == (MAILED_CODES_A_DAY if kind == "known" else 0)


def test_one_place_asks_for_so_many_and_no_more(app: Flask, db: Session) -> None:
    statuses = [
        app.test_client().post(FORGOTTEN, data={"email": f"p{number}@new.example"}).status_code
        for number in range(MAILED_CODES_PER_ADDRESS + 5)
    ]
    assert statuses == [303] * MAILED_CODES_PER_ADDRESS + [422] * 5


def test_one_place_tries_so_many_codes_and_no_more(app: Flask, db: Session, outside: Outside) -> None:
    user = a_user(db)
    forgets(app, user.email)
    right = {"code": code_mailed_to(outside, user.email), "new": NEW, "again": NEW}
    client = app.test_client()
    for _ in range(MAILED_CODES_PER_ADDRESS):
        assert "does not fit" in client.post(f"{CHOSEN}?lang=en", data=right | {"code": draw()}).text
    assert "Too many tries" in client.post(f"{CHOSEN}?lang=en", data=right).text
    outside.now.passes(minutes=59)
    elsewhere = client.post(CHOSEN, data=right, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert elsewhere.status_code == 303
