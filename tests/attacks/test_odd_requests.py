"""Requests that no page of ours makes: a sentence or a 404 comes back, never an error, never a way out."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from tests.attacks.arranging import a_ticket
from tests.factories import an_administrator
from webapp.accounts.actions import begin_session
from webapp.ports import Outside

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://localhost/"}


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without forms' tokens; a mistake of ours is an answer 500, as in production."""
    app.config.update(PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)
    return app.test_client()


def signed_in(client: FlaskClient, db: Session, outside: Outside, *, ticket: bool = False) -> None:
    user = an_administrator(db)
    word, _row = begin_session(db, outside, user, level=1, replacing=None)
    if ticket:
        a_ticket(db, outside, user)
    with client.session_transaction() as cookie:
        cookie["_user_id"] = word


ODD_ANSWERS = [
    ("/sign-in", {"email": "a\0b@company.example", "password": "x"}),
    ("/upgrade/address-report", {"remark": "a\0b"}),
]
ODD_ADDRESSES = ["/login-methods/sms/a%00b/confirmation", "/login-methods/sms/new?instead_of=%00"]


@pytest.mark.parametrize(("path", "answers"), ODD_ANSWERS)
def test_a_nul_in_an_answer(
    path: str, answers: dict[str, str], client: FlaskClient, db: Session, outside: Outside
) -> None:
    signed_in(client, db, outside)
    assert client.post(path, data=answers).status_code < 500


@pytest.mark.parametrize("path", ODD_ADDRESSES)
def test_a_nul_in_an_address(path: str, client: FlaskClient, db: Session, outside: Outside) -> None:
    signed_in(client, db, outside, ticket=True)
    assert client.get(path).status_code < 500


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", ["/%5Cevil.example", "/%5C%5Cevil.example", "/%5C/evil.example"])
def test_no_link_of_an_error_page_leads_away(path: str, client: FlaskClient) -> None:
    links = re.findall(r'href="([^"]*lang=[^"]*)"', client.get(path).text)
    assert links
    assert not [link for link in links if re.match(r"/[/\\]", link)]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", ["/%0d%0aX-Forged:1", "/%E2%82%AC", "/%5Cevil.example"])
def test_an_odd_path_is_not_found(path: str, client: FlaskClient) -> None:
    answer = client.get(path, headers=HTMX)
    pushed = answer.headers.get("HX-Push-Url", "")
    assert answer.status_code == 404
    assert re.fullmatch(r"(/([!-\[\]-~]+)?)?", pushed)
