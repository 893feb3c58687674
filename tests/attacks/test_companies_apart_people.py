"""Nobody of another company is changed, deactivated or given rights, whatever id stands in the request."""

import pytest
from flask import Flask
from sqlmodel import Session

from tests.attacks.company_probes import PROBED, Probe, leaks, probes
from tests.attacks.test_companies_apart import scopeless
from tests.attacks.test_companies_apart_inside import NAMED, Inside
from webapp.administration.queries import people
from webapp.ports import Outside

pytestmark = PROBED
ABOUT = "/administration/users/{}/"


@pytest.fixture
def inside(app: Flask, db: Session, outside: Outside) -> Inside:
    """The two companies."""
    return Inside(app, db, outside)


def about_people(inside: Inside) -> list[Probe]:
    """Each address at which something is decided about somebody."""
    asked = probes(inside.app, ("administration", "desk_users"), NAMED)
    return [probe for probe in asked if "/users/" in probe.address and not probe.address.endswith("/recovery-letter")]


def facts(inside: Inside) -> dict[str, object]:
    """Everything that is known of the other."""
    inside.db.rollback()
    inside.db.refresh(inside.victim)
    return inside.victim.model_dump()


def test_nothing_is_decided_about_somebody_of_another_company(inside: Inside) -> None:
    before, asked = facts(inside), about_people(inside)
    assert len(asked) >= 14
    assert list(leaks(inside.app, inside.cookie, asked, inside.colleague.public_id, [inside.victim.public_id])) == []
    assert facts(inside) == before
    known = {address for _method, address in inside.known(asked, inside.colleague.public_id)}
    paths = (
        "changes",
        "deactivation",
        "activation",
        "administrator-rights",
        "administrator-rights/removal",
        "permissions",
        "welcome-email",
    )
    assert {ABOUT + path for path in paths} <= known


def test_a_forgotten_scope_is_caught(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "of", scopeless)
    before, own, victim = facts(inside), inside.colleague.public_id, inside.victim.public_id
    assert len(list(leaks(inside.app, inside.cookie, about_people(inside), own, [victim]))) >= 7
    assert facts(inside) != before
