"""Letters ordered, printed, lost, replaced, typed, guessed at, expired, in any order: no code ever opens too much."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import PROVE
from tests.upgrade.left_out import TWINS
from tests.upgrade.losing import Losses
from tests.upgrade.world import BEGINNINGS

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
    run_state_machine_as_test(Losses, settings=USUAL)


def told(story: Callable[[Losses], None]) -> None:
    """One life from the beginning, in the same machine, with a look at what is shown at the end."""
    life = Losses()
    life.somebody_is_there(begins=BEGINNINGS[0])
    try:
        story(life)
        life.what_is_shown_is_true()
    finally:
        life.teardown()


@cache
def told_as_it_is(story: Callable[[Losses], None]) -> None:
    """Once is enough."""
    told(story)


@pytest.mark.parametrize(("place", "rule", "instead", "story"), TWINS.values(), ids=TWINS)
def test_a_rule_left_out_is_noticed(
    place: Any, rule: str, instead: Any, story: Callable[[Losses], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    told_as_it_is(story)
    monkeypatch.setattr(place, rule, instead)
    with pytest.raises(AssertionError):
        told(story)


@pytest.mark.skipif(not PROVE, reason="what chance finds in few lives is no test")
@pytest.mark.parametrize("twin", TWINS)
def test_a_rule_left_out_is_found_by_chance(twin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place, rule, instead, _story = TWINS[twin]
    monkeypatch.setattr(place, rule, instead)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Losses, settings=HUNTING)
