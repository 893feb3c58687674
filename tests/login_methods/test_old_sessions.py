"""Sessions that began long ago are erased at night, with their questions; what a letter's code has opened stays."""

import pytest
from sqlmodel import Session, col, func, select

from tests.attacks.arranging import a_recovery_code, a_session, a_telephone
from tests.factories import a_user
from tests.twins import Clock
from webapp.accounts.models import LoginSession, User
from webapp.config import SESSIONS_KEPT
from webapp.login_methods import actions
from webapp.login_methods.actions import forgetting
from webapp.login_methods.models import Challenge, EnrolmentTicket
from webapp.login_methods.queries import open_ticket
from webapp.ports import Outside
from webapp.upgrade.actions.redeeming import recover


@pytest.fixture
def user(db: Session) -> User:
    """Somebody."""
    return a_user(db, language="en")


def left(db: Session) -> list[int | None]:
    """The sessions that are still known."""
    db.rollback()
    return list(db.exec(select(LoginSession.id).order_by(col(LoginSession.id))))


def questions(db: Session) -> int:
    """How many are still known."""
    return int(db.exec(select(func.count()).select_from(Challenge)).one())


def test_sessions_and_their_questions_go_after_three_months(
    db: Session, outside: Outside, clock: Clock, user: User
) -> None:
    a_telephone(db, outside, user)  # two sessions, and a question that was answered
    assert (len(left(db)), questions(db)) == (1, 1)
    clock.passes(days=SESSIONS_KEPT.days)
    here = a_session(db, outside, user, level=2)
    forgetting.forget_sessions(db, outside)
    assert len(left(db)) == 2
    clock.passes(seconds=1)
    forgetting.forget_sessions(db, outside)
    assert (left(db), questions(db)) == ([here.id], 0)
    assert here.live(clock())


def test_what_a_letter_s_code_has_opened_stays_while_it_is_open(
    db: Session, outside: Outside, clock: Clock, user: User
) -> None:
    a_telephone(db, outside, user)
    number = (session := a_session(db, outside, user)).id
    assert recover(db, outside, user, a_recovery_code(db, outside, user), session).outcome == "redeemed"
    session.started_at = clock() - SESSIONS_KEPT - SESSIONS_KEPT  # no clock does that
    db.commit()
    forgetting.forget_sessions(db, outside)
    assert number in left(db)
    assert open_ticket(db, user, clock(), session)
    clock.passes(minutes=30)
    forgetting.forget_sessions(db, outside)
    assert number not in left(db)
    tickets = db.exec(select(EnrolmentTicket).where(EnrolmentTicket.user_id == user.id)).all()
    assert [ticket.session_id for ticket in tickets] == [None, None]
    assert not any(ticket.open(clock()) for ticket in tickets)  # nor is it anybody's now
    assert all(ticket.closed_at for ticket in tickets)


def test_a_used_ticket_of_a_letter_is_let_go(db: Session, outside: Outside, clock: Clock, user: User) -> None:
    a_telephone(db, outside, user)
    number = (session := a_session(db, outside, user)).id
    recover(db, outside, user, a_recovery_code(db, outside, user), session)
    actions.close_tickets(db, outside, user)
    db.commit()
    closed = {ticket.origin: ticket.closed_at for ticket in db.exec(select(EnrolmentTicket))}
    clock.passes(days=SESSIONS_KEPT.days + 1)
    forgetting.forget_sessions(db, outside)
    assert number not in left(db)
    assert {ticket.origin: ticket.closed_at for ticket in db.exec(select(EnrolmentTicket))} == closed


def test_in_portions_and_again(
    db: Session, outside: Outside, clock: Clock, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "ERASED_AT_ONCE", 2)
    for _one in range(5):
        a_session(db, outside, user)
    clock.passes(days=SESSIONS_KEPT.days, seconds=1)
    commit, portions = db.commit, list[int]()

    def dies() -> None:
        commit()
        portions.append(len(left(db)))
        if len(portions) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(db, "commit", dies)
    with pytest.raises(KeyboardInterrupt):
        forgetting.forget_sessions(db, outside)
    monkeypatch.setattr(db, "commit", commit)
    assert portions == [3, 1]
    forgetting.forget_sessions(db, outside)
    assert left(db) == []
