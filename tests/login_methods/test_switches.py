"""The fund's switches: methods that are off, and a strong one that is asked for from a day on."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session

from tests.login_methods.four_kinds import KINDS, four_kinds, holding  # noqa: F401 -- a fixture
from tests.test_routes import ONLY_SQLITE
from webapp.config import Config, Misconfigured
from webapp.login_methods import queries
from webapp.login_methods.shelf import shelf
from webapp.ports import Outside

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("four_kinds")


@ONLY_SQLITE
@pytest.mark.parametrize(
    ("held", "off", "strong_from", "asked", "owes"),
    [
        (("basic", "strong", "spare"), (), None, ("basic", "strong", "spare"), False),
        (("basic", "strong", "spare"), (), TODAY, ("strong", "spare"), False),
        (("basic", "strong", "spare"), (), date(2026, 11, 24), ("basic", "strong", "spare"), False),
        (("basic", "strong", "spare"), ("strong",), None, ("basic", "spare"), False),
        (("basic", "strong", "spare"), ("spare",), None, ("basic", "strong"), False),
        (("basic", "spare"), (), TODAY, ("basic", "spare"), True),
        (("strong", "spare"), ("strong",), None, ("strong", "spare"), True),
        (("spare",), (), None, ("spare",), True),
    ],
)
def test_the_weaker_way_is_asked_only_of_those_who_hold_no_other(
    db: Session,
    outside: Outside,
    held: tuple[str, ...],
    off: tuple[str, ...],
    strong_from: date | None,
    asked: tuple[str, ...],
    owes: bool,  # noqa: FBT001
) -> None:
    config = replace(outside.config, methods_off=off, strong_from=strong_from)
    user, _session, _held = holding(db, outside, *held)
    assert tuple(one.method for one in queries.asked_for(db, config, user, TODAY)) == asked
    assert queries.owes_method(db, config, user, TODAY) is owes


def test_who_will_owe_is_told_until_when(db: Session, outside: Outside) -> None:
    soon = replace(outside.config, strong_from=date(2026, 12, 1))
    weak, both = holding(db, outside, "basic", "spare")[0], holding(db, outside, "basic", "strong")[0]
    assert queries.will_owe(db, soon, weak, TODAY) == date(2026, 12, 1)
    assert queries.will_owe(db, soon, both, TODAY) is None
    assert queries.will_owe(db, soon, weak, date(2026, 12, 1)) is None
    assert queries.will_owe(db, outside.config, weak, TODAY) is None


def test_what_would_have_to_be_replaced_at_once_is_not_offered(config: Config) -> None:
    strict = replace(config, strong_from=TODAY, methods_off=("strongest",))
    assert set(queries.offered(strict, TODAY)) & set(KINDS) == {"spare", "strong"}
    assert set(queries.offered(strict, date(2026, 11, 22))) & set(KINDS) == {"spare", "basic", "strong"}


def test_switches_that_make_no_sense_stop_the_start(config: Config) -> None:
    queries.check_methods(replace(config, methods_off=("basic",), strong_from=TODAY))
    with pytest.raises(Misconfigured, match="names fax"):
        queries.check_methods(replace(config, methods_off=("fax", "basic")))
    for slug in set(shelf()) - {"spare", "basic"}:
        del shelf()[slug]
    with pytest.raises(Misconfigured, match="leaves no login method"):
        queries.check_methods(replace(config, methods_off=("basic",)))
    with pytest.raises(Misconfigured, match="asks for a strong"):
        queries.check_methods(replace(config, strong_from=TODAY))
