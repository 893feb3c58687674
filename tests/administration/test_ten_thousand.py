"""A company of 10,000 (of fewer in haste): every page, both ways, in any order; every search shows whom it should."""

import random
from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from tests.conftest import PROVE
from tests.factories import LONG_AGO, an_administrator, an_employer
from webapp.accounts.models import Employer, User
from webapp.administration.actions import select_all
from webapp.administration.queries import CAP, all_rows, count_of, one_page, selected_ids
from webapp.administration.wanted import Sort, Wanted
from webapp.ports import Outside

MANY = 10_000 if PROVE else 2_500
LAST = ("Müller", "Muller", "Meier", "de la Rue", "Zufferey", "Øster", "Łukasz", "O’Brien", "Bühler-Perret")
FIRST = ("Zoé", "Anna", "Éric", "Marc")


@pytest.fixture
def company(db: Session) -> Employer:
    """Many people in one company and 50 in another, in no order."""
    employer, other = an_employer(db), an_employer(db)
    chance = random.Random(3)
    rows = [
        {
            "employer_id": employer.id if number < MANY - 1 else other.id,
            "last_name": chance.choice(LAST),
            "first_name": chance.choice(FIRST),
            "email": f"p{number}@many.example",
            "language": chance.choice(("fr", "de", "it", "en")),
            "password_hash": "a hash",
            "activated_at": LONG_AGO + timedelta(days=chance.randrange(40)),
            "deactivated_at": LONG_AGO if chance.random() < 0.1 else None,
            "upgraded_at": LONG_AGO if chance.random() < 0.3 else None,
            "address_lines": [],
        }
        for number in chance.sample(range(MANY + 49), MANY + 49)
    ]
    db.execute(sa.insert(User), rows)
    db.commit()
    return employer


@pytest.fixture
def me(db: Session, company: Employer) -> User:
    return an_administrator(db, company, last_name="Aaa", email="me@many.example")


def test_the_pages_put_together_are_the_list(db: Session, me: User, outside: Outside) -> None:
    for sort in [sign + one for one in Sort if one != Sort.COMPANY for sign in ("", "-")]:
        pages_are_the_list(db, me, outside, Wanted(sort=sort, size=200, q="" if sort == "name" else "muller"))


def pages_are_the_list(db: Session, me: User, outside: Outside, wanted: Wanted) -> None:
    scope, now = me.employer_id, outside.now()
    whole = [row.public_id for row in all_rows(db, wanted, scope, me, now)]
    assert len(whole) == len(set(whole)) == count_of(db, wanted, scope, now)
    forwards, place = [], wanted
    while True:
        page = one_page(db, place, scope, me, now)
        forwards += [row.public_id for row in page.people]
        if not page.later:
            break
        place = wanted.at("next", forwards)
    assert forwards == whole
    end = one_page(db, replace(wanted, last="yes"), scope, me, now)
    assert [row.public_id for row in end.people] == whole[-200:]
    before = one_page(db, wanted.at("previous", [whole[-200]]), scope, me, now)
    assert [row.public_id for row in before.people] == whole[-400:-200]
    start = one_page(db, wanted.at("previous", [whole[7]]), scope, me, now)
    assert [row.public_id for row in start.people] == whole[:200]


def test_a_search_finds_whom_a_reader_would(db: Session, me: User, outside: Outside) -> None:
    facts = select(User.last_name, User.first_name, User.email).where(User.employer_id == me.employer_id)
    read = {email: as_read(f"{last} {first} {email}") for last, first, email in db.exec(facts)}
    for typed in ("mul", "MÜLLER zoé", "oster", "lukasz", "o'brien", "buehler", "p77", "rue eric"):
        found = {row.email for row in all_rows(db, Wanted(q=typed), me.employer_id, me, outside.now())}
        words = typed.lower().translate(PLAIN).split()
        assert found == {email for email, text in read.items() if all(word in text for word in words)}
        assert found, typed


PLAIN = str.maketrans("üéøł’", "ueol'")


def as_read(text: str) -> str:
    return f"{text.lower().translate(PLAIN)} {text.lower().replace('ü', 'ue')}"


def test_all_that_match_are_selected_at_once(db: Session, me: User, outside: Outside) -> None:
    wanted = Wanted(q="mull", status="active", letter="not_asked")
    select_all(db, chooser=me, scope=me.employer_id, wanted=wanted, now=outside.now())
    rows = list(all_rows(db, wanted, me.employer_id, me, outside.now()))
    assert all(row.ticked for row in rows)
    assert len(selected_ids(db, me, me.employer_id)) == len(rows) > MANY / 20


def test_no_more_is_counted_than_the_cap(
    db: Session, me: User, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert count_of(db, Wanted(), None, outside.now()) == min(MANY + 50, CAP + 1)
    monkeypatch.setattr(import_module(count_of.__module__), "CAP", 100)
    assert count_of(db, Wanted(), None, outside.now()) == 101
