"""Letters ordered, printed, lost, replaced, typed, guessed at, expired, in any order: no code ever opens too much."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import PROVE
from tests.upgrade.living import Lives
from tests.upgrade.world import BEGINNINGS
from webapp.upgrade import eligibility
from webapp.upgrade.actions import closing, placing, redeeming

QUIET = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=False)
GENERATING = settings(QUIET, derandomize=not PROVE, phases=[Phase.generate])
USUAL = settings(GENERATING, max_examples=2000 if PROVE else 8, stateful_step_count=50 if PROVE else 40)
HUNTING = settings(
    QUIET,
    derandomize=True,
    phases=[Phase.generate],
    report_multiple_bugs=False,  # one is enough
    max_examples=1000 if PROVE else 60,
    stateful_step_count=40,
)


def test_no_code_opens_too_much_whatever_happens_in_whatever_order() -> None:
    run_state_machine_as_test(Lives, settings=USUAL)


def nothing(*_given: Any) -> int:
    """Close no code."""
    return 0


def midnight_in_london(day: date) -> datetime:
    """As who forgets where the fund is."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def a_lost_letter(life: Lives) -> None:
    """Ordered again because somebody may have seen the first."""
    life.has_letters(0, 1)
    life.orders(0, lost=True)


def two_letters(life: Lives) -> None:
    """One came late; then the second is opened."""
    life.has_letters(0, 2)
    life.opens_the_letter(0)


def a_letter_in_the_drawer(life: Lives) -> None:
    """Forgotten until its last day is over."""
    life.has_letters(0, 1)
    life.the_last_day_ends(0, 0)


def five_letters(life: Lives) -> None:
    """One each day."""
    life.has_letters(0, 5)


def sixteen_guesses(life: Lives) -> None:
    """Each time as soon as it is possible."""
    life.has_letters(0, 1)
    life.guesses(0, 16, patient=True)


def a_letter_ordered_meanwhile(life: Lives) -> None:
    """By an administrator, while the telephone was registered."""
    life.has_letters(0, 1)
    life.goes_all_the_way_while_another_letter_is_ordered(0)


TWINS: dict[str, tuple[Any, str, Any, Callable[[Lives], None]]] = {
    "a lost letter stays open": (placing, "void_codes", nothing, a_lost_letter),
    "the other codes stay open": (redeeming, "close_all", nothing, two_letters),
    "the last day ends elsewhere": (redeeming, "end_of", midnight_in_london, a_letter_in_the_drawer),
    "a fifth letter": (eligibility, "LETTERS_AT_MOST", 5, five_letters),
    "a sixteenth guess": (redeeming, "IN_ALL", replace(redeeming.IN_ALL, tries=16), sixteen_guesses),
    "a letter comes after the upgrade": (closing, "close_all", nothing, a_letter_ordered_meanwhile),
}


def told(story: Callable[[Lives], None]) -> None:
    """One life from the beginning, in the same machine, with a look at what is shown at the end."""
    life = Lives()
    life.somebody_is_there(begins=BEGINNINGS[0])
    try:
        story(life)
        life.what_is_shown_is_true()
    finally:
        life.teardown()


@pytest.mark.parametrize(("place", "rule", "instead", "story"), TWINS.values(), ids=TWINS)
def test_a_rule_left_out_is_noticed(
    place: Any, rule: str, instead: Any, story: Callable[[Lives], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    told(story)
    monkeypatch.setattr(place, rule, instead)
    with pytest.raises(AssertionError):
        told(story)


@pytest.mark.skipif(not PROVE, reason="what chance finds in few lives is no test")
@pytest.mark.parametrize("twin", TWINS)
def test_a_rule_left_out_is_found_by_chance(twin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place, rule, instead, _story = TWINS[twin]
    monkeypatch.setattr(place, rule, instead)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Lives, settings=HUNTING)
