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
from webapp.upgrade import eligibility
from webapp.upgrade.actions import closing, placing, redeeming

QUIET = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=False)
GENERATING = settings(QUIET, derandomize=not PROVE, phases=[Phase.generate])
USUAL = settings(GENERATING, max_examples=2000 if PROVE else 8, stateful_step_count=50 if PROVE else 40)
HUNTING = settings(QUIET, derandomize=True, phases=[Phase.generate], max_examples=60, stateful_step_count=30)
HUNTING = settings(HUNTING, report_multiple_bugs=False)  # one is enough


def test_no_code_opens_too_much_whatever_happens_in_whatever_order() -> None:
    run_state_machine_as_test(Lives, settings=USUAL)


def nothing(*_given: Any) -> int:
    """Close no code."""
    return 0


def midnight_in_london(day: date) -> datetime:
    """As who forgets where the fund is."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


TWINS: dict[str, tuple[Any, str, Any]] = {
    "a lost letter stays open": (placing, "void_codes", nothing),
    "the other codes stay open": (redeeming, "close_all", nothing),
    "the last day ends elsewhere": (redeeming, "end_of", midnight_in_london),
    "a fifth letter": (eligibility, "LETTERS_AT_MOST", 5),
    "a sixteenth guess": (redeeming, "IN_ALL", replace(redeeming.IN_ALL, tries=16)),
    "a letter comes after the upgrade": (closing, "close_all", nothing),
}


@pytest.mark.parametrize(("place", "rule", "instead"), TWINS.values(), ids=TWINS)
def test_a_rule_left_out_is_noticed(
    place: Any, rule: str, instead: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, rule, instead)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Lives, settings=HUNTING)
