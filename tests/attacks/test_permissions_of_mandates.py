"""The matrix for whoever acts by a mandate: each route against the mandate's rights, whatever they may do at home."""

from collections.abc import Callable, Iterator
from itertools import product

import pytest
from flask import Flask
from sqlmodel import Session, select

from tests.acting import a_mandate
from tests.attacks.test_permissions import Comer, wrong_answers
from tests.conftest import PROVE
from tests.factories import LONG_AGO, a_user, an_administrator
from tests.test_routes import ONLY_SQLITE
from webapp.accounts.mandates import Mandate
from webapp.accounts.topics import GIVEN, Level, Rights, Topic
from webapp.ports import Outside
from webapp.web import access, context

pytestmark = ONLY_SQLITE
NONE = dict.fromkeys(Topic, Level.NONE)
MOST = {topic: levels[-1] for topic, levels in GIVEN.items()}
UPGRADED = {"upgraded_at": LONG_AGO, "factor_since": LONG_AGO}
NOBODY: frozenset[str] = frozenset()  # a mandate gives no role, whatever one is at home


def comers(db: Session, outside: Outside) -> Iterator[Comer]:
    """Administrators at home who act with one level in one topic, or with all; and one who may nothing at home.

    If time is short, only the highest level of each topic.
    """
    boss = an_administrator(db, **UPGRADED)
    some = [(topic, level) for topic, level in product(Topic, Level) if level in GIVEN[topic]]
    some = some if PROVE else [*MOST.items(), (Topic.ADMINISTRATION, Level.NONE)]
    ways = {f"{topic}:{level.word}": NONE | {topic: level} for topic, level in some} | {"everything": MOST}
    for name, levels in ways.items():
        admin = an_administrator(db, **UPGRADED)
        yield Comer(f"acts with {name}", admin, NOBODY, levels, a_mandate(db, outside, admin, boss, levels))
    guest = a_user(db, topics=dict.fromkeys(Topic, "none"), **UPGRADED)
    a_mandate(db, outside, guest, boss, MOST)
    yield Comer("at home, without rights there", guest, NOBODY, NONE)
    home = an_administrator(db, **UPGRADED)
    a_mandate(db, outside, home, boss, NONE)
    everything = dict.fromkeys(Topic, Level.TRANSMIT)
    yield Comer("at home, as administrator", home, frozenset({"administrators_only"}), everything)


def wrong(app: Flask, db: Session, outside: Outside, only: str = "") -> list[str]:
    """Where one of these is let in or turned away against what is declared."""
    return wrong_answers(app, db, outside, comers(db, outside), only)


def test_whoever_acts_may_what_the_mandate_says_and_is_never_administrator(
    app: Flask, db: Session, outside: Outside
) -> None:
    assert not wrong(app, db, outside)


def test_a_mark_that_was_left_out_is_caught(
    app: Flask, db: Session, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(app.view_functions["administration.users"], "needs")
    found = wrong(app, db, outside, only="/administration/users")
    assert "acts with employees:transmit: GET /administration/users" in found


def rights_of_home() -> Rights:
    """The naive twin that asks the person instead of the company."""
    return context.me().rights


def rights_of_both() -> Rights:
    """The naive twin that adds up what somebody may do anywhere."""
    mandates = context.db().exec(select(Mandate).where(Mandate.user_id == context.me().id)).all()
    rights = [context.me().rights, *(mandate.rights for mandate in mandates)]
    most = {topic.value: max(one.level(topic) for one in rights).word for topic in Topic}
    return Rights(kept=most)


@pytest.mark.parametrize(
    ("twin", "caught"),
    [
        (rights_of_home, "acts with administration:none: GET /administration/mandates"),
        (rights_of_home, "acts with everything: GET /administration/users/new"),
        (rights_of_both, "acts with administration:none: GET /administration/activity"),
        (rights_of_both, "at home, without rights there: GET /administration/activity"),
    ],
    ids=["an administrator at home", "though everything is given", "rights of home", "rights that come home"],
)
def test_rights_that_leak_are_caught(
    app: Flask, db: Session, outside: Outside, monkeypatch: pytest.MonkeyPatch, twin: Callable[[], Rights], caught: str
) -> None:
    monkeypatch.setattr(access, "my_rights", twin)
    assert caught in wrong(app, db, outside, only=caught.rpartition(" ")[2])
