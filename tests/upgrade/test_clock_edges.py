"""To the second: the last valid day, pauses and waits, when the clock changes, and when it is put back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from tests.attacks.arranging import a_code, a_session
from tests.attacks.test_races import WRONG
from tests.doors import sign_in
from tests.factories import a_user, an_administrator
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.letters.models import Reason
from webapp.ports import Outside
from webapp.upgrade import queries
from webapp.upgrade.actions import redeeming
from webapp.upgrade.actions.ordering import order_letters
from webapp.upgrade.eligibility import Refusal
from webapp.upgrade.redemption import Redemption

SECOND = timedelta(seconds=1)
EDGES = [  # when it was printed, the last valid day, the first instant that does not count
    (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), date(2026, 12, 23), datetime(2026, 12, 23, 23, 0, tzinfo=UTC)),
    (datetime(2026, 9, 25, 9, 0, tzinfo=UTC), date(2026, 10, 25), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
    (datetime(2026, 9, 24, 22, 30, tzinfo=UTC), date(2026, 10, 25), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
    (datetime(2027, 2, 26, 9, 0, tzinfo=UTC), date(2027, 3, 28), datetime(2027, 3, 28, 22, 0, tzinfo=UTC)),
    (datetime(2027, 2, 25, 23, 0, tzinfo=UTC), date(2027, 3, 28), datetime(2027, 3, 28, 22, 0, tzinfo=UTC)),
    (datetime(2026, 12, 1, 22, 59, tzinfo=UTC), date(2026, 12, 31), datetime(2026, 12, 31, 23, 0, tzinfo=UTC)),
]
CHANGES = [  # minutes before the clock is put back, and forward
    datetime(2026, 10, 25, 0, 50, tzinfo=UTC),
    datetime(2027, 3, 28, 0, 50, tzinfo=UTC),
]


def types(db: Session, outside: Outside, user: User, code: str) -> Redemption:
    return redeeming.redeem(db, outside, user, code, terms="1", language="fr")


@pytest.mark.parametrize(("printed", "last_day", "edge"), EDGES)
def test_a_code_counts_to_midnight_in_switzerland(
    printed: datetime, last_day: date, edge: datetime, db: Session, outside: Outside, clock: Clock
) -> None:
    user = a_user(db)
    clock.time = printed
    code = a_code(db, outside, user)
    for late in (timedelta(), SECOND, timedelta(days=400)):
        clock.time = edge + late
        refused = types(db, outside, user, code)
        assert (refused.outcome, refused.at) == ("expired", last_day)
        assert queries.standing(db, user, clock(), "BE").open_codes == 0
    clock.time = edge - SECOND
    assert queries.standing(db, user, clock(), "BE").open_codes == 1
    db.commit()
    assert types(db, outside, user, code).outcome == "redeemed"


@pytest.mark.parametrize("visitor", ["plain"], indirect=True)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_page_says_so_to_the_second(visitor: Visitor, db: Session, outside: Outside, clock: Clock) -> None:
    printed, _last_day, edge = EDGES[1]
    user = an_administrator(db, language="en")
    clock.time = printed
    a_code(db, outside, user)
    clock.time = edge - SECOND
    sign_in(visitor.client, db, outside, user, level=1)
    visitor.goes_to("/upgrade/letter?lang=en").sees("25.10.2026").does_not_see("expired", "no longer valid")
    clock.passes(seconds=1)
    before = visitor.page.text
    visitor.goes_to("/upgrade/letter?lang=en")
    assert visitor.page.text != before
    assert queries.standing(db, user, clock(), "BE").open_codes == 0


@pytest.mark.parametrize("begins", CHANGES)
def test_a_pause_is_a_quarter_of_an_hour_when_the_clock_changes(
    begins: datetime, db: Session, outside: Outside, clock: Clock
) -> None:
    user = a_user(db)
    clock.time = begins
    code = a_code(db, outside, user)
    assert [types(db, outside, user, wrong).outcome for wrong in WRONG[:5]] == ["wrong"] * 4 + ["paused"]
    clock.time = begins + timedelta(minutes=15) - SECOND
    paused = types(db, outside, user, code)
    assert (paused.outcome, paused.free_at) == ("paused", begins + timedelta(minutes=15))
    clock.time = begins + timedelta(minutes=15)
    assert types(db, outside, user, code).outcome == "redeemed"


@pytest.mark.parametrize("begins", CHANGES)
def test_a_session_lasts_as_long_when_the_clock_changes(
    begins: datetime, db: Session, outside: Outside, clock: Clock
) -> None:
    clock.time = begins
    session = a_session(db, outside, a_user(db))
    db.refresh(session)
    assert session.live(begins + timedelta(minutes=20) - SECOND)
    assert not session.live(begins + timedelta(minutes=20))
    session.seen_at = begins + timedelta(hours=11, minutes=50)
    assert session.live(begins + timedelta(hours=12) - SECOND)
    assert not session.live(begins + timedelta(hours=12))


@pytest.mark.parametrize("begins", CHANGES)
def test_another_letter_waits_for_a_day_of_24_hours(
    begins: datetime, db: Session, outside: Outside, clock: Clock
) -> None:
    user = an_administrator(db)
    clock.time = begins - timedelta(hours=12)
    a_code(db, outside, user)
    free = begins + timedelta(hours=12)
    clock.time = free - SECOND
    again = {"by": user, "reason": Reason.NOT_ARRIVED}
    assert order_letters(db, outside, [user], **again).refused == {user.id: Refusal.TOO_SOON}
    assert queries.standing(db, user, clock(), "BE").free_at == free
    db.commit()
    clock.time = free
    assert order_letters(db, outside, [user], **again).sent == [user]


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=40)])
def test_a_clock_put_back_revives_nothing(back: timedelta, db: Session, outside: Outside, clock: Clock) -> None:
    replaced, used, guesser = an_administrator(db), a_user(db), a_user(db)
    lost, redeemed, right = (a_code(db, outside, user) for user in (replaced, used, guesser))
    order_letters(db, outside, [replaced], by=replaced, reason=Reason.LOST)
    assert types(db, outside, used, redeemed).outcome == "redeemed"
    for wrong in WRONG[:5]:
        types(db, outside, guesser, wrong)
    clock.time -= back
    assert types(db, outside, replaced, lost).outcome == "replaced"
    assert types(db, outside, used, redeemed).outcome == "used"
    assert types(db, outside, guesser, right).outcome == "paused"
    for user in (replaced, used):
        assert queries.standing(db, user, clock(), "BE").open_codes == 0
