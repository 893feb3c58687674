"""Six administrators change different topics of the same people at the same moment: each of them counts."""

import secrets

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tests.administration.ticking import ticks
from tests.attacks.contest import Contest
from tests.factories import a_user, an_administrator, an_employer
from webapp.accounts.models import User
from webapp.accounts.topics import Topic
from webapp.administration.ordering import fingerprint
from webapp.audit.models import AuditEvent

READ_ONLY = dict.fromkeys(Topic, "read")
NOTED = sa.select(sa.func.count()).select_from(AuditEvent).where(AuditEvent.event == "rights_changed")


def race(contest: Contest, db: Session, what: str) -> tuple[list[object], list[dict[str, str]]]:
    """What is answered, and what is kept of three people; each administrator has a topic, and presses several times."""
    company = an_employer(db)
    people = [a_user(db, company) for _ in range(3)]
    admins = [an_administrator(db, company) for _ in Topic]
    for admin in admins:
        ticks(db, admin, people)
    ids = [one.id or 0 for one in people]
    given = {"scope": company.id, "seen": fingerprint(ids)} if what == "permit_several" else {"people": ids}
    keys = [secrets.token_hex(16) for _ in Topic]
    answers = contest.round(db, what, [admin.id for admin in admins], keys, [*Topic], **given)
    db.rollback()
    return answers, list(db.exec(select(User.topics).where(col(User.id).in_(ids))))


def test_each_of_several_topics_counts(contest: Contest, db: Session, rounds: int) -> None:
    for _round in range(rounds):
        before = db.execute(NOTED).scalar_one()
        answers, kept = race(contest, db, "permit_several")
        assert sorted(answers, key=str) == [False] * (len(answers) - 6) + [True] * 6, answers
        assert kept == [READ_ONLY] * 3
        assert db.execute(NOTED).scalar_one() == before + 3 * 6


def test_the_contest_catches_who_reads_before_holding(contest: Contest, db: Session) -> None:
    assert any(race(contest, db, "permit_naively")[1] != [READ_ONLY] * 3 for _round in range(20))
