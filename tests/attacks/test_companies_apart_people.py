"""Nobody of another company is changed, deactivated or given rights, whatever id stands in the request."""

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from tests.administration.ticking import ticks
from tests.attacks.company_probes import CANARY, PROBED, WHATS, Probe, leaks, probes
from tests.attacks.test_companies_apart import scopeless
from tests.attacks.test_companies_apart_inside import NAMED, Inside
from tests.factories import a_user
from webapp.accounts.models import User
from webapp.accounts.topics import Level, Topic
from webapp.administration import ordering, several
from webapp.administration.change import Change
from webapp.administration.models import BulkChange, Selected
from webapp.administration.ordering import fingerprint
from webapp.administration.queries import people
from webapp.administration.queries import several as done_to_several
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


@pytest.fixture
def others(inside: Inside, outside: Outside) -> list[str]:
    """What the other company has: somebody, and two changes for several people; both companies have ticked somebody."""
    db, victim, company = inside.db, inside.victim, inside.victim.employer_id
    boss = a_user(db, None, employer_id=company, administrator=True, last_name=CANARY)
    for what, levels in ((Change.DEACTIVATION, {}), (Change.PERMISSIONS, {Topic.SALARIES: Level.READ})):
        ticks(db, boss, [victim])
        given = {"by": boss, "scope": company, "key": f"{what}", "seen": fingerprint([victim.id or 0])}
        several.change_selected(db, outside, what, **given, levels=levels)
    [curious] = db.exec(select(User).where(User.employer_id == inside.colleague.employer_id, col(User.administrator)))
    for chooser, chosen in ((boss, victim), (curious, inside.colleague)):
        ticks(db, chooser, [chosen])
    return [victim.public_id, *db.exec(select(BulkChange.public_id))]


def about_several(inside: Inside) -> list[Probe]:
    """Each address at which something is done to several people."""
    asked = probes(inside.app, ("administration", "desk_users"), ("user",))
    return [probe for probe in asked if "/several/" in probe.address]


def test_nor_is_anything_done_to_several_of_another_company(inside: Inside, others: list[str]) -> None:
    before, asked = facts(inside), about_several(inside)
    assert {probe.address.partition("/several/")[2].partition("/")[0] for probe in asked} == {*WHATS}
    assert list(leaks(inside.app, inside.cookie, asked, inside.colleague.public_id, others)) == []
    assert facts(inside) == before
    assert inside.victim.id in inside.db.exec(select(Selected.user_id)).all()


@pytest.mark.parametrize("forgotten", [(ordering, "of"), (done_to_several, "change_with")], ids=["ticks", "results"])
def test_a_forgotten_scope_of_several_is_caught(
    inside: Inside, others: list[str], monkeypatch: pytest.MonkeyPatch, forgotten: tuple[object, str]
) -> None:
    right = getattr(*forgotten)
    twins = {"of": scopeless, "change_with": lambda db, what, public_id, _scope: right(db, what, public_id, None)}
    monkeypatch.setattr(*forgotten, twins[forgotten[1]])
    assert list(leaks(inside.app, inside.cookie, about_several(inside), inside.colleague.public_id, others))
