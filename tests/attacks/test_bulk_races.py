"""Two administrators press for the same people, 25 times in the same moment, in processes of their own."""

import secrets
from collections import Counter
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from tests.attacks.contest import Contest
from tests.factories import a_user, an_administrator, an_employer
from webapp.letters.models import Letter
from webapp.upgrade.models import BulkOrder, BulkOrderLine

PRESSES = 25


@pytest.fixture(scope="module")
def presses() -> Iterator[Contest]:
    """As many processes as presses."""
    pool = Contest(PRESSES)
    yield pool
    pool.stop()


def company(db: Session, size: int) -> tuple[list[int], dict[str, object]]:
    """Two administrators, and what both order: for everybody of their company."""
    employer = an_employer(db)
    both = [an_administrator(db, employer).id or 0 for _ in range(2)]
    return both, {"people_ids": [a_user(db, employer).id for _ in range(size)], "employer_id": employer.id}


def letters(db: Session) -> Counter[int]:
    db.rollback()
    return Counter(db.exec(select(Letter.user_id)))


def test_each_person_gets_one_letter(presses: Contest, db: Session, rounds: int) -> None:
    for _round in range(rounds):
        db.execute(sa.delete(BulkOrderLine))
        db.execute(sa.delete(Letter))
        both, given = company(db, 30)
        keys = [secrets.token_hex(16) for _ in range(PRESSES)]
        answers = presses.round(db, "order_many", both, keys, **given)
        assert all(new for _id, new in answers), answers
        assert letters(db) == Counter(given["people_ids"])
        lines = db.exec(select(BulkOrderLine.user_id, BulkOrderLine.letter_id)).all()
        assert len(lines) == PRESSES * 30, "each order says what became of each person"
        assert sum(letter is not None for _, letter in lines) == 30


def test_one_form_is_one_order_however_often_it_is_sent(presses: Contest, db: Session, rounds: int) -> None:
    for _round in range(rounds):
        both, given = company(db, 10)
        forms = [secrets.token_hex(16), secrets.token_hex(16)]
        before = db.exec(select(sa.func.count()).select_from(BulkOrder)).one()
        answers = presses.round(db, "order_many", both, forms, **given)
        assert Counter(new for _id, new in answers) == {True: 2, False: PRESSES - 2}, answers
        db.rollback()
        assert db.exec(select(sa.func.count()).select_from(BulkOrder)).one() == before + 2
        assert len({order for order, _new in answers}) == 2


def test_the_contest_catches_who_looks_before_writing(presses: Contest, db: Session) -> None:
    db.execute(sa.text("DROP INDEX uq_letter_waiting"))
    assert any(doubled(presses, db) for _round in range(20))


def doubled(presses: Contest, db: Session) -> bool:
    """Whether somebody was ordered two letters in one round of presses that look first."""
    both, given = company(db, 5)
    presses.round(db, "order_many_naively", both, [""], **given)
    return max(letters(db).values()) > 1
