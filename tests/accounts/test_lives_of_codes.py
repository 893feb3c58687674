"""A code from an e-mail works in the last second of its life, and not a second after its end."""

import pytest
from sqlmodel import Session

from tests.factories import a_user
from tests.journeys.mail import code_mailed_to
from tests.journeys.places import signs_in
from tests.journeys.test_forgotten_password import asks, chooses
from tests.journeys.test_invitation import invited, sets_a_password
from tests.journeys.test_own_email import NEW, OLD, activates, somebody, wishes
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.ports import Outside

IN_TIME = pytest.mark.parametrize("seconds", [-1, 1])  # before its end, and after


def says(visitor: Visitor, done: str, *, in_time: bool) -> None:
    """That it is done, or that the code has expired."""
    if in_time:
        visitor.sees(done).does_not_see("expired")
    else:
        visitor.sees("This code has expired.").does_not_see(done)


@IN_TIME
def test_24_hours_for_another_address(
    seconds: int, visitor: Visitor, db: Session, outside: Outside, clock: Clock
) -> None:
    user = somebody(db)
    wishes(signs_in(visitor, OLD))
    clock.passes(hours=24, seconds=seconds)
    activates(signs_in(visitor, OLD), code_mailed_to(outside, NEW))
    says(visitor, "Your new e-mail address is active.", in_time=seconds < 0)
    db.refresh(user)
    assert user.email == (NEW if seconds < 0 else OLD)


@IN_TIME
def test_30_days_for_an_invitation(seconds: int, visitor: Visitor, db: Session, outside: Outside, clock: Clock) -> None:
    anna, code = visitor.somebody_else(), invited(visitor, db, outside)
    clock.passes(days=30, seconds=seconds)
    says(sets_a_password(anna, code), "Your new password is set.", in_time=seconds < 0)


@IN_TIME
def test_an_hour_for_a_forgotten_password(
    seconds: int, visitor: Visitor, db: Session, outside: Outside, clock: Clock
) -> None:
    user = a_user(db, language="en")
    asks(visitor, user.email)
    clock.passes(hours=1, seconds=seconds)
    says(chooses(visitor, code_mailed_to(outside, user.email)), "Your new password is set.", in_time=seconds < 0)
