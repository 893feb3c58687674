"""After a loss nothing less than the password and the new letter leads to a login method, whoever tries what."""

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, select

from tests.attacks.arranging import a_code, a_pending_sms, a_recovery_code, a_session, an_upgraded, the_code
from tests.attacks.test_races import WRONG
from tests.doors import sign_in
from tests.factories import a_clerk, a_user, an_administrator
from webapp.accounts.models import LoginSession, User
from webapp.letters.models import Letter, Purpose, Reason
from webapp.login_methods import actions as login_methods
from webapp.login_methods import queries
from webapp.login_methods.models import EnrolmentTicket
from webapp.ports import Outside
from webapp.upgrade.actions import closing, ordering, redeeming
from webapp.upgrade.eligibility import Refusal

PATH = "/sign-in/second-factor/lost/code"


def types(db: Session, outside: Outside, user: User, code: str, session: LoginSession) -> str:
    return redeeming.recover(db, outside, user, code, session).outcome.value


@pytest.fixture
def holder(db: Session, outside: Outside) -> User:
    """Somebody with a telephone, a month ago."""
    user = an_administrator(db)
    an_upgraded(db, outside, user)
    outside.now.passes(days=31)  # type: ignore[attr-defined]
    return user


def is_as_before(db: Session, holder: User) -> bool:
    """Nobody has registered anything, and nobody could."""
    db.rollback()
    opened = db.exec(select(EnrolmentTicket).where(sa.text("closed_at IS NULL"))).all()
    return [one.shown_as[-2:] for one in queries.held_by(db, holder)] == ["01"] and not opened


@pytest.mark.usefixtures("without_tokens")
def test_a_code_in_other_hands_opens_nothing(app: Flask, db: Session, outside: Outside, holder: User) -> None:
    other = a_user(db)
    an_upgraded(db, outside, other)
    code = a_recovery_code(db, outside, holder)
    fresh = sign_in(app.test_client(), db, outside, a_user(db), 1)
    inside = sign_in(app.test_client(), db, outside, holder, 2)
    strangers = [(app.test_client(), "/sign-in"), (fresh, "/"), (inside, "/sign-in/second-factor")]
    for client, elsewhere in strangers:
        answer = client.post(PATH, data={"code": code})
        assert answer.headers["Location"].partition("?")[0] == elsewhere
    half = sign_in(app.test_client(), db, outside, other, 1)
    assert half.post(PATH, data={"code": code}).status_code == 422
    assert is_as_before(db, holder)
    assert types(db, outside, holder, code, a_session(db, outside, holder)) == "redeemed"


def test_codes_of_the_two_purposes_open_nothing_of_each_other(db: Session, outside: Outside, holder: User) -> None:
    upgrade, recovery = a_code(db, outside, holder), a_recovery_code(db, outside, holder)
    session = a_session(db, outside, holder)
    assert types(db, outside, holder, upgrade, session) == "wrong"
    given = {"terms": "1", "language": "fr"}
    assert redeeming.redeem(db, outside, holder, recovery, **given).outcome == "wrong"
    assert is_as_before(db, holder)


@pytest.mark.usefixtures("without_tokens")
def test_the_pages_of_the_upgrade_take_no_code_after_a_loss(
    app: Flask, db: Session, outside: Outside, holder: User
) -> None:
    code = a_recovery_code(db, outside, holder)
    for level, elsewhere in ((1, "/sign-in/second-factor"), (2, "/")):
        client = sign_in(app.test_client(), db, outside, holder, level)
        answer = client.post("/upgrade/code", data={"code": code, "accepted": "y"})
        assert answer.headers["Location"].partition("?")[0] == elsewhere
    assert is_as_before(db, holder)


def test_expired_void_and_used_codes_open_nothing(db: Session, outside: Outside, holder: User) -> None:
    code = a_recovery_code(db, outside, holder)
    outside.now.passes(days=31)  # type: ignore[attr-defined]
    assert types(db, outside, holder, code, a_session(db, outside, holder)) == "expired"
    code = a_recovery_code(db, outside, holder)
    ordering.report_lost(db, outside, holder)
    assert types(db, outside, holder, code, a_session(db, outside, holder)) == "replaced"
    outside.now.passes(minutes=15)  # type: ignore[attr-defined]
    code = a_recovery_code(db, outside, holder)
    session = a_session(db, outside, holder)
    assert types(db, outside, holder, code, session) == "redeemed"
    outside.now.passes(minutes=30)  # type: ignore[attr-defined]
    assert types(db, outside, holder, code, session) == "used"
    assert queries.open_ticket(db, holder, outside.now(), session) is None


def test_the_password_alone_gets_nothing_of_what_another_session_opened(
    app: Flask, db: Session, outside: Outside, holder: User
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    code = a_recovery_code(db, outside, holder)
    mine, thief = (sign_in(app.test_client(), db, outside, holder, 1) for _ in range(2))
    assert mine.post(PATH, data={"code": code}).headers["Location"] == "/login-methods"
    for path in ("/login-methods", "/login-methods/sms/new"):
        assert thief.get(path).headers["Location"].partition("?")[0] == "/sign-in/second-factor"
        assert mine.get(path).status_code == 200
    tried = thief.post("/login-methods/sms/new", data={"number": "079 555 66 66"})
    assert tried.headers["Location"] == "/sign-in/second-factor"
    begun = mine.post("/login-methods/sms/new", data={"number": "079 555 02 02"}).headers["Location"]
    assert thief.post(begun, data={"code": the_code(outside)}).headers["Location"] == "/sign-in/second-factor"
    assert [one.shown_as[-2:] for one in queries.held_by(db, holder)] == ["01"]
    assert mine.post(begun, data={"code": the_code(outside)}).headers["Location"] == "/login-methods"
    db.rollback()
    assert [one.shown_as[-2:] for one in queries.held_by(db, holder)] == ["02"]
    assert thief.get("/sign-in/second-factor").headers["Location"].startswith("/sign-in?")  # signed out everywhere


def test_whoever_has_the_letter_goes_on_in_another_session(db: Session, outside: Outside, holder: User) -> None:
    code = a_recovery_code(db, outside, holder)
    dead, alive = a_session(db, outside, holder), a_session(db, outside, holder)
    assert types(db, outside, holder, code, dead) == "redeemed"
    opened = queries.open_ticket(db, holder, outside.now(), dead)
    assert opened
    until = opened.expires_at
    assert types(db, outside, holder, code, alive) == "resumed"
    assert queries.open_ticket(db, holder, outside.now(), dead) is None
    db.expire_all()
    moved = queries.open_ticket(db, holder, outside.now(), alive)
    assert moved
    assert moved.expires_at == until  # typing again gives no more time


def test_an_action_without_its_own_ticket_confirms_nothing(db: Session, outside: Outside, holder: User) -> None:
    code = a_recovery_code(db, outside, holder)
    mine, thief = a_session(db, outside, holder), a_session(db, outside, holder)
    assert types(db, outside, holder, code, mine) == "redeemed"
    enrolment, sms = a_pending_sms(db, outside, holder, thief, "079 555 66 66")
    assert login_methods.answer(db, outside, holder, thief, enrolment, sms).outcome == "not_asked"
    assert [one.shown_as[-2:] for one in queries.held_by(db, holder)] == ["01"]


def test_signing_in_with_the_telephone_ends_what_is_open(db: Session, outside: Outside, holder: User) -> None:
    code = a_recovery_code(db, outside, holder)
    session = a_session(db, outside, holder)
    assert types(db, outside, holder, code, session) == "redeemed"
    assert closing.close_recovery(db, outside, holder)
    assert queries.open_ticket(db, holder, outside.now(), session) is None
    assert types(db, outside, holder, code, session) == "used"
    assert not closing.close_recovery(db, outside, holder)


def test_five_tries_then_a_pause_and_fifteen_end_it(db: Session, outside: Outside, holder: User) -> None:
    code, session = a_recovery_code(db, outside, holder), a_session(db, outside, holder)
    outside.mailer.sent.clear()  # type: ignore[attr-defined]
    for number in range(3):
        said = [types(db, outside, holder, wrong, session) for wrong in WRONG[5 * number : 5 * number + 5]]
        assert said[:4] == ["wrong"] * 4
        paused = types(db, outside, holder, code, session)
        assert paused == "paused"
        outside.now.passes(minutes=15)  # type: ignore[attr-defined]
    assert said[-1] == "all_voided"
    assert types(db, outside, holder, code, session) == "replaced"
    told = [mail.recipient for mail in outside.mailer.sent]  # type: ignore[attr-defined]
    assert told == [holder.email, outside.config.fund.email]
    assert is_as_before(db, holder)


def test_letters_after_a_loss_have_the_limits_of_all_letters(db: Session, outside: Outside, holder: User) -> None:
    def order() -> Refusal | None:
        return ordering.order_recovery(db, outside, holder, by=holder, reason=Reason.FIRST)

    assert order() is None
    assert order() is Refusal.LETTER_WAITING
    for _time in range(3):
        db.execute(sa.update(Letter).values(printed_at=outside.now()))
        db.commit()
        assert order() is Refusal.TOO_SOON
        outside.now.passes(hours=24)  # type: ignore[attr-defined]
        assert order() is None
    db.execute(sa.update(Letter).values(printed_at=outside.now()))
    outside.now.passes(hours=24)  # type: ignore[attr-defined]
    assert order() is Refusal.TOO_MANY
    clerk = a_clerk(db)
    an_upgraded(db, outside, clerk)
    assert ordering.order_recovery(db, outside, clerk, by=clerk, reason=Reason.FIRST) is Refusal.FUND_STAFF
    nobody = a_user(db)
    assert ordering.order_recovery(db, outside, nobody, by=nobody, reason=Reason.FIRST) is Refusal.NOT_UPGRADED


def test_an_upgrade_letter_that_still_waits_is_not_in_the_way(db: Session, outside: Outside, holder: User) -> None:
    facts = {"purpose": Purpose.UPGRADE, "reason": Reason.FIRST, "ordered_at": outside.now()}
    db.add(Letter(user_id=holder.id, ordered_by_id=holder.id, **facts))
    db.commit()
    assert ordering.order_recovery(db, outside, holder, by=holder, reason=Reason.FIRST) is None
    db.rollback()
    left = db.exec(select(Letter.purpose).where(sa.text("withdrawn_at IS NULL"))).all()
    assert left == [Purpose.RECOVERY]
