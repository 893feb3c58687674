"""The state of a letter is asked in two ways, of a row and of everybody: both mean the same people."""

import random
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from tests.factories import LONG_AGO, an_employer
from webapp.accounts.models import User
from webapp.letters.models import AddressReport, Letter, Purpose, Reason
from webapp.ports import Outside
from webapp.upgrade.letter_state import in_state, letter_state
from webapp.upgrade.models import UpgradeCode
from webapp.upgrade.state import State

PEOPLE = 300


@pytest.fixture
def crowd(db: Session, outside: Outside) -> list[int]:
    """People with none to three letters in every state, one after the other; their ids."""
    chance, company, now = random.Random(5), an_employer(db), outside.now()
    db.execute(sa.insert(User), [one_of_many(chance, number, company.id or 0) for number in range(PEOPLE)])
    ids = [one or 0 for one in db.execute(sa.select(col(User.id))).scalars()]
    for user_id in ids:
        for _letter in range(chance.choice((0, 1, 1, 2, 3))):
            printed, gone = chance.random() < 0.8, chance.random() < 0.3
            letter = Letter(
                user_id=user_id,
                purpose=Purpose.UPGRADE,
                reason=Reason.FIRST,
                ordered_at=now,
                ordered_by_id=user_id,
                withdrawn_at=now if gone or not printed else None,
                printed_at=now if printed else None,
                posted_at=now if printed and chance.random() < 0.5 else None,
                returned_at=now if printed and chance.random() < 0.2 else None,
            )
            db.add(letter)
            db.flush()
            if printed:
                db.add(a_code(chance, letter, outside))
        if chance.random() < 0.3:
            waiting: dict[str, Any] = {"purpose": Purpose.UPGRADE, "reason": Reason.FIRST, "ordered_at": now}
            db.add(Letter(user_id=user_id, ordered_by_id=user_id, **waiting))
        if chance.random() < 0.3:
            db.add(AddressReport(user_id=user_id, reported_at=now))
    db.commit()
    return ids


def one_of_many(chance: random.Random, number: int, employer_id: int) -> dict[str, Any]:
    moved = chance.random()
    return {
        "employer_id": employer_id,
        "last_name": f"Name {number}",
        "first_name": "",
        "email": f"s{number}@states.example",
        "language": "fr",
        "activated_at": LONG_AGO,
        "upgraded_at": LONG_AGO if moved < 0.1 else None,
        "factor_since": LONG_AGO if 0.05 < moved < 0.15 else None,
        "address_lines": [],
    }


def a_code(chance: random.Random, letter: Letter, outside: Outside) -> UpgradeCode:
    now = outside.now()
    over, voided, used = (chance.random() < 0.25 for _ in range(3))
    until = now - timedelta(days=1) if over else now + timedelta(days=9)
    return UpgradeCode(
        letter_id=letter.id or 0,
        user_id=letter.user_id,
        hash="",
        last_day=until.date(),
        expires_at=until,
        voided_at=now if voided else None,
        redeemed_at=now if used else None,
    )


def test_the_two_ways_mean_the_same_people(db: Session, outside: Outside, crowd: list[int]) -> None:
    now = outside.now()
    known = sa.select(col(User.id), letter_state(now)).where(col(User.id).in_(crowd))
    states = dict(db.execute(known).all())
    for state in State:
        found = set(db.execute(sa.select(col(User.id)).where(*in_state(state, now))).scalars())
        assert found == {user_id for user_id, told in states.items() if told == state.value}
        assert found, state
