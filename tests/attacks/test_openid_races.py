"""However many come back from a provider with the same answer at the same moment: one gets in, once."""

from collections import Counter
from typing import Any

import pytest
from sqlmodel import Session, col, func, select

from tests.attacks.arranging import a_ticket
from tests.attacks.contest import Contest
from tests.factories import a_user
from tests.openid.arriving import ANNE, SWISSID
from webapp.accounts.actions import begin_session
from webapp.accounts.models import LoginSession, User
from webapp.login_methods import actions, queries
from webapp.login_methods.models import Enrolment
from webapp.ports import Outside

LOSERS = {"not_asked", "used", "lapsed", "paused"}


def before_the_provider(db: Session, outside: Outside, *, holds: bool) -> tuple[User, dict[str, Any]]:
    """Somebody who was sent there, to sign in with what they hold, or to register it; what contestants need."""
    user, now = a_user(db), outside.now()
    word, half = begin_session(db, outside, user, level=1, replacing=None)
    kept = {"label": SWISSID.label, "issuer": SWISSID.issuer} | ({"subject": ANNE} if holds else {})
    facts = {"method": "suisseid", "kept": outside.seal.close(kept), "shown_as": SWISSID.label, "started_at": now}
    enrolment = Enrolment(user_id=user.id, **facts, confirmed_at=now if holds else None)
    user.factor_since = now if holds else None
    db.add(enrolment)
    db.commit()
    if not holds:
        a_ticket(db, outside, user)
    actions.ask(db, outside, user, half, enrolment)
    question = queries.question_in(db, half)
    assert question
    state = outside.seal.open(question.kept)["state"]
    given = {"user_id": user.id, "session_id": half.id, "enrolment_id": enrolment.id, "state": state}
    return user, given | {"word": word}


def inside(db: Session, user: User) -> int:
    """How many live sessions have both factors."""
    db.rollback()
    live = (LoginSession.user_id == user.id, LoginSession.level == 2, col(LoginSession.ended_at).is_(None))
    return db.exec(select(func.count()).select_from(LoginSession).where(*live)).one()


@pytest.mark.parametrize("holds", [True, False], ids=["signing in", "registering"])
def test_one_answer_lets_one_in(contest: Contest, db: Session, outside: Outside, rounds: int, *, holds: bool) -> None:
    for _round in range(rounds):
        user, given = before_the_provider(db, outside, holds=holds)
        answers = Counter(contest.round(db, "arrive", [given.pop("word")], **given))
        assert answers["in"] == 1, answers
        assert set(answers) <= LOSERS | {"in"}, answers
        assert inside(db, user) == 1
        assert len(queries.held_by(db, user)) == 1
        db.commit()


def test_the_contest_catches_who_looks_before_writing(contest: Contest, db: Session, outside: Outside) -> None:
    assert any(winners(contest, db, outside) > 1 for _round in range(20))


def winners(contest: Contest, db: Session, outside: Outside) -> int:
    """How many sessions one answer opens when they look first."""
    user, given = before_the_provider(db, outside, holds=True)
    contest.round(db, "arrive_naively", [given.pop("word")], **given)
    return inside(db, user)
