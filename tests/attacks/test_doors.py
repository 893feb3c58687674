"""No way to PartnerWeb 2.0 with less than both factors and a closed upgrade: every route, every lesser session."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask, template_rendered
from flask.testing import FlaskClient
from sqlmodel import Session

from tests.attacks.arranging import a_ticket
from tests.doors import sign_in
from tests.factories import LONG_AGO, a_clerk, a_user, an_administrator
from tests.test_routes import ONLY_SQLITE, rules
from tests.twins import Clock
from webapp.ports import Outside
from webapp.web.access import Door

LATE = date(2026, 11, 22)  # yesterday
OF_TWO = ("home/portal.html", "desk/")  # templates of PartnerWeb 2.0
A, P, U, H, E = Door.ANYONE, Door.PASSWORD, Door.UPGRADE, Door.HALF, Door.ENROLMENT
LESSER = [  # session level, facts of the person, deadline, open doors, where everything else leads
    (0, {}, None, {A}, "/sign-in"),
    (0, {}, LATE, {A}, "/sign-in"),
    (1, {}, None, {A, P, U, E}, "/upgrade"),
    (1, {}, LATE, {A, U, E}, "/upgrade"),
    (1, {"factor_since": LONG_AGO}, None, {A, H, E}, "/sign-in/second-factor"),
    (1, {"factor_since": LONG_AGO}, LATE, {A, H, E}, "/sign-in/second-factor"),
    (1, {"factor_since": LONG_AGO, "upgraded_at": LONG_AGO}, LATE, {A, H, E}, "/sign-in/second-factor"),
    (2, {"factor_since": LONG_AGO}, None, {A, P, U, E, H}, "/login-methods"),
    (2, {"factor_since": LONG_AGO}, LATE, {A, P, U, E, H}, "/login-methods"),
    (1, {"factor_since": LONG_AGO, "upgraded_at": LONG_AGO, "ticket": True}, None, {A, H, E}, "/sign-in/second-factor"),
    (2, {"factor_since": LONG_AGO, "owes": True}, None, {A, E, H}, "/login-methods"),
    (2, {"factor_since": LONG_AGO, "upgraded_at": LONG_AGO, "owes": True}, None, {A, E, H}, "/login-methods"),
]
NOT_FOR_PEOPLE = ("/readyz", "/styleguide", "/styleguide/dialog")
TRICKS = ["/desk/", "//desk", "/desk%2F", "/DESK", "/desk;a=1", "/./desk", "/static/../desk", "/desk%00", "/%64esk"]
HEADERS = ["X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "X-Forwarded-Prefix", "X-Script-Name"]


@pytest.fixture(params=LESSER, ids=lambda kind: f"level {kind[0]} {[*kind[1]]} {'late' if kind[2] else ''}")
def lesser(
    request: pytest.FixtureRequest, app: Flask, db: Session, outside: Outside, without_tokens: None
) -> tuple[FlaskClient, set[Door], str]:
    """Somebody who may not see PartnerWeb 2.0: the browser, the doors that are open, where the others lead."""
    level, facts, deadline, doors, elsewhere = request.param
    app.extensions["outside"] = replace(outside, config=replace(outside.config, deadline=deadline))
    client = app.test_client()
    if level:
        ticket, owes = facts.get("ticket", False), facts.get("owes", False)
        person = an_administrator(db, **{name: at for name, at in facts.items() if name not in ("ticket", "owes")})
        if ticket:
            a_ticket(db, outside, person)
        sign_in(client, db, outside, person, level, owes_method=owes)
    return client, doors, elsewhere


@contextmanager
def shown(app: Flask) -> Iterator[list[str]]:
    """The templates that are rendered meanwhile."""
    seen: list[str] = []

    def note(_sender: Flask, template: Any, **_rest: Any) -> None:
        seen.append(template.name)

    with template_rendered.connected_to(note, app):
        yield seen


@ONLY_SQLITE
def test_every_other_door_is_closed(lesser: tuple[FlaskClient, set[Door], str], app: Flask) -> None:
    client, doors, elsewhere = lesser
    for rule, method, address, door in rules(app):
        if door in doors:
            continue
        for headers in ({}, {"HX-Request": "true"}, {"X-HTTP-Method-Override": "GET"}):
            answer = client.open(address, method=method, headers=headers)
            assert answer.status_code == 303, f"{method} {rule.rule}"
            path = answer.headers["Location"].partition("?")[0]
            assert path == elsewhere or (door is H and path == "/"), f"{method} {rule.rule} leads to {path}"


@ONLY_SQLITE
def test_no_open_door_shows_the_new_portal(lesser: tuple[FlaskClient, set[Door], str], app: Flask) -> None:
    client, doors, _elsewhere = lesser
    with shown(app) as seen:
        for _rule, method, address, door in rules(app):
            if door in doors and method == "GET" and address not in NOT_FOR_PEOPLE:
                with client.get(address) as answer:
                    assert answer.status_code in (200, 303, 404), address
        for trick in TRICKS:
            client.get(trick)
        for header in HEADERS:
            client.get("/sign-in/help", headers={header: "/desk"})
    assert seen
    assert not [name for name in seen if name.startswith(OF_TWO)]


@ONLY_SQLITE
@pytest.mark.parametrize(
    ("facts", "elsewhere"),
    [({}, "/upgrade"), ({"factor_since": LONG_AGO, "upgraded_at": LONG_AGO}, "/sign-in/second-factor")],
    ids=["password", "half"],
)
def test_nothing_is_registered_without_the_right(
    facts: dict[str, Any], elsewhere: str, app: Flask, db: Session, outside: Outside, without_tokens: None
) -> None:
    client = sign_in(app.test_client(), db, outside, a_user(db, **facts), 1)
    with shown(app) as seen:
        for rule, method, address, door in rules(app):
            if door is E:
                answer = client.open(address, method=method)
                assert answer.status_code == 303, f"{method} {rule.rule}"
                assert answer.headers["Location"].partition("?")[0] == elsewhere, f"{method} {rule.rule}"
    assert not seen


@ONLY_SQLITE
def test_what_asks_for_a_fresh_proof_opens_with_nothing_else(
    app: Flask, db: Session, outside: Outside, clock: Clock, without_tokens: None
) -> None:
    since = {"factor_since": LONG_AGO, "upgraded_at": LONG_AGO}
    people = {False: an_administrator(db, **since), True: a_clerk(db, **since)}
    clients = {clerk: sign_in(app.test_client(), db, outside, person, 2) for clerk, person in people.items()}
    clock.passes(minutes=19)
    for client in clients.values():
        client.get("/")  # used, and live
    clock.passes(minutes=2)
    asked = [one for one in rules(app) if getattr(app.view_functions[one[0].endpoint], "needs_fresh_proof", False)]
    assert len(asked) > 10
    with shown(app) as seen:
        for rule, method, address, _door in asked:
            for headers in ({}, {"HX-Request": "true", "HX-Target": "dialog"}):
                client = clients[getattr(app.view_functions[rule.endpoint], "clerks_only", False)]
                answer = client.open(address, method=method, headers=headers)
                assert (answer.status_code, answer.text[:5] == "") == (200, True) or not headers, rule.rule
                leads = answer.headers.get("HX-Redirect" if headers else "Location", "")
                assert leads.startswith("/sign-in/second-factor?next=/"), f"{method} {rule.rule}: {leads}"
    assert not seen
    assert clients[False].get("/login-methods").status_code == 200


@ONLY_SQLITE
def test_the_crawl_would_see_the_new_portal(app: Flask, db: Session, outside: Outside) -> None:
    with shown(app) as seen:
        for person in (a_user(db), a_clerk(db)):
            person.factor_since = person.upgraded_at = outside.now()
            client = sign_in(app.test_client(), db, outside, person, 2)
            client.get("/", follow_redirects=True)
    assert [name.startswith(OF_TWO) for name in seen] == [True, True]
