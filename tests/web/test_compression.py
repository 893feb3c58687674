"""Pages are compressed only where their length tells a stranger nothing: theirs is no word in them, or no request."""

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from tests.doors import sign_in
from tests.factories import an_administrator
from tests.test_routes import ONLY_SQLITE
from webapp.ports import Outside

pytestmark = ONLY_SQLITE
HTMX = {"HX-Request": "true", "HX-Target": "main"}
OURS = {"Sec-Fetch-Site": "same-origin"}


def compressed(client: FlaskClient, path: str, **headers: str) -> bool:
    answer = client.get(path, headers={"Accept-Encoding": "gzip, br", **headers})
    assert answer.status_code in (200, 404)
    small = answer.headers.get("Content-Encoding") == "br"
    body = brotli.decompress(answer.data) if small else answer.data
    assert b"PartnerWeb" in body
    assert "Accept-Encoding" in answer.headers["Vary"]
    return small


@pytest.fixture
def client(app: Flask, db: Session, outside: Outside) -> FlaskClient:
    """The browser of somebody who is signed in."""
    return sign_in(app.test_client(), db, outside, an_administrator(db), 1)


def test_the_first_page_is_compressed(app: Flask) -> None:
    assert compressed(app.test_client(), "/sign-in")


def test_what_repeats_a_strangers_words_is_not(app: Flask) -> None:
    for path in ("/sign-in?next=/csrf_token", "/sign-in?lang=fr", "/csrf_token"):
        assert not compressed(app.test_client(), path)


def test_what_is_shown_to_somebody_signed_in_is_not(client: FlaskClient) -> None:
    assert not compressed(client, "/upgrade/letter")
    assert not compressed(client, "/upgrade/letter?csrf_token=a", **OURS)


def test_what_our_own_page_asks_for_is(client: FlaskClient) -> None:
    assert compressed(client, "/upgrade/letter", **HTMX, **OURS)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_what_another_site_asks_for_is_not(client: FlaskClient, site: str) -> None:
    assert not compressed(client, "/upgrade/letter", **HTMX, **{"Sec-Fetch-Site": site})


def test_who_cannot_read_it_is_sent_it_as_it_is(client: FlaskClient) -> None:
    answer = client.get("/upgrade/letter", headers=HTMX | OURS | {"Accept-Encoding": "gzip, br;q=0"})
    assert "Content-Encoding" not in answer.headers
