"""The fund may set a last day for going on without the upgrade."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session

from tests.factories import an_administrator
from tests.journeys.places import signs_in
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.config import Config


@pytest.fixture
def config(config: Config) -> Config:
    """A fund whose deadline is in three weeks."""
    return replace(config, deadline=date(2026, 12, 14))


def test_in_the_last_two_weeks_each_sign_in_asks(visitor: Visitor, db: Session, clock: Clock) -> None:
    admin = an_administrator(db)
    signs_in(visitor, admin.email).sees("After 14 December 2026").presses("Not now")
    clock.passes(days=2)
    signs_in(visitor, admin.email).is_at("/")
    clock.passes(days=6)
    signs_in(visitor, admin.email).sees("Upgrade now").presses("Not now")
    clock.passes(hours=3)
    signs_in(visitor, admin.email).sees("Upgrade now")


def test_after_the_deadline_only_the_upgrade_is_left(visitor: Visitor, db: Session, clock: Clock) -> None:
    admin = an_administrator(db)
    signs_in(visitor, admin.email).presses("Not now")
    clock.passes(days=21, hours=14)
    signs_in(visitor, admin.email).sees("Upgrade now", "The deadline was 14 December 2026").does_not_see("Not now")
    visitor.goes_to("/administration").is_at("/upgrade/letter").presses("Request the upgrade code")
    visitor.sees("Your letter is ordered").goes_to("/").is_at("/upgrade/code")
    visitor.goes_to("/upgrade/information").is_at("/upgrade/information")
    visitor.goes_to("/upgrade/letter").follows("All my letters").is_at("/letters")
