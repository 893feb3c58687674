"""A letter is taken back while its code is typed: one of both happens, and once."""

from typing import Any

from sqlmodel import Session, col, select

from tests.attacks.arranging import a_code
from tests.attacks.contest import Contest
from tests.factories import a_user
from webapp.letters.models import Letter
from webapp.ports import Outside
from webapp.upgrade.models import UpgradeCode

BOTH = [True, False]


def race(contest: Contest, db: Session, outside: Outside, **how: Any) -> tuple[list[str], Letter, UpgradeCode]:
    """What clerks and the person answer, and what is true then."""
    user = a_user(db)
    code = a_code(db, outside, user)
    letter = db.exec(select(Letter).where(Letter.user_id == user.id)).one()
    answers = contest.round(db, "come_back_or_arrive", BOTH, user_id=user.id, letter_id=letter.id, code=code, **how)
    db.expire_all()
    kept = db.exec(select(UpgradeCode).where(col(UpgradeCode.letter_id) == letter.id)).one()
    db.commit()
    return answers, letter, kept


def test_it_has_arrived_or_it_came_back(contest: Contest, db: Session, outside: Outside, rounds: int) -> None:
    for _round in range(rounds):
        answers, letter, code = race(contest, db, outside)
        assert answers.count("redeemed") + answers.count("returned") == 1, answers
        assert set(answers) <= {"redeemed", "returned", "stays", "replaced", "used", "paused"}, answers
        assert bool(letter.returned_at) is bool(code.voided_at) is not bool(code.redeemed_at)


def test_the_contest_catches_who_only_looks(contest: Contest, db: Session, outside: Outside) -> None:
    def both_or_twice() -> bool:
        answers, _letter, _code = race(contest, db, outside, naively=True)
        return answers.count("redeemed") + answers.count("returned") > 1

    assert any(both_or_twice() for _round in range(20))
