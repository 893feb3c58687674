"""However many come at once, in processes of their own, with one code, one address, or one password: one wins."""

from sqlmodel import Session, col, select

from tests.attacks.arranging import a_session
from tests.attacks.contest import Contest
from tests.attacks.test_races import counted
from tests.factories import PASSWORD, a_user, an_administrator, an_employer
from webapp.accounts import actions
from webapp.accounts.links import AccountLink, LinkPurpose
from webapp.accounts.models import LoginSession, User
from webapp.accounts.passwords import verify_password
from webapp.config import EMAIL_CODE_LIFE, PASSWORD_CODE_LIFE, SIGN_IN_TRIES, WELCOMES_A_DAY
from webapp.ports import Outside

FROM = [f"192.0.2.{number}" for number in range(50)]
NEW = [f"Regenschirm-lila-Kutsche-{number}" for number in range(50)]


def a_code(db: Session, outside: Outside, user: User, new_email: str | None = None) -> str:
    """For a new password, or for a new address."""
    kind = (LinkPurpose.EMAIL, EMAIL_CODE_LIFE) if new_email else (LinkPurpose.PASSWORD, PASSWORD_CODE_LIFE)
    code = actions.make_link(db, outside, user, kind[0], life=kind[1], new_email=new_email)
    db.commit()
    return code


def live(db: Session, user: User) -> list[int | None]:
    """The sessions that have not been ended."""
    db.rollback()
    mine = select(LoginSession.id).where(LoginSession.user_id == user.id, col(LoginSession.ended_at).is_(None))
    return list(db.exec(mine))


def test_one_code_sets_one_password(contest: Contest, db: Session, outside: Outside, rounds: int) -> None:
    for _round in range(rounds):
        user = a_user(db)
        a_session(db, outside, user)
        answers = contest.round(db, "choose", NEW, FROM, code=a_code(db, outside, user))
        assert answers.count("set") == 1, answers
        assert set(answers) <= {"set", "used"}, answers
        db.refresh(user)
        assert verify_password(user.password_hash, NEW[answers.index("set")])
        assert live(db, user) == []


def test_the_contest_catches_who_looks_before_setting(contest: Contest, db: Session, outside: Outside) -> None:
    rounds = (contest.round(db, "choose_naively", NEW, code=a_code(db, outside, a_user(db))) for _round in range(20))
    assert any(answers.count("set") > 1 for answers in rounds)


def test_one_code_activates_once(contest: Contest, db: Session, outside: Outside, rounds: int) -> None:
    for number in range(rounds):
        user = a_user(db)
        session = a_session(db, outside, user)
        code = a_code(db, outside, user, f"once{number}@home.example")
        answers = contest.round(db, "activate", [session.id], code=code)
        assert answers.count(None) == 1, answers
        db.refresh(user)
        assert user.email == f"once{number}@home.example"


def test_of_many_who_can_read_one_mailbox_one_gets_the_address(
    contest: Contest, db: Session, outside: Outside, rounds: int
) -> None:
    for number in range(rounds):
        email, users = f"both{number}@home.example", [a_user(db), a_user(db)]
        sessions = [a_session(db, outside, user).id for user in users]
        codes = [a_code(db, outside, user, email) for user in users]
        answers = contest.round(db, "activate", sessions, codes)
        assert answers.count(None) == 1, answers
        assert set(answers[:2]) | {"taken", "used"} >= set(answers) - {None}, answers
        assert counted(db, User, email=email) == 1


def test_one_of_many_changes_the_password(contest: Contest, db: Session, outside: Outside, rounds: int) -> None:
    for _round in range(rounds):
        user = a_user(db)
        session = a_session(db, outside, user)
        answers = contest.round(db, "change", NEW, session_id=session.id, current=PASSWORD)
        assert answers.count("changed") == 1, answers
        db.refresh(user)
        assert verify_password(user.password_hash, NEW[answers.index("changed")])


def test_tries_of_the_present_password_are_spent_before_it_is_looked_at(
    contest: Contest, db: Session, outside: Outside, rounds: int
) -> None:
    for _round in range(rounds):
        session = a_session(db, outside, a_user(db))
        answers = contest.round(db, "prove", [session.id], typed="wrong")
        assert contest.looked == SIGN_IN_TRIES, answers
        assert set(answers) == {"Wrong", "paused"}


def test_one_code_is_open_at_a_time(contest: Contest, db: Session, outside: Outside, rounds: int) -> None:
    for _round in range(rounds):
        user = a_user(db)
        codes = contest.round(db, "make", user_id=user.id)
        assert len(set(codes)) == len(codes)
        assert counted(db, AccountLink, user_id=user.id, used_at=None, withdrawn_at=None) == 1


def welcomed_at_once(contest: Contest, db: Session, how: str) -> tuple[list[str], int]:
    """What they answer who press at once for somebody new, and how many codes are open then."""
    company = an_employer(db)
    admin, new = an_administrator(db, company), a_user(db, company, password_hash=None)
    answers = contest.round(db, how, user_id=new.id, by_id=admin.id)
    return answers, counted(db, AccountLink, user_id=new.id, used_at=None, withdrawn_at=None)


def test_however_many_send_the_welcome_again_one_code_is_open(contest: Contest, db: Session, rounds: int) -> None:
    for _round in range(rounds):
        answers, codes = welcomed_at_once(contest, db, "welcome_again")
        assert sorted(answers) == ["sent"] * WELCOMES_A_DAY + ["too often"] * (len(answers) - WELCOMES_A_DAY), answers
        assert codes == 1


def test_the_contest_catches_who_counts_before_sending(contest: Contest, db: Session) -> None:
    rounds = (welcomed_at_once(contest, db, "welcome_again_naively")[0] for _round in range(20))
    assert any(answers.count("sent") > WELCOMES_A_DAY for answers in rounds)


def signing_in_meanwhile(contest: Contest, db: Session, outside: Outside, who: str) -> tuple[list[str], int]:
    """What the contestants answer, and how many sessions are left besides the one that changed the password."""
    user = a_user(db)
    session = a_session(db, outside, user)
    given = {"session_id": session.id, "current": PASSWORD, "new": NEW[0]}
    answers = contest.round(db, "sign_in_or_change", [who, "change", *[who] * 4, *["rest"] * 44], **given)
    return answers, len([one for one in live(db, user) if one != session.id])


def test_nobody_stays_in_with_the_password_of_before(
    contest: Contest, db: Session, outside: Outside, rounds: int
) -> None:
    for _round in range(rounds * 2):
        answers, others = signing_in_meanwhile(contest, db, outside, "sign in")
        assert set(answers) <= {"in", "out", "changed", "rest"}, answers
        assert answers.count("changed") == 1
        assert others == 0, answers


def test_the_contest_catches_who_lets_in_afterwards(contest: Contest, db: Session, outside: Outside) -> None:
    assert any(signing_in_meanwhile(contest, db, outside, "sign in naively")[1] for _round in range(20))
