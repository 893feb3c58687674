"""Two who change a person's login methods at once: something that counts is left, and nobody comes in by what went."""

from itertools import count

from sqlmodel import Session, col, select

from tests.attacks.arranging import a_session, the_code
from tests.attacks.contest import Contest
from tests.factories import a_user
from webapp.accounts.actions import begin_session
from webapp.accounts.models import LoginSession, User
from webapp.login_methods import actions
from webapp.login_methods.models import Enrolment
from webapp.login_methods.queries import held_by
from webapp.ports import Outside

_numbers = count(5_550_000)


def with_two(db: Session, outside: Outside) -> tuple[User, Enrolment, Enrolment]:
    """Somebody with two telephones that nobody else has."""
    user, now = a_user(db), outside.now()
    kept = [outside.seal.close({"number": f"+4179{next(_numbers)}"}) for _ in range(2)]
    facts = {"user_id": user.id, "method": "sms", "shown_as": "x", "started_at": now, "confirmed_at": now}
    two = [Enrolment(kept=one, **facts) for one in kept]
    db.add_all(two)
    user.factor_since = user.upgraded_at = now
    db.commit()
    return user, *two


def test_of_two_removed_at_once_one_stays(contest: Contest, db: Session, outside: Outside, rounds: int) -> None:
    for _round in range(rounds):
        user, first, second = with_two(db, outside)
        session = a_session(db, outside, user, level=2)
        ids = {"user_id": user.id, "session_id": session.id}
        answers = contest.round(db, "remove", [first.id, second.id], **ids)
        assert set(answers) == {True, False}, answers
        assert len(held_by(db, user)) == 1


def test_the_contest_catches_who_looks_before_removing(contest: Contest, db: Session, outside: Outside) -> None:
    assert any(left(contest, db, outside) == 0 for _round in range(20))


def left(contest: Contest, db: Session, outside: Outside) -> int:
    """How many of two login methods are there when both were removed by who looks first."""
    user, first, second = with_two(db, outside)
    session = a_session(db, outside, user, level=2)
    contest.round(db, "remove_naively", [first.id, second.id], user_id=user.id, session_id=session.id)
    return len(held_by(db, user))


def signing_in_meanwhile(contest: Contest, db: Session, outside: Outside, roles: list[str]) -> tuple[list[str], int]:
    """What the contestants answer, and how many sessions with both factors are left besides the remover's."""
    user, first, _second = with_two(db, outside)
    remover = a_session(db, outside, user, level=2)
    word, half = begin_session(db, outside, user, level=1, replacing=None)
    assert actions.ask(db, outside, user, half, first).free_at is None
    ids = {"user_id": user.id, "session_id": remover.id, "enrolment_id": first.id, "half": half.id, "word": word}
    answers = contest.round(db, "sign_in_or_remove", roles + ["rest"] * 60, code=the_code(outside), **ids)
    inside = select(LoginSession).where(
        LoginSession.user_id == user.id, LoginSession.level == 2, col(LoginSession.ended_at).is_(None)
    )
    return answers, len(db.exec(inside).all()) - 1


def test_nobody_stays_in_by_a_method_that_goes(contest: Contest, db: Session, outside: Outside, rounds: int) -> None:
    for number in range(rounds * 2):
        remover = ("remove", "remove after the answer")[number % 2]
        answers, others = signing_in_meanwhile(contest, db, outside, ["sign in", remover, remover])
        assert set(answers) <= {"in", "out", "None"}, answers
        assert others == 0, answers


def test_the_contest_catches_who_is_let_in_afterwards(contest: Contest, db: Session, outside: Outside) -> None:
    roles = ["sign in naively", "remove after the answer"]
    tried = (signing_in_meanwhile(contest, db, outside, roles) for _round in range(20))
    assert any((answers[0], others) == ("in", 1) for answers, others in tried)
