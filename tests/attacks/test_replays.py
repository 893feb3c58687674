"""None of a thousand replays of a copied cookie works after its session's end; sessions in the cookie are caught."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, func, select

from tests.attacks.ends import (
    activates_another_address,
    an_upgraded_person,
    changes_the_password,
    is_deactivated,
    is_signed_out_elsewhere,
    renews_a_forgotten_password,
    signs_out,
    upgrades,
)
from tests.attacks.replays import Thief, Wish
from tests.attacks.sessions import COOKIE, kept, naive_sessions, proves, signs_in
from tests.conftest import PROVE
from tests.databases import KINDS
from tests.factories import an_administrator
from tests.test_routes import rules
from webapp.accounts.models import User
from webapp.audit.models import AuditEvent
from webapp.ports import Outside
from webapp.web.access import Door

Ends = Callable[..., None]
ENDS: dict[Ends, int] = {  # how often a cookie is brought after each; after those that stand first a thousand times
    **dict.fromkeys([signs_out, changes_the_password, is_deactivated, upgrades], 250),
    **dict.fromkeys([is_signed_out_elsewhere, renews_a_forgotten_password, activates_another_address], 60),
}
GOES_ON = (changes_the_password, activates_another_address, upgrades)
EMPTY = [("POST", path) for path in ("/account/password", "/account/email", "/session/extension")]
ON = [(kind, ends) for number, ends in enumerate(ENDS) for kind in (KINDS if PROVE else [KINDS[number % 2]])]
ONCE = pytest.mark.parametrize(("database", "ends"), ON, indirect=["database"])
pytestmark = pytest.mark.usefixtures("without_tokens")


class Theft:
    """Cookies that are copied while somebody is signed in, and brought after the session's end."""

    def __init__(self, app: Flask, db: Session, outside: Outside, ends: Ends) -> None:
        self._ends, self._given = ends, (db, outside)
        self.user = an_administrator(db) if ends is upgrades else an_upgraded_person(db, outside)
        self.client, self._thief = self._comes_in(app), Thief(app, COOKIE)
        self._copies = [kept(self.client)]
        self.client.get("/administration?lang=fr")  # which strangers are told as well
        self._copies.append(kept(self.client))  # the same session, signed anew
        if ends is not signs_out:  # which leaves them where they are; everything else ends those on other devices too
            outside.now.passes(minutes=2)  # type: ignore[attr-defined]  # until another SMS may be sent
            self._copies.append(kept(self._comes_in(app)))
        behind = [(method, address) for _rule, method, address, door in rules(app) if door is not Door.ANYONE]
        self._doors = [*behind, ("GET", "/session/warning"), EMPTY[-1]]  # two that tell strangers something else
        self.harmless = [*EMPTY, *(door for door in self._doors if door[0] == "GET")]

    def _comes_in(self, app: Flask) -> FlaskClient:
        client = signs_in(app.test_client(), self.user)
        if self.user.upgraded_at:
            proves(client, self._given[1])
        return client

    def ends(self) -> None:
        """The session, as people do it."""
        self._ends(self.client, *self._given, self.user)

    def reads(self) -> list[Wish]:
        """What worked of all that changes nothing, each tried once."""
        return self._thief.tries(self._copies, self.harmless, len(self.harmless), seed=1)

    def tries(self, times: int) -> list[Wish]:
        """What worked of everything, so often."""
        return self._thief.tries(self._copies, self._doors, times, seed=2)


def facts(db: Session, user: User) -> object:
    """What is kept about somebody, and how much has ever happened."""
    db.rollback()
    row = db.get_one(User, user.id, populate_existing=True).model_dump()
    told = row, db.exec(select(func.count()).select_from(AuditEvent)).one()
    db.commit()
    return told


@ONCE
def test_no_replay_works(ends: Ends, app: Flask, db: Session, outside: Outside) -> None:
    theft = Theft(app, db, outside, ends)
    assert len(theft.reads()) == len(theft.harmless)
    theft.ends()
    before = facts(db, theft.user)
    assert theft.tries(ENDS[ends] * (20 if PROVE else 1)) == []
    assert facts(db, theft.user) == before
    assert theft.client.get("/administration").status_code == (200 if ends in GOES_ON else 303)


@ONCE
def test_the_same_harness_catches_a_session_that_lives_in_the_cookie(
    ends: Ends, app: Flask, db: Session, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    naive_sessions(monkeypatch)
    theft = Theft(app, db, outside, ends)
    theft.ends()
    assert len(theft.reads()) == len(theft.harmless)  # caught at every door
