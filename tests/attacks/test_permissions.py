"""The matrix: each route against each role, topic and level, as tests/routes.txt declares it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import product
from typing import Any

import pytest
from flask import Blueprint, Flask
from sqlmodel import Session

from tests.acting import acts_by
from tests.factories import LONG_AGO, a_clerk, a_user, an_employer
from tests.test_routes import KEPT, ONLY_SQLITE, rules
from webapp import create_app, slices
from webapp.accounts.mandates import Mandate
from webapp.accounts.models import User
from webapp.accounts.topics import Level, Topic
from webapp.config import Config, Misconfigured
from webapp.database import db as database_of_the_web
from webapp.ports import Outside
from webapp.web.access import (
    Door,
    administrators_only,
    clerks_only,
    needs,
    needs_fresh_proof,
    open_to_anyone,
    password_is_enough,
)

pytestmark = ONLY_SQLITE
READS = needs(Topic.SALARIES, Level.READ)
ROLES = ("administrators_only", "clerks_only")


@dataclass(frozen=True)
class Comer:
    """Somebody with both factors: a role, or one level in one topic and none in all others."""

    name: str
    user: User
    roles: frozenset[str]
    levels: dict[Topic, Level]
    mandate: Mandate | None = None  # by which they act, for a company that is not their own

    def may(self, asked: set[str]) -> bool:
        """Whether what a line of the list asks for is theirs."""
        for one in asked:
            topic, _colon, word = one.partition(":")
            if one in ROLES and one not in self.roles:
                return False
            if word and self.levels[Topic(topic)] < Level[word.upper()]:
                return False
        return True


def comers(db: Session) -> Iterator[Comer]:
    """The clerk, the administrator, and everybody with one level in one topic."""
    company = an_employer(db)
    none, everything = dict.fromkeys(Topic, Level.NONE), dict.fromkeys(Topic, Level.TRANSMIT)
    upgraded = {"upgraded_at": LONG_AGO, "factor_since": LONG_AGO}
    yield Comer("clerk", a_clerk(db, **upgraded), frozenset({"clerks_only"}), none)
    boss = a_user(db, company, administrator=True, **upgraded)
    yield Comer("administrator", boss, frozenset({"administrators_only"}), everything)
    for topic, level in product(Topic, Level):
        levels = none | {topic: level}
        user = a_user(db, company, topics={one: levels[one].word for one in Topic}, **upgraded)
        yield Comer(f"{topic}:{level.word}", user, frozenset(), levels)


def declared() -> dict[tuple[str, str], set[str]]:
    """What the list says that each route asks for."""
    lines = (line.split() for line in KEPT.read_text().splitlines())
    return {(method, rule): set(rest) for method, rule, *rest in lines}


def wrong_answers(
    app: Flask, db: Session, outside: Outside, some: Iterable[Comer] | None = None, only: str = ""
) -> list[str]:
    """Where somebody is let in, or turned away, against what is declared; at addresses that begin with ``only``."""
    app.config["WTF_CSRF_ENABLED"] = False
    wrong, asked = [], declared()
    for comer in comers(db) if some is None else some:
        client = acts_by(app.test_client(), db, outside, comer.user, comer.mandate)
        for rule, method, address, door in rules(app):
            if door is Door.ANYONE or not rule.rule.startswith(only):
                continue
            refused = client.open(address, method=method).status_code == 403
            if refused is comer.may(asked[method, rule.rule]):
                wrong.append(f"{comer.name}: {method} {rule.rule}")
    return wrong


def test_everybody_gets_what_is_declared(app: Flask, db: Session, outside: Outside) -> None:
    assert not wrong_answers(app, db, outside)


def test_a_mark_that_was_left_out_is_caught(
    app: Flask, db: Session, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = app.view_functions["administration.users"]
    monkeypatch.delattr(view, "needs")
    assert "employees:transmit: GET /administration/users" in wrong_answers(
        app, db, outside, only="/administration/users"
    )


@pytest.fixture
def starts_with(
    database: str, config: Config, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., None]:
    """The portal starts with one more page, which says of itself what it is told to, the last one first."""

    def start(*marks: Callable[[Any], Any]) -> None:
        view = reduce(lambda marked, mark: mark(marked), marks, lambda: "")
        more = Blueprint("somewhere", __name__)
        more.add_url_rule("/somewhere", "new", view)
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(slices, "ALWAYS", (*slices.ALWAYS, more))
            portal = create_app(config, lambda _config: outside)
        with portal.app_context():
            database_of_the_web.engine.dispose()

    return start


def test_a_route_that_says_nothing_stops_the_start(starts_with: Callable[..., None]) -> None:
    for marks in ((open_to_anyone,), (password_is_enough, administrators_only), (clerks_only, needs_fresh_proof)):
        starts_with(*marks)
    for marks in ((), (administrators_only,), (needs_fresh_proof, READS)):
        with pytest.raises(Misconfigured, match=r"Nobody has said.*: somewhere\.new\."):
            starts_with(*marks)


@pytest.mark.parametrize("mark", [administrators_only, clerks_only, needs_fresh_proof, READS])
def test_nor_does_the_portal_start_with_a_page_for_anyone_and_for_some_only(
    mark: Callable[[Any], Any], starts_with: Callable[..., None]
) -> None:
    for marks in ((open_to_anyone, mark), (mark, open_to_anyone)):
        with pytest.raises(Misconfigured, match=r"open to .*anyone"):
            starts_with(*marks)
