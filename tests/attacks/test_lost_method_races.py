"""However many type the code of one letter after a loss, in processes of their own: one opens the enrolment."""

from sqlmodel import Session

from tests.attacks.arranging import a_recovery_code, a_session, an_upgraded
from tests.attacks.contest import Contest
from tests.attacks.test_races import WRONG, counted
from tests.factories import a_user
from webapp.letters.models import Letter, Purpose
from webapp.login_methods.models import EnrolmentTicket
from webapp.messages.models import Message
from webapp.ports import Outside


def test_one_code_opens_once_and_for_one_session(contest: Contest, db: Session, outside: Outside, rounds: int) -> None:
    for number in range(rounds):
        user = a_user(db)
        an_upgraded(db, outside, user, f"079 555 {number:02} 07")
        code = a_recovery_code(db, outside, user)
        sessions = [a_session(db, outside, user).id for _ in range(50)]
        outcomes = contest.round(db, "recover", sessions, [code], user_id=user.id)
        assert outcomes.count("redeemed") == 1, outcomes
        assert set(outcomes) <= {"redeemed", "resumed", "used", "paused"}, outcomes
        assert counted(db, EnrolmentTicket, user_id=user.id, closed_at=None) == 1


def test_five_wrong_codes_are_looked_at(contest: Contest, db: Session, outside: Outside, rounds: int) -> None:
    for number in range(rounds):
        user = a_user(db)
        an_upgraded(db, outside, user, f"079 555 {number:02} 08")
        a_recovery_code(db, outside, user)
        session = a_session(db, outside, user).id
        outcomes = contest.round(db, "recover", [session], WRONG, user_id=user.id)
        assert contest.looked == 5, outcomes
        assert set(outcomes) == {"wrong", "paused"}, outcomes


def test_one_letter_is_ordered(contest: Contest, db: Session, outside: Outside, rounds: int) -> None:
    for number in range(rounds):
        user = a_user(db)
        an_upgraded(db, outside, user, f"079 555 {number:02} 09")
        answers = contest.round(db, "order_recovery", user_id=user.id)
        assert answers.count(None) == 1, answers
        assert counted(db, Letter, user_id=user.id, purpose=Purpose.RECOVERY) == 1
        assert counted(db, Message, user_id=user.id, name="recovery_ordered") == 1


def test_the_contest_catches_who_looks_before_writing(contest: Contest, db: Session, outside: Outside) -> None:
    assert any(winners(contest, db, outside, number) > 1 for number in range(20))


def winners(contest: Contest, db: Session, outside: Outside, number: int) -> int:
    """How many get in with one code when they look first."""
    user = a_user(db)
    an_upgraded(db, outside, user, f"079 555 {number:02} 06")
    code = a_recovery_code(db, outside, user)
    return contest.round(db, "redeem_naively", user_id=user.id, code=code).count("redeemed")
