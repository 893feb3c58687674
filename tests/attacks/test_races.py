"""However many press at once, in processes of their own: one wins, and no try is looked at more than allowed."""

import pytest
from sqlalchemy import func
from sqlmodel import Session, select

from tests.attacks.arranging import a_code, a_pending_sms, a_session, a_telephone, a_ticket
from tests.attacks.contest import Contest
from tests.factories import a_user, an_administrator, an_employer
from webapp.codes import ALPHABET, check_symbol
from webapp.letters.models import Letter
from webapp.login_methods.models import EnrolmentTicket
from webapp.messages.models import Message
from webapp.ports import Outside
from webapp.upgrade.models import CodeWish

DRAWN = [f"{first}{second}BBBBBBBBB" for first in ALPHABET[:10] for second in ALPHABET[:10]]
WRONG = [drawn + check_symbol(drawn) for drawn in DRAWN]  # each could be a code


def counted(db: Session, table: type, **facts: object) -> int:
    db.rollback()
    return int(db.exec(select(func.count()).select_from(table).filter_by(**facts)).one())


def test_one_right_code_opens_once(contest: Contest, db: Session, outside: Outside, rounds: int) -> None:
    for _round in range(rounds):
        user = a_user(db)
        code = a_code(db, outside, user)
        outcomes = contest.round(db, "redeem", user_id=user.id, code=code)
        assert outcomes.count("redeemed") == 1, outcomes
        assert counted(db, EnrolmentTicket, user_id=user.id) == 1


def test_nobody_meets_an_error(contest: Contest, db: Session, outside: Outside, rounds: int) -> None:
    for _round in range(rounds):
        user = a_user(db)
        code = a_code(db, outside, user)
        outcomes = contest.round(db, "redeem", user_id=user.id, code=code)
        assert set(outcomes) <= {"redeemed", "used", "paused"}, outcomes


def test_five_wrong_codes_are_looked_at(contest: Contest, db: Session, outside: Outside, rounds: int) -> None:
    for _round in range(rounds):
        user = a_user(db)
        a_code(db, outside, user)
        outcomes = contest.round(db, "redeem", WRONG, user_id=user.id)
        assert contest.looked == 5, outcomes
        assert set(outcomes) == {"wrong", "paused"}, outcomes


def test_the_contest_catches_who_looks_before_writing(contest: Contest, db: Session, outside: Outside) -> None:
    assert any(winners(contest, db, outside) > 1 for _round in range(20))
    assert any(guesses(contest, db, outside) > 5 for _round in range(20))


def winners(contest: Contest, db: Session, outside: Outside) -> int:
    """How many get in with one code when they look first."""
    user = a_user(db)
    code = a_code(db, outside, user)
    return contest.round(db, "redeem_naively", user_id=user.id, code=code).count("redeemed")


def guesses(contest: Contest, db: Session, outside: Outside) -> int:
    """How many wrong codes are compared when the tries are counted first."""
    user = a_user(db)
    a_code(db, outside, user)
    contest.round(db, "redeem_naively", WRONG, user_id=user.id)
    return contest.looked


def test_one_sms_code_counts_once(contest: Contest, db: Session, outside: Outside, rounds: int) -> None:
    for number in range(rounds):
        user = a_user(db)
        a_ticket(db, outside, user)
        session = a_session(db, outside, user)
        enrolment, code = a_pending_sms(db, outside, user, session, f"079 555 {number:02} 02")
        ids = {"user_id": user.id, "session_id": session.id, "enrolment_id": enrolment.id}
        answers = contest.round(db, "answer", code=code, **ids)
        assert answers.count("right") == 1, answers


def test_two_administrators_order_one_letter(contest: Contest, db: Session, outside: Outside, rounds: int) -> None:
    for _round in range(rounds):
        employer = an_employer(db)
        both = [an_administrator(db, employer).id, an_administrator(db, employer).id]
        user = a_user(db, employer)
        answers = contest.round(db, "order", both, people_ids=[user.id])
        assert sorted(answers)[-2:] == [0, 1], answers
        assert counted(db, Letter, user_id=user.id) == 1
        assert counted(db, Message, user_id=user.id) == 1


def test_two_administrators_order_for_the_same_people_in_another_order(
    contest: Contest, db: Session, outside: Outside, rounds: int
) -> None:
    for _round in range(rounds):
        employer = an_employer(db)
        both = [an_administrator(db, employer).id, an_administrator(db, employer).id]
        people = [a_user(db, employer).id for _ in range(8)]
        answers = contest.round(db, "order", both, [people, people[::-1]])
        assert all(isinstance(answer, int) for answer in answers), answers
        assert sum(answers) == len(people)


def test_many_wishes_are_one(contest: Contest, db: Session, outside: Outside, rounds: int) -> None:
    for _round in range(rounds):
        employer = an_employer(db)
        an_administrator(db, employer)
        user = a_user(db, employer)
        answers = contest.round(db, "wish", user_id=user.id)
        assert sum(answers) == 1, answers
        assert counted(db, CodeWish, user_id=user.id) == 1


@pytest.mark.parametrize("sessions", [1, 50])
def test_many_requests_send_one_message(contest: Contest, db: Session, outside: Outside, sessions: int) -> None:
    user = a_user(db)
    outside.now.passes(hours=-25)  # the contestants' clock stands still at its beginning
    enrolment = a_telephone(db, outside, user, "079 555 03 03")
    outside.now.passes(hours=25)
    mine = [a_session(db, outside, user).id for _ in range(sessions)]
    answers = contest.round(db, "ask", mine, user_id=user.id, enrolment_id=enrolment.id)
    assert [answer for answer in answers if answer is not False] == [True], answers


def test_an_upgrade_is_closed_once(contest: Contest, db: Session, outside: Outside) -> None:
    user = a_user(db)
    a_telephone(db, outside, user, "079 555 04 04")
    session = a_session(db, outside, user, level=2)
    answers = contest.round(db, "close", user_id=user.id, session_id=session.id)
    assert answers.count(True) == 1
    assert set(answers) == {True, False}
    assert counted(db, Message, user_id=user.id, name="upgrade_done") == 1


def test_ten_wrong_passwords_are_looked_at(contest: Contest, db: Session) -> None:
    user = a_user(db)
    assert not any(contest.round(db, "sign_in", email=user.email, password="not this one"))
    assert contest.looked == 10
