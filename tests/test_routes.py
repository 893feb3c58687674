"""Every route: whom it is open to, what it refuses. A new one is written into the list, so that it is a decision."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session
from werkzeug.routing import Rule

from tests.doors import sign_in
from tests.factories import LONG_AGO, a_user
from tests.pages import Page
from webapp.ports import Outside
from webapp.web.access import Door, door_of

ONLY_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # doors do not depend on the engine
KEPT = Path(__file__).with_name("routes.txt")


def rules(app: Flask) -> Iterator[tuple[Rule, str, str, Door]]:
    """Each rule with one method, an address that fits it, and its door; what is static is not asked for."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        address = re.sub(r"<(?:\w+:)?slug>", "sms", rule.rule)
        address = re.sub(r"<[^>]+>", "nobody", re.sub(r"<int:[^>]+>", "1", address))
        for method in sorted(set(rule.methods or ()) - {"HEAD", "OPTIONS"}):
            if rule.endpoint != "static":
                yield rule, method, address, door_of(app.view_functions[rule.endpoint])


def told(app: Flask) -> list[str]:
    """The list as it is now."""
    lines = []
    for rule, method, _address, door in rules(app):
        view = app.view_functions[rule.endpoint]
        asked = ("administrators_only", "clerks_only", "needs_fresh_proof")
        roles = [role for role in asked if getattr(view, role, False)]
        wanted = getattr(view, "needs", None)
        roles += [f"{wanted[0]}:{wanted[1].word}"] if wanted else []
        lines.append(" ".join([f"{method:4} {rule.rule}", str(door.value), *roles]))
    return lines


@ONLY_SQLITE
def test_no_route_comes_or_goes_unnoticed(app: Flask) -> None:
    assert told(app) == KEPT.read_text().splitlines(), "routes.txt is to say:\n" + "\n".join(told(app))


@ONLY_SQLITE
def test_whatever_changes_something_refuses_a_forged_request(app: Flask) -> None:
    client = app.test_client()
    for _rule, method, address, _door in rules(app):
        if method == "GET":
            continue
        answer = client.open(address, method=method, data={"anything": "1"})
        assert answer.status_code == 400, address
        assert Page(answer.text).document.query("h1"), address
        foreign = client.open(address, method=method, headers={"Sec-Fetch-Site": "cross-site"})
        assert foreign.status_code == 400, address


@ONLY_SQLITE
def test_nothing_is_changed_by_a_get(app: Flask) -> None:
    reading = {address for _rule, method, address, _door in rules(app) if method == "GET"}
    both = [rule.rule for rule, _m, _a, _d in rules(app) if {"GET", "POST"} <= set(rule.methods or ())]
    assert set(both) <= {"/styleguide"}, "a view that reads is not the one that changes"
    for _rule, method, address, _door in rules(app):
        if method == "POST" and address not in reading:
            assert app.test_client().get(address).status_code == 405, address


@ONLY_SQLITE
def test_a_stranger_is_sent_to_the_sign_in(app: Flask) -> None:
    for address, answer in walk(app, app.test_client(), {Door.ANYONE}):
        assert answer.startswith("/sign-in"), f"{address}: {answer}"


@ONLY_SQLITE
def test_a_password_opens_the_first_portal_only(app: Flask, db: Session, outside: Outside) -> None:
    client = sign_in(app.test_client(), db, outside, a_user(db), level=1)
    for address, answer in walk(app, client, {Door.ANYONE, Door.PASSWORD, Door.UPGRADE}):
        assert answer.startswith(("/upgrade", "/")), f"{address}: {answer}"


@ONLY_SQLITE
def test_half_a_sign_in_opens_only_the_other_half(app: Flask, db: Session, outside: Outside) -> None:
    holder = a_user(db, upgraded_at=LONG_AGO, factor_since=LONG_AGO)
    client = sign_in(app.test_client(), db, outside, holder, level=1)
    for address, answer in walk(app, client, {Door.ANYONE, Door.HALF}):
        assert answer.startswith("/sign-in/second-factor"), f"{address}: {answer}"


@ONLY_SQLITE
def test_roles_are_asked_for(app: Flask, db: Session, outside: Outside) -> None:
    plain = a_user(db, upgraded_at=LONG_AGO, factor_since=LONG_AGO)
    client = sign_in(app.test_client(), db, outside, plain, level=2)
    app.config["WTF_CSRF_ENABLED"] = False
    for rule, method, address, _door in rules(app):
        view = app.view_functions[rule.endpoint]
        marks = ("administrators_only", "clerks_only", "needs")
        if any(getattr(view, mark, False) for mark in marks):
            assert client.open(address, method=method).status_code == 403, address


def walk(app: Flask, client: FlaskClient, open_doors: set[Door]) -> Iterator[tuple[str, str]]:
    """Where ``client`` is sent from every door that is not open to it; that it is sent away at all is asserted."""
    app.config["WTF_CSRF_ENABLED"] = False  # the token is asked for first, and tested above
    for rule, method, address, door in rules(app):
        if door not in open_doors:
            answer = client.open(address, method=method)
            assert answer.status_code == 303, f"{method} {rule.rule} is open: {answer.status_code}"
            yield f"{method} {rule.rule}", answer.headers["Location"]
