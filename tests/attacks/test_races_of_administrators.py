"""Administrators who take each other's rights, or deactivate each other, at the same moment: one is always left."""

import secrets

import pytest
from sqlmodel import Session, col, func, select

from tests.administration.inside import active_administrators
from tests.administration.ticking import ticks
from tests.attacks.contest import Contest
from tests.factories import a_user, an_administrator, an_employer
from webapp.administration.models import BulkChange, BulkChangeLine
from webapp.administration.ordering import fingerprint


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


def test_one_form_sent_many_times_is_one_change(contest: Contest, db: Session, rounds: int) -> None:
    for _round in range(rounds):
        company = an_employer(db)
        admin, people = an_administrator(db, company), [a_user(db, company) for _ in range(3)]
        ticks(db, admin, people)
        given = {"scope": company.id, "seen": fingerprint([one.id or 0 for one in people])}
        answers = contest.round(db, "change_several", [admin.id], [secrets.token_hex(16)], **given)
        assert sorted(answers, key=str) == [False] * (len(answers) - 1) + [True], answers
        db.rollback()
        mine = select(BulkChange.id).where(BulkChange.by_id == admin.id)
        lines = select(func.count()).select_from(BulkChangeLine).where(col(BulkChangeLine.bulk_change_id).in_(mine))
        assert (len(db.exec(mine).all()), db.exec(lines).one()) == (1, 3)


def test_two_who_tick_each_other_do_not_both_go(contest: Contest, db: Session, rounds: int) -> None:
    for _round in range(rounds):
        company = an_employer(db)
        one, two = an_administrator(db, company), an_administrator(db, company)
        for chooser in (one, two):
            ticks(db, chooser, [one, two])
        given = {"scope": company.id, "seen": fingerprint([one.id or 0, two.id or 0])}
        keys = [secrets.token_hex(16) for _ in range(2)]
        contest.round(db, "change_several", [one.id, two.id], keys, **given)
        assert len(active_administrators(db, company)) == 1
