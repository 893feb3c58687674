"""Mandates, and the company that somebody acts for, take their own answers and no others."""

from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from sqlmodel import Session, select

from tests.acting import a_mandate
from tests.attacks.filling import ON_SQLITE, sends
from tests.attacks.said import said
from tests.doors import sign_in
from tests.factories import LONG_AGO, a_user, an_administrator, an_employer
from webapp.accounts.mandates import Mandate
from webapp.accounts.models import Employer, LoginSession, User
from webapp.accounts.topics import Level, Topic
from webapp.config import MANDATE_TRIES_A_DAY
from webapp.formats import local_day
from webapp.ports import Outside

pytestmark = [ON_SQLITE, pytest.mark.usefixtures("without_tokens")]
NEW, ONE = "/administration/mandates/new", "/administration/mandates/<mandate>"
FORMS = ("/account/companies", NEW, ONE, f"{ONE}/end")
BOTH = {"upgraded_at": LONG_AGO, "factor_since": LONG_AGO}
LEVELS = {topic.value: "none" for topic in Topic} | {"documents": "read"}


@dataclass
class World:
    """A company, and somebody of another one who could act for it."""

    company: Employer
    boss: User
    nora: User


@pytest.fixture
def world(db: Session) -> World:
    """Both of them, upgraded."""
    company = an_employer(db)
    office = an_employer(db, member_number="999.777")
    return World(company, an_administrator(db, company, **BOTH), a_user(db, office, **BOTH))


@pytest.fixture
def mandate(db: Session, outside: Outside, world: World) -> Mandate:
    """One that runs."""
    return a_mandate(db, outside, world.nora, world.boss, {Topic.SALARIES: Level.READ})


def test_giving_a_mandate(app: Flask, db: Session, outside: Outside, world: World) -> None:
    client = sign_in(app.test_client(), db, outside, world.boss, level=2)
    own = LEVELS | {"email": world.nora.email, "member_number": "999.777", "since": "", "until": ""}
    done = sends(db, outside, client, NEW, own)
    assert (done.status, done.facts) == (303, {"+attempts": 1, "+mandate": 1, "+message": 1})
    given = db.exec(select(Mandate)).one()
    assert (given.user_id, given.employer_id, given.given_by_id) == (world.nora.id, world.company.id, world.boss.id)
    assert given.topics == {topic: word for topic, word in LEVELS.items() if topic != "administration"}
    assert given.days == (local_day(outside.now()), None)
    assert (given.ended_at, given.end_announced_at, given.told_of_end_at) == (None, None, None)


def test_changing_one(app: Flask, db: Session, outside: Outside, world: World, mandate: Mandate) -> None:
    client = sign_in(app.test_client(), db, outside, world.boss, level=2)
    own = LEVELS | {"since": "01.12.2026", "until": "31.12.2027"}
    path = f"/administration/mandates/{mandate.public_id}"
    done = sends(db, outside, client, path, own)
    changed = {f"mandate.{fact}": 1 for fact in ("topics", "starts_on", "ends_on")}
    assert (done.status, done.facts) == (303, {"+message": 1} | changed)
    db.refresh(mandate)
    assert (mandate.user_id, mandate.employer_id, mandate.ended_at) == (world.nora.id, world.company.id, None)
    assert mandate.days == (date(2026, 12, 1), date(2027, 12, 31))
    assert (mandate.end_announced_at, mandate.told_of_end_at, mandate.given_by_id) == (None, None, world.boss.id)


def test_ending_one(app: Flask, db: Session, outside: Outside, world: World, mandate: Mandate) -> None:
    path = f"/administration/mandates/{mandate.public_id}/end"
    holder = sign_in(app.test_client(), db, outside, world.nora, level=2)
    refused = sends(db, outside, holder, path, {})
    assert (refused.status, refused.facts) == (403, {})
    client = sign_in(app.test_client(), db, outside, world.boss, level=2)
    done = sends(db, outside, client, path, {})
    assert (done.status, done.facts) == (303, {"+message": 1, "mandate.ended_at": 1})


def test_choosing(app: Flask, db: Session, outside: Outside, world: World, mandate: Mandate) -> None:
    client = sign_in(app.test_client(), db, outside, world.nora, level=2)
    done = sends(db, outside, client, "/account/companies", {"company": mandate.public_id})
    assert (done.status, done.facts) == (303, {"login_session.chose_at": 1, "login_session.mandate_id": 1})
    chosen = db.exec(select(LoginSession).where(LoginSession.user_id == world.nora.id)).one()
    assert (chosen.mandate_id, chosen.level) == (mandate.id, 2)


def test_whoever_tries_addresses_learns_nothing_and_waits(
    app: Flask, db: Session, outside: Outside, world: World
) -> None:
    plain = a_user(db, db.get(Employer, world.nora.employer_id))
    client = sign_in(app.test_client(), db, outside, world.boss, level=2)
    pages = set()
    for number in range(MANDATE_TRIES_A_DAY):
        email = (plain.email, world.boss.email, "nobody@company.example")[number % 3]
        answer = client.post(NEW, data=LEVELS | {"email": email, "member_number": "999.777", "until": ""})
        assert answer.status_code == 422
        pages.add(said(answer).replace(email, ""))
    assert len(pages) == 1
    right = LEVELS | {"email": world.nora.email, "member_number": "999.777", "until": ""}
    assert "too often" in client.post(f"{NEW}?lang=en", data=right).text
    assert not db.exec(select(Mandate)).all()
