"""On which days a mandate counts, and which days can be chosen for one."""

from datetime import date, timedelta

import pytest

from webapp.accounts.mandate_days import NOTICE, Days, Phase, Unfit

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
YESTERDAY, TOMORROW = TODAY - DAY, TODAY + DAY


@pytest.mark.parametrize(
    ("days", "phase"),
    [
        (Days(TODAY), Phase.RUNNING),
        (Days(TODAY, TODAY), Phase.RUNNING),
        (Days(TOMORROW), Phase.TO_COME),
        (Days(TOMORROW, TOMORROW), Phase.TO_COME),
        (Days(YESTERDAY, YESTERDAY), Phase.RUN_OUT),
        (Days(YESTERDAY, TODAY), Phase.RUNNING),
        (Days(TOMORROW, YESTERDAY), Phase.RUN_OUT),  # nobody can choose it; it opens nothing
    ],
)
def test_it_counts_from_its_first_day_until_and_including_its_last(days: Days, phase: Phase) -> None:
    assert days.phase(TODAY) is phase


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (Days(TODAY), set()),
        (Days(TODAY, TODAY), set()),
        (Days(TOMORROW, TODAY), {Unfit.LAST_BEFORE_FIRST}),
        (Days(YESTERDAY), {Unfit.FIRST_IS_PAST}),
        (Days(TODAY, YESTERDAY), {Unfit.LAST_IS_PAST}),
        (Days(YESTERDAY, YESTERDAY), {Unfit.FIRST_IS_PAST, Unfit.LAST_IS_PAST}),
    ],
)
def test_days_in_the_past_cannot_be_chosen(days: Days, why: set[Unfit]) -> None:
    assert days.unfit(TODAY) == why


def test_a_day_that_was_there_may_stay() -> None:
    before = Days(YESTERDAY, YESTERDAY)
    assert before.unfit(TODAY, before) == Days(YESTERDAY, TODAY).unfit(TODAY, before) == set()
    assert Days(YESTERDAY - DAY, TODAY).unfit(TODAY, before) == {Unfit.FIRST_IS_PAST}
    assert Days(YESTERDAY, YESTERDAY - DAY).unfit(TODAY, before) == {Unfit.LAST_IS_PAST}
    assert Days(TOMORROW, YESTERDAY).unfit(TODAY, before) == {Unfit.LAST_BEFORE_FIRST}


def test_the_end_is_near_two_weeks_before() -> None:
    assert not Days(TODAY).end_soon(TODAY)
    assert not Days(TODAY, TODAY + NOTICE + DAY).end_soon(TODAY)
    assert Days(TODAY, TODAY + NOTICE).end_soon(TODAY)
    assert Days(YESTERDAY, YESTERDAY).end_soon(TODAY)
