"""Whoever acts for a second company by mandate mixes it with neither their own nor a third one, whichever is chosen."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, col, func, select

from tests.acting import READS, a_mandate, acts_by
from tests.attacks.company_probes import CANARY, PROBED, answer, leaks, probes
from tests.attacks.sessions import kept
from tests.conftest import PROVE
from tests.factories import LONG_AGO, a_user, an_administrator, an_employer
from webapp.accounts.models import Employer, User
from webapp.administration import actions
from webapp.administration.models import Selected
from webapp.administration.queries import orders, people
from webapp.administration.views import way
from webapp.letters.models import Letter
from webapp.ports import Outside
from webapp.upgrade.actions import bulk
from webapp.web import context

SLICES = () if PROVE else ("administration", "letters", "activity")
NAMED = None if PROVE else ("seen", "user")
UPGRADED = {"upgraded_at": LONG_AGO, "factor_since": LONG_AGO}
HERE = HOME, ACTING = "Home", "Client"
pytestmark = PROBED


class Company:
    """With an administrator, somebody for whom a letter is ordered, and somebody from outside who acts for it."""

    def __init__(self, db: Session, outside: Outside, name: str, key: str) -> None:
        self.employer = an_employer(db, name=f"{name} AG")
        self.boss = an_administrator(db, self.employer, last_name=f"Boss of {name}", **UPGRADED)
        self.person = a_user(db, self.employer, last_name=f"Person of {name}")
        given = {"by": self.boss, "user_ids": [self.person.id or 0], "employer_id": self.employer.id, "key": key * 32}
        order, _new = bulk.order_for_many(db, outside, **given)
        letter = db.exec(select(Letter.public_id).where(Letter.user_id == self.person.id)).one()
        mandate = a_mandate(db, outside, a_user(db, an_employer(db), **UPGRADED), self.boss)
        self.ids = [self.person.public_id, order.public_id, letter, mandate.public_id]


class World:
    """Three companies; the administrator of the first may read in the second."""

    def __init__(self, app: Flask, db: Session, outside: Outside) -> None:
        self.app, self.db, self.outside = app, db, outside
        self.home, self.client, self.third = (
            Company(db, outside, name, key) for name, key in ((HOME, "a"), (ACTING, "b"), (CANARY, "c"))
        )
        self.mandate = a_mandate(db, outside, self.home.boss, self.client.boss, READS)

    def at(self, here: str) -> tuple[Company, Company]:
        """The company that the administrator is here for, and the other one of the two."""
        return (self.client, self.home) if here == ACTING else (self.home, self.client)

    def cookie(self, here: str) -> str:
        """Of the administrator's session."""
        chosen = self.mandate if here == ACTING else None
        return kept(acts_by(self.app.test_client(), self.db, self.outside, self.home.boss, chosen))

    def leaks(self, here: str, first: str = "") -> Iterator[str]:
        """Where the others are answered in another way than nobody; addresses that begin with ``first`` come first."""
        own, other = self.at(here)
        asked = sorted(probes(self.app, SLICES, NAMED), key=lambda probe: not probe.address.startswith(first))
        return leaks(self.app, self.cookie(here), asked, own.ids[0], other.ids + self.third.ids)

    def known(self, here: str) -> set[str]:
        """The addresses that answer for somebody of the company that one is here for."""
        own, cookie = self.at(here)[0].ids[0], self.cookie(here)
        asked = [probe for probe in probes(self.app, ("administration",), NAMED) if not probe.name]
        answers = {probe: answer(self.app, cookie, probe, own)[0] for probe in asked}
        return {f"{probe.method} {probe.address}" for probe, status in answers.items() if status not in (403, 404)}

    def touched(self) -> list[int]:
        """How many letters each person has, and how many are ticked at all."""
        self.db.rollback()
        each = [one.person.id for one in (self.home, self.client, self.third)]
        count = select(func.count())
        letters = [self.db.exec(count.where(Letter.user_id == one)).one() for one in each]
        return [*letters, self.db.exec(count.where(col(Selected.user_id).in_(each[1:]))).one()]


@pytest.fixture
def world(app: Flask, db: Session, outside: Outside) -> World:
    """The three companies."""
    return World(app, db, outside)


@pytest.mark.parametrize("here", HERE)
def test_what_is_of_another_company_is_as_good_as_unknown(world: World, here: str) -> None:
    assert list(world.leaks(here)) == []
    assert world.touched() == [1, 1, 1, 0]
    known = world.known(here)
    assert "GET /administration/users/{}" in known
    assert ("GET /administration/users/{}/permissions" in known) is (here == HOME)


@pytest.mark.parametrize("here", HERE)
def test_no_list_holds_anybody_of_another_company(world: World, here: str) -> None:
    client, (own, other) = world.app.test_client(), world.at(here)
    client.set_cookie(world.app.config["SESSION_COOKIE_NAME"], world.cookie(here))
    seen, hidden = own.person.last_name, (other.person.last_name, CANARY)
    for path in ("users", "users.csv", "activity", "upgrade-letters"):
        text = client.get(f"/administration/{path}").text
        assert (seen if path != "upgrade-letters" else f"Boss of {here}") in text, path
        assert not [name for name in hidden if name in text], path


def scope_of_both(world: World) -> Callable[[int | None], tuple[sa.ColumnElement[bool], ...]]:
    """The naive twin that lets everybody see what they may see anywhere."""
    ids = [world.home.employer.id, world.client.employer.id]
    return lambda _scope: (col(User.employer_id).in_(ids),)


def own_company(world: World) -> Callable[[], Employer | None]:
    """The naive twin that asks where somebody belongs, not for whom they are here."""
    number = world.home.employer.id
    return lambda: context.db().get(Employer, number)


def no_scope(_world: World) -> Callable[[int | None], tuple[()]]:
    """The condition that was forgotten."""
    return lambda _scope: ()


@pytest.mark.parametrize(
    ("module", "name", "twin", "here", "first"),
    [
        (people, "of", scope_of_both, ACTING, "/administration/users/{}"),
        (people, "of", scope_of_both, HOME, "/administration/users/{}"),
        (orders, "_in", no_scope, ACTING, "/administration/upgrade-letters"),
        (actions, "of", scope_of_both, ACTING, "/administration/users"),
        (way, "here", own_company, ACTING, "/administration/users/{}"),
    ],
    ids=["a person, there", "a person, at home", "an order", "ticks", "the company one belongs to"],
)
def test_companies_that_are_mixed_are_caught(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    module: object,
    name: str,
    twin: Callable[[World], object],
    here: str,
    first: str,
) -> None:
    monkeypatch.setattr(module, name, twin(world))
    assert next(world.leaks(here, first), None)
