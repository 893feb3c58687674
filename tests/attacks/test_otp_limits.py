"""Codes of an app and recovery codes: each counts once, whoever types it at the same moment, and guesses run out."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.attacks.arranging import a_session
from tests.attacks.contest import Contest
from tests.attacks.holding import App, a_sheet, an_app, types
from tests.conftest import PROVE
from tests.factories import a_user
from webapp.accounts.models import User
from webapp.attempts import Try
from webapp.login_methods.actions import answering
from webapp.login_methods.methods.otp import Otp
from webapp.ports import Outside

GUESSES = 100_000 if PROVE else 250
ONE_AND_MANY = pytest.mark.parametrize("sessions", [1, 50])


def ids(db: Session, outside: Outside, user: User, sessions: int) -> list[int]:
    """So many browsers in which the password was typed."""
    return [a_session(db, outside, user).id or 0 for _ in range(sessions)]


@ONE_AND_MANY
def test_one_code_of_the_app_counts_once(
    contest: Contest, db: Session, outside: Outside, rounds: int, sessions: int
) -> None:
    for _round in range(rounds):
        user = a_user(db)
        app = an_app(db, outside, user)
        given = {"user_id": user.id, "enrolment_id": app.enrolment.id, "code": app.code(outside)}
        answers = contest.round(db, "answer", ids(db, outside, user, sessions), **given)
        assert answers.count("right") == 1, answers
        assert set(answers) <= {"right", "used", "wrong", "lapsed", "paused", "not_asked"}, answers


@ONE_AND_MANY
def test_one_recovery_code_counts_once(
    contest: Contest, db: Session, outside: Outside, rounds: int, sessions: int
) -> None:
    for _round in range(rounds):
        user = a_user(db)
        enrolment, codes = a_sheet(db, outside, user)
        given = {"user_id": user.id, "enrolment_id": enrolment.id, "code": codes[3]}
        answers = contest.round(db, "answer", ids(db, outside, user, sessions), **given)
        assert answers.count("right") == 1, answers
        db.refresh(enrolment)
        kept = outside.seal.open(enrolment.kept)
        assert (len(kept["left"]), len(kept["used"])) == (9, 1)


@pytest.mark.parametrize("slug", ["otp", "recovery_codes"])
def test_the_contest_catches_who_looks_before_writing(
    contest: Contest, db: Session, outside: Outside, slug: str
) -> None:
    assert any(winners(contest, db, outside, slug) > 1 for _round in range(20))


def winners(contest: Contest, db: Session, outside: Outside, slug: str) -> int:
    """How many get in with one answer when they look first."""
    user = a_user(db)
    if slug == "otp":
        app = an_app(db, outside, user)
        enrolment, code = app.enrolment, app.code(outside)
    else:
        enrolment, codes = a_sheet(db, outside, user)
        code = codes[3]
    given = {"user_id": user.id, "enrolment_id": enrolment.id, "code": code}
    return contest.round(db, "answer_naively", ids(db, outside, user, 50), **given).count("right")


def test_steps_only_rise_in_whatever_session(db: Session, outside: Outside) -> None:
    user = a_user(db)
    app = an_app(db, outside, user)
    first, second, fresh = a_session(db, outside, user), a_session(db, outside, user), a_session(db, outside, user, 2)
    now, later = app.code(outside), app.code(outside, 1)
    assert types(db, outside, user, first, app.enrolment, app.confirmed_with) == "wrong"
    assert types(db, outside, user, first, app.enrolment, later) == "right"
    for session in (first, second, fresh):
        for code in (now, later, app.confirmed_with):
            assert types(db, outside, user, session, app.enrolment, code) == "wrong"
    outside.now.passes(seconds=60)
    assert types(db, outside, user, fresh, app.enrolment, app.code(outside)) == "right"
    assert types(db, outside, user, second, app.enrolment, app.code(outside)) == "wrong"


def test_another_persons_app_opens_nothing(db: Session, outside: Outside) -> None:
    user, mallory = a_user(db), a_user(db)
    app, own = an_app(db, outside, user), an_app(db, outside, mallory)
    session = a_session(db, outside, user)
    assert types(db, outside, user, session, app.enrolment, own.code(outside)) == "wrong"


def allowed(span: timedelta) -> int:
    """How many guesses are looked at within ``span``: ten, and after each pause ten more; a pause doubles ten times."""
    passed, pause, rounds = timedelta(), timedelta(minutes=15), 1
    while passed + pause <= span:
        passed, rounds = passed + pause, rounds + 1
        pause = min(pause * 2, timedelta(minutes=15) * 2**10)
    return 10 * rounds


def guess(
    db: Session, outside: Outside, user: User, guesses: int, monkeypatch: pytest.MonkeyPatch
) -> tuple[App, list[str], set[str]]:
    """A guess a minute, in five sessions by turns, none of them lucky; those that were looked at, and all outcomes."""
    looked: list[str] = []
    app, real, sessions = an_app(db, outside, user), Otp.proves, [a_session(db, outside, user) for _ in range(5)]
    monkeypatch.setattr(Otp, "proves", lambda *given: looked.append(given[3]) or real(*given))
    outcomes = set()
    for number in range(guesses):
        outside.now.passes(minutes=1)
        lucky = {app.code(outside, steps) for steps in (-1, 0, 1)}
        wrong = next(code for code in (f"{(number + more) % 10**6:06}" for more in range(4)) if code not in lucky)
        outcomes.add(types(db, outside, user, sessions[number % 5], app.enrolment, wrong))
    return app, looked, outcomes


def test_a_hundred_thousand_guesses(db: Session, outside: Outside, monkeypatch: pytest.MonkeyPatch) -> None:
    user = a_user(db)
    app, looked, outcomes = guess(db, outside, user, GUESSES, monkeypatch)
    most = allowed(timedelta(minutes=GUESSES))
    assert most - 20 <= len(looked) <= most
    assert outcomes == {"wrong", "lapsed", "paused"}
    spent = len(looked)
    assert types(db, outside, user, a_session(db, outside, user), app.enrolment, app.code(outside)) == "paused"
    assert len(looked) == spent


def test_who_counts_by_question_only_is_caught(db: Session, outside: Outside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "spend", lambda *_given: Try(left=9))
    _app, looked, _outcomes = guess(db, outside, a_user(db), 200, monkeypatch)
    assert len(looked) == 200 > allowed(timedelta(minutes=200))


def test_the_owner_gets_in_and_who_guesses_beside_has_no_more_tries(db: Session, outside: Outside) -> None:
    user = a_user(db)
    app = an_app(db, outside, user)
    thief, said = a_session(db, outside, user), []
    for typos in (1, 2, 0):
        outside.now.passes(hours=2)
        owner = a_session(db, outside, user)
        typed = [(thief, "000000")] * 3 + [(owner, "000000")] * typos + [(owner, app.code(outside))]
        said.append([types(db, outside, user, session, app.enrolment, code) for session, code in typed])
    assert said == [["wrong"] * (3 + typos) + ["right"] for typos in (1, 2, 0)]
    assert types(db, outside, user, thief, app.enrolment, "000000") == "lapsed"
    assert types(db, outside, user, thief, app.enrolment, "000000") == "paused"  # the tenth in all was one too many
    outside.now.passes(minutes=15)
    assert types(db, outside, user, owner, app.enrolment, app.code(outside)) == "right"
