"""Numbers that no row can have: an address with one is not found, and a page of a list is the nearest there is."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session
from werkzeug.routing import Rule

from tests.administration.inside import Company, a_clerk_with_both, a_company
from tests.doors import sign_in
from webapp.ports import Outside
from webapp.web.numbers import LARGEST

HUGE: list[int | str] = [
    LARGEST,
    LARGEST + 1,
    2**63 - 1,
    2**63,
    99999999999999999999,
    "9" * 5000,
    "0" * 5000 + "1",
    "١٢",
]


@pytest.fixture
def company(db: Session, app: Flask) -> Company:
    """A mistake of ours is an answer 500, as in production."""
    app.config.update(PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)
    return a_company(db)


def with_a_number(app: Flask) -> list[Rule]:
    """Every rule that holds one."""
    return [rule for rule in app.url_map.iter_rules() if "<int" in rule.rule]


def statuses(client: FlaskClient, app: Flask, number: Any) -> set[int]:
    """What a row with this number is answered, at every rule that holds a number and with all of its methods."""
    found = set()
    for rule in with_a_number(app):
        for method in set(rule.methods or ()) - {"HEAD", "OPTIONS"}:
            found.add(client.open(re.sub("<int[^>]*>", str(number), rule.rule), method=method).status_code)
    return found


def test_an_address_with_one_is_not_found(app: Flask, db: Session, outside: Outside, company: Company) -> None:
    client = sign_in(app.test_client(), db, outside, a_clerk_with_both(db), level=2)
    assert len(with_a_number(app)) > 1
    for number in HUGE:
        assert statuses(client, app, number) == {404}, str(number)[:30]


def test_a_list_shows_a_page_that_there_is(app: Flask, db: Session, outside: Outside, company: Company) -> None:
    people = [company.admin, a_clerk_with_both(db)]
    clients = [sign_in(app.test_client(), db, outside, one, level=2) for one in people]
    huge = dict.fromkeys(("page", "size", "seen"), HUGE[4])
    shown = 0
    for rule in app.url_map.iter_rules():
        address = rule.rule.replace("<what>", "deactivations")
        if "GET" in (rule.methods or ()) and "<" not in address and address != "/readyz":  # it asks no twin of ours
            for client in clients:
                with client.get(address, query_string=huge) as answer:
                    assert answer.status_code < 500, rule.rule
                    shown += answer.status_code == 200
    assert shown > 40
