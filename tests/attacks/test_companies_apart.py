"""An administrator of one company learns and changes nothing of another one, whatever stands in the request."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, col, func, select

from tests.administration.ticking import ticks
from tests.attacks.company_probes import CANARY, PROBED, answer, leaks, probes
from tests.attacks.sessions import kept
from tests.conftest import PROVE
from tests.doors import sign_in
from tests.factories import a_user, an_administrator, an_employer
from webapp.accounts.models import User
from webapp.administration import actions, ordering
from webapp.administration.models import Selected
from webapp.administration.queries import orders, people
from webapp.letters.models import Letter
from webapp.ports import Outside
from webapp.upgrade.actions import bulk

SLICES = () if PROVE else ("administration", "letters", "activity")
pytestmark = PROBED


class World:
    """Two companies: one whose administrator is curious, and one with canaries, each with an order behind it."""

    def __init__(self, app: Flask, db: Session, outside: Outside) -> None:
        self.app, self.db = app, db
        mine, theirs = an_employer(db), an_employer(db, name=f"{CANARY} AG")
        self.curious, other = an_administrator(db, mine), an_administrator(db, theirs, last_name=CANARY)
        self.colleague = a_user(db, mine)
        self.victim = a_user(db, theirs, last_name=CANARY, email="kanarienvogel@company.example")
        given = {"by": other, "user_ids": [self.victim.id or 0], "employer_id": theirs.id, "key": "a" * 32}
        order, _new = bulk.order_for_many(db, outside, **given)
        ticks(db, self.curious, [self.colleague])
        letter = db.exec(select(Letter.public_id)).one()
        self.foreign = [self.victim.public_id, order.public_id, letter]
        self.cookie = kept(sign_in(app.test_client(), db, outside, self.curious, level=1))

    def leaks(self, first: str = "") -> Iterator[str]:
        """What the probes find; those whose address begins with ``first`` come first."""
        asked = sorted(probes(self.app, SLICES), key=lambda probe: not probe.address.startswith(first))
        return leaks(self.app, self.cookie, asked, self.colleague.public_id, self.foreign)

    def touched(self) -> tuple[int, int]:
        """How many letters the other company's people have, and how many of them the curious one has ticked."""
        self.db.rollback()
        theirs = select(User.id).where(User.employer_id == self.victim.employer_id)
        tables = (col(Letter.user_id), col(Selected.user_id))
        letters, ticked = (self.db.exec(select(func.count()).where(one.in_(theirs))).one() for one in tables)
        return letters, ticked


@pytest.fixture
def world(app: Flask, db: Session, outside: Outside) -> World:
    """The two companies."""
    return World(app, db, outside)


def test_what_is_another_companys_is_as_good_as_unknown(world: World) -> None:
    assert sum(1 for _ in probes(world.app, SLICES)) * 2 * 4 > (10_000 if PROVE else 300)
    assert list(world.leaks()) == []
    assert world.touched() == (1, 0)


def test_what_is_ones_own_is_answered(world: World) -> None:
    known = {
        probe.address
        for probe in probes(world.app, ("administration",))
        if answer(world.app, world.cookie, probe, world.colleague.public_id)[0] != 404
    }
    assert {"/administration/users/{}", "/administration/upgrade-letters/preview"} <= known


def scopeless(scope: int | None) -> tuple[sa.ColumnElement[bool], ...]:
    """The condition that was forgotten."""
    return ()


@pytest.mark.parametrize(
    ("module", "name", "forgotten", "first"),
    [
        (people, "of", scopeless, "/administration/users/{}"),
        (orders, "_in", scopeless, "/administration/upgrade-letters"),
        (actions, "of", scopeless, "/administration/users"),
        (ordering, "of", scopeless, "/administration/upgrade-letters/preview"),
        (
            ordering,
            "ids_of",
            lambda db, ids, scope: list(db.exec(select(User.id).where(col(User.public_id).in_(ids)))),
            "",
        ),
    ],
    ids=["a person", "an order", "ticks", "ordering", "ordering without counting"],
)
def test_a_forgotten_scope_is_caught(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    module: object,
    name: str,
    forgotten: Callable[..., object],
    first: str,
) -> None:
    monkeypatch.setattr(module, name, forgotten)
    assert next(world.leaks(first), None)
