"""Administrators who take each other's rights, or deactivate each other, at the same moment: one is always left."""

import pytest
from sqlmodel import Session

from tests.administration.inside import active_administrators
from tests.attacks.contest import Contest
from tests.factories import an_administrator, an_employer


def race(contest: Contest, db: Session, what: str, *how: list[str]) -> tuple[list[str], int]:
    """What three administrators answer who each go for the next one, and how many are left."""
    company = an_employer(db)
    ids = [an_administrator(db, company).id for _ in range(3)]
    answers = contest.round(db, what, ids, [*ids[1:], ids[0]], *how)
    return answers, len(active_administrators(db, company))


@pytest.mark.parametrize(
    "how", [["take_rights"], ["deactivate"], ["take_rights", "deactivate"]], ids=["rights", "accounts", "both"]
)
def test_one_is_left(how: list[str], contest: Contest, db: Session, rounds: int) -> None:
    for _round in range(rounds):
        answers, left = race(contest, db, "decide", how)
        assert set(answers) <= {"done", "already", "last_administrator"}, answers
        assert answers.count("done") >= 2
        assert left == 1


def test_the_contest_catches_who_counts_before_writing(contest: Contest, db: Session) -> None:
    assert any(race(contest, db, "take_rights_naively")[1] == 0 for _round in range(20))
