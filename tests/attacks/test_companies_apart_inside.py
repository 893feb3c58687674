"""The same behind both factors: no administrator starts, or sees, the way back of somebody of another company.

Nor is a login method of anybody else more than one that does not exist.
"""

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from tests.attacks.arranging import a_telephone
from tests.attacks.company_probes import CANARY, PROBED, UNKNOWN, Probe, answer, leaks, probes
from tests.attacks.sessions import kept
from tests.attacks.test_companies_apart import scopeless
from tests.conftest import PROVE
from tests.doors import sign_in
from tests.factories import a_user, an_administrator, an_employer
from webapp.administration.queries import people
from webapp.letters.models import Letter
from webapp.login_methods.models import Challenge, Enrolment
from webapp.ports import Outside

NAMED = None if PROVE else ()
pytestmark = PROBED


class Inside:
    """Everybody has upgraded; the curious administrator has proved both factors just now."""

    def __init__(self, app: Flask, db: Session, outside: Outside) -> None:
        self.app, self.db = app, db
        mine, theirs = an_employer(db), an_employer(db, name=f"{CANARY} AG")
        curious, self.colleague = an_administrator(db, mine), a_user(db, mine)
        self.victim = a_user(db, theirs, last_name=CANARY, email="kanarienvogel@company.example")
        everybody = (curious, self.colleague, self.victim)
        held = [a_telephone(db, outside, one, f"079 555 02 0{number}") for number, one in enumerate(everybody)]
        for user in everybody:
            user.upgraded_at = outside.now()
        self.own, *self.others = (one.public_id for one in held)
        self.cookie = kept(sign_in(app.test_client(), db, outside, curious, level=2))

    def ways_back(self) -> list[Probe]:
        """Each address at which a letter after a loss is ordered for somebody."""
        asked = probes(self.app, ("administration", "desk_users"), NAMED)
        return [probe for probe in asked if probe.address.endswith("/recovery-letter")]

    def methods(self) -> list[Probe]:
        """Each address that names a login method."""
        return list(probes(self.app, ("login_methods", "second_factor"), NAMED))

    def touched(self) -> list[object]:
        """Everything that is known of the two others: letters, login methods, how often somebody tried to answer."""
        self.db.rollback()
        ids = [self.victim.id, self.colleague.id]
        held = select(Enrolment).where(col(Enrolment.user_id).in_(ids)).order_by(col(Enrolment.id))
        tries = select(Challenge.tries).join(Enrolment).where(col(Enrolment.user_id).in_(ids))
        return [
            self.db.exec(select(Letter.id).where(Letter.user_id == self.victim.id)).all(),
            [one.model_dump() for one in self.db.exec(held)],
            sorted(self.db.exec(tries)),
        ]

    def known(self, asked: list[Probe], own: str) -> set[tuple[str, str]]:
        """Which of these answer for one's own in another way than for nobody's."""
        ids = {probe: (own, UNKNOWN) for probe in asked if not probe.name}
        told = {probe: {answer(self.app, self.cookie, probe, one) for one in both} for probe, both in ids.items()}
        return {(probe.method, probe.address) for probe, answers in told.items() if len(answers) > 1}


@pytest.fixture
def inside(app: Flask, db: Session, outside: Outside) -> Inside:
    """The two companies."""
    return Inside(app, db, outside)


def test_the_way_back_of_another_company_is_as_good_as_unknown(inside: Inside) -> None:
    before, own, asked = inside.touched(), inside.colleague.public_id, inside.ways_back()
    assert len(asked) >= 4
    assert list(leaks(inside.app, inside.cookie, asked, own, [inside.victim.public_id])) == []
    assert inside.touched() == before
    way = "/administration/users/{}/recovery-letter"
    assert inside.known(asked, own) == {("GET", way), ("POST", way)}
    assert len(inside.db.exec(select(Letter.id).where(Letter.user_id == inside.colleague.id)).all()) == 1


def test_a_forgotten_scope_of_the_way_back_is_caught(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "of", scopeless)
    before, own, victim = inside.touched(), inside.colleague.public_id, inside.victim.public_id
    assert len(list(leaks(inside.app, inside.cookie, inside.ways_back(), own, [victim]))) == 2
    assert inside.touched() != before


def test_a_login_method_of_somebody_else_is_as_good_as_unknown(inside: Inside) -> None:
    before, asked = inside.touched(), inside.methods()
    assert list(leaks(inside.app, inside.cookie, asked, inside.own, inside.others)) == []
    assert inside.touched() == before
    assert len(inside.known(asked, inside.own)) >= 5
