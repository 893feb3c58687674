"""At night what counts no more is forgotten; what counts, and what a page shows, stays."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, col, func, select

from tests.factories import a_user
from tests.journeys.mail import code_mailed_to
from tests.journeys.places import signs_in
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.accounts.actions import find_link, make_link, tidying, use_link, withdraw_links
from webapp.accounts.actions.links import Found, Unopened
from webapp.accounts.links import AccountLink, ForgottenPassword, LinkPurpose
from webapp.accounts.models import User
from webapp.attempts import Attempts, Limit, spend, waiting_until
from webapp.config import DAY, HOUR, MAILED_CODES_KEPT, TRIES_KEPT
from webapp.ports import Outside

A_MOMENT = timedelta(seconds=1)
LIMIT = Limit(1, HOUR, HOUR)


def a_code(db: Session, outside: Outside, purpose: LinkPurpose = LinkPurpose.PASSWORD, **how: Any) -> tuple[str, User]:
    """Of somebody, good for an hour."""
    user = a_user(db)
    code = make_link(db, outside, user, purpose, **{"life": HOUR} | how)
    db.commit()
    return code, user


def used(db: Session, outside: Outside) -> str:
    """A code that was used."""
    code, _user = a_code(db, outside)
    found = find_link(db, outside, code, LinkPurpose.PASSWORD)
    assert isinstance(found, Found)
    assert use_link(db, outside, found.link) is None
    db.commit()
    return code


def withdrawn(db: Session, outside: Outside) -> str:
    """A code in whose place another one came."""
    code, user = a_code(db, outside)
    assert withdraw_links(db, outside, user)
    db.commit()
    return code


def expired(db: Session, outside: Outside) -> str:
    """A code that ends now."""
    return a_code(db, outside, life=timedelta())[0]


def at_night(db: Session, outside: Outside) -> None:
    """All that is done."""
    db.rollback()
    tidying.forget_mailed_codes(db, outside)
    tidying.forget_tries(db, outside)


def counted(db: Session, table: type[SQLModel]) -> int:
    """How many rows there are."""
    number = db.exec(select(func.count()).select_from(table)).one()
    db.rollback()
    return int(number)


@pytest.mark.parametrize(
    ("made", "told"), [(used, Unopened.USED), (withdrawn, Unopened.WITHDRAWN), (expired, Unopened.EXPIRED)]
)
def test_a_code_is_known_for_a_month_after_its_end(
    made: Callable[[Session, Outside], str], told: Unopened, db: Session, outside: Outside, clock: Clock
) -> None:
    code = made(db, outside)
    clock.passes(days=MAILED_CODES_KEPT.days)
    at_night(db, outside)
    assert find_link(db, outside, code, *LinkPurpose) is told
    clock.passes(seconds=1)
    at_night(db, outside)
    assert find_link(db, outside, code, *LinkPurpose) is Unopened.UNKNOWN
    assert counted(db, AccountLink) == 0


def test_what_still_opens_something_stays_however_old(db: Session, outside: Outside, clock: Clock) -> None:
    code, _user = a_code(db, outside, LinkPurpose.INVITATION, life=timedelta(days=400))
    clock.passes(days=399)
    at_night(db, outside)
    assert isinstance(find_link(db, outside, code, LinkPurpose.INVITATION), Found)


def test_an_address_that_waits_is_shown_until_a_month_after_its_code(
    visitor: Visitor, db: Session, outside: Outside, clock: Clock
) -> None:
    user = a_user(db, language="en")
    make_link(db, outside, user, LinkPurpose.EMAIL, life=DAY, new_email="new@home.example")
    db.commit()
    clock.passes(days=1 + MAILED_CODES_KEPT.days)
    at_night(db, outside)
    signs_in(visitor, user.email).goes_to("/account/email/activation").sees("new@home.example")
    visitor.presses("Send a new code").does_not_see("The code has expired.")
    assert code_mailed_to(outside, "new@home.example")
    clock.passes(days=2 + MAILED_CODES_KEPT.days)
    at_night(db, outside)
    signs_in(visitor, user.email).goes_to("/administration").does_not_see("new@home.example")
    visitor.goes_to("/account/email/activation").does_not_see("new@home.example")
    assert "new@home.example" not in repr(db.exec(select(AccountLink)).all())


def test_what_somebody_typed_who_forgot_the_password_goes_after_a_day(
    db: Session, outside: Outside, clock: Clock
) -> None:
    db.add(ForgottenPassword(sealed=outside.seal.close("anne@company.example"), asked_at=clock()))
    db.commit()
    for later, left in ((DAY, 1), (A_MOMENT, 0)):
        clock.passes(seconds=later.total_seconds())
        at_night(db, outside)
        assert counted(db, ForgottenPassword) == left


def test_tries_are_forgotten_long_after_they_are_free_again(db: Session, outside: Outside, clock: Clock) -> None:
    for_ever = timedelta(days=36_500)
    spend(db, "sign-in:anne", LIMIT, clock())
    spend(db, "letter-code:anne", Limit(1, for_ever, for_ever), clock())
    for later, left in ((HOUR + TRIES_KEPT, 2), (A_MOMENT, 1)):
        clock.passes(seconds=later.total_seconds())
        at_night(db, outside)
        assert counted(db, Attempts) == left
    assert waiting_until(db, "letter-code:anne", LIMIT, clock())
    db.rollback()
    assert spend(db, "sign-in:anne", LIMIT, clock()).granted
    assert not spend(db, "sign-in:anne", LIMIT, clock()).granted


def test_in_portions_and_again_after_a_death(
    db: Session, outside: Outside, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "ERASED_AT_ONCE", 2)
    for _one in range(5):
        expired(db, outside)
    kept, _user = a_code(db, outside, life=timedelta(days=99))
    clock.passes(days=MAILED_CODES_KEPT.days, seconds=1)
    portions: list[int] = []
    commit = db.commit

    def dies() -> None:
        commit()
        portions.append(counted(db, AccountLink))
        if len(portions) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(db, "commit", dies)
    with pytest.raises(KeyboardInterrupt):
        tidying.forget_mailed_codes(db, outside)
    assert portions == [4, 2]
    monkeypatch.setattr(db, "commit", commit)
    at_night(db, outside)
    assert isinstance(find_link(db, outside, kept, LinkPurpose.PASSWORD), Found)
    assert len(db.exec(select(AccountLink).where(col(AccountLink.id).is_not(None))).all()) == 1


def test_who_spends_a_try_while_it_is_forgotten_keeps_it(db: Session, outside: Outside, clock: Clock) -> None:
    spend(db, "anne", LIMIT, clock())
    clock.passes(hours=1, seconds=TRIES_KEPT.total_seconds() + 1)
    assert spend(db, "anne", LIMIT, clock()).granted  # a new window, just begun
    at_night(db, outside)
    assert not spend(db, "anne", LIMIT, clock()).granted
