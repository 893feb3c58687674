"""What may happen between a look and a write, told step by step: two sessions, a crash, a letter under way."""

import pytest
from sqlmodel import Session, select

from tests.attacks.arranging import a_code, a_pending_sms, a_session, a_telephone, a_ticket, an_upgraded
from tests.attacks.test_races import WRONG
from tests.factories import a_user, an_administrator
from webapp.letters.models import Letter, Reason, printable
from webapp.login_methods import actions as login_methods
from webapp.login_methods import queries
from webapp.ports import Outside
from webapp.upgrade.actions import redeeming
from webapp.upgrade.actions.ordering import order_letters


def test_an_enrolment_given_up_elsewhere_is_never_confirmed(db: Session, outside: Outside) -> None:
    user = a_user(db)
    a_ticket(db, outside, user)
    here, there = a_session(db, outside, user), a_session(db, outside, user)
    enrolment, code = a_pending_sms(db, outside, user, here, "079 555 11 11")
    outside.now.passes(seconds=30)
    a_pending_sms(db, outside, user, there, "079 555 22 22")  # after the view has found the enrolment
    assert login_methods.answer(db, outside, user, here, enrolment, code).outcome == "not_asked"
    db.refresh(user)
    assert user.factor_since is None
    assert queries.held_by(db, user) == []


def test_without_a_ticket_nothing_is_confirmed(db: Session, outside: Outside) -> None:
    user = a_user(db)
    a_ticket(db, outside, user)
    session = a_session(db, outside, user)
    enrolment, code = a_pending_sms(db, outside, user, session)
    outside.now.passes(minutes=9)
    ticket = queries.open_ticket(db, user, outside.now())
    assert ticket
    ticket.closed_at = outside.now()
    db.commit()
    login_methods.answer(db, outside, user, session, enrolment, code)
    db.refresh(user)
    assert user.factor_since is None


def test_a_new_session_gives_no_message_sooner(db: Session, outside: Outside) -> None:
    user = a_user(db)
    enrolment = a_telephone(db, outside, user)
    outside.now.passes(hours=25)
    asked = [login_methods.ask(db, outside, user, a_session(db, outside, user), enrolment) for _ in range(6)]
    assert [one.free_at is None for one in asked].count(True) == 1


def test_who_has_upgraded_gets_no_code_any_more(db: Session, outside: Outside) -> None:
    user = an_administrator(db)
    code = a_code(db, outside, user)
    outside.now.passes(hours=25)
    assert order_letters(db, outside, [user], by=user, reason=Reason.NOT_ARRIVED).sent
    assert redeeming.redeem(db, outside, user, code, terms="1", language="fr").outcome == "redeemed"
    an_upgraded(db, outside, user)
    assert db.exec(select(Letter).where(*printable())).all() == []


def test_a_crash_at_the_fifteenth_wrong_code_leaves_nobody_stuck(
    db: Session, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = a_user(db)
    a_code(db, outside, user)
    for number, wrong in enumerate(WRONG[:14], start=1):
        redeeming.redeem(db, outside, user, wrong, terms="1", language="fr")
        outside.now.passes(minutes=16 * (number % 5 == 0))
    with monkeypatch.context() as dying:
        dying.setattr(redeeming, "_void_all", _die)
        with pytest.raises(KeyboardInterrupt):
            redeeming.redeem(db, outside, user, WRONG[14], terms="1", language="fr")
    db.rollback()
    outside.now.passes(days=1)
    redeeming.redeem(db, outside, user, WRONG[20], terms="1", language="fr")
    outside.now.passes(days=1)
    code = a_code(db, outside, user)
    assert redeeming.redeem(db, outside, user, code, terms="1", language="fr").outcome == "redeemed"


def _die(*_given: object) -> None:
    raise KeyboardInterrupt
