"""What another site makes a browser send changes nothing: every route that changes something, every way to forge."""

import re
from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session
from werkzeug.test import TestResponse

from tests.attacks.kept import changed, everything
from tests.doors import sign_in
from tests.factories import LONG_AGO, PASSWORD, a_clerk, a_user, an_administrator
from tests.test_routes import ONLY_SQLITE, rules
from webapp.letters.models import AddressReport
from webapp.ports import Outside

pytestmark = ONLY_SQLITE
OURS = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
FILLED = {
    "email": "",
    "password": PASSWORD,
    "reason": "lost",
    "remark": "x",
    "number": "079 555 01 01",
    "code": "123456",
}
OVERRIDE = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "POST"}
Sends = Callable[[FlaskClient, str, str, str], TestResponse]


def posted(client: FlaskClient, path: str, token: str | None, **headers: str) -> TestResponse:
    answers: dict[str, Any] = FILLED | ({} if token is None else {"csrf_token": token})
    return client.post(path, data=answers, headers=headers)


FORGERIES: dict[str, Sends] = {
    "no token": lambda c, path, own, other: posted(c, path, None, **OURS),
    "an empty token": lambda c, path, own, other: posted(c, path, "", **OURS),
    "another session's token": lambda c, path, own, other: posted(c, path, other, **OURS),
    "a cut token": lambda c, path, own, other: posted(c, path, own[:-1], **OURS),
    "cross-site": lambda c, path, own, other: posted(c, path, own, **{"Sec-Fetch-Site": "cross-site"}),
    "same-site": lambda c, path, own, other: posted(c, path, own, **{"Sec-Fetch-Site": "same-site"}),
    "unheard-of site": lambda c, path, own, other: posted(c, path, own, **{"Sec-Fetch-Site": "SAME-ORIGIN,x"}),
    "foreign origin": lambda c, path, own, other: posted(c, path, own, Origin="https://evil.example"),
    "null origin": lambda c, path, own, other: posted(c, path, own, Origin="null"),
    "origin that begins like ours": lambda c, path, own, other: posted(
        c, path, own, Origin="http://localhost.evil.example"
    ),
    "plain text": lambda c, path, own, other: c.post(path, data=f"csrf_token={own}", content_type="text/plain"),
    "json": lambda c, path, own, other: c.post(path, json=FILLED | {"csrf_token": own}),
    "token in the address": lambda c, path, own, other: c.post(f"{path}?csrf_token={own}", data=FILLED),
    "get": lambda c, path, own, other: c.get(path, query_string=FILLED | {"csrf_token": own, "_method": "POST"}),
    "get that says post": lambda c, path, own, other: c.get(path, query_string={"csrf_token": own}, headers=OVERRIDE),
    "put": lambda c, path, own, other: c.put(path, data=FILLED | {"csrf_token": own}),
}
READ_TOO = ("get", "get that says post")  # on an address that is also read, these read


def token_on(client: FlaskClient, path: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)
    assert found, path
    return found[1]


def browsers(app: Flask, db: Session, outside: Outside) -> list[tuple[FlaskClient, str]]:
    """A stranger, a password session, and a clerk with both factors, each with a token of their own."""
    clerk = a_clerk(db, factor_since=LONG_AGO, upgraded_at=LONG_AGO)
    found = [(app.test_client(), "/sign-in")]
    found.append((sign_in(app.test_client(), db, outside, an_administrator(db), 1), "/administration"))
    found.append((sign_in(app.test_client(), db, outside, clerk, 2), "/desk"))
    return [(client, token_on(client, path)) for client, path in found]


def test_no_forged_request_changes_anything(app: Flask, db: Session, outside: Outside) -> None:
    everybody = browsers(app, db, outside)
    db.add(AddressReport(user_id=a_user(db).id, reported_at=outside.now()))
    db.commit()
    before = everything(db)
    tried = 0
    for place, (client, own) in enumerate(everybody):
        other = everybody[place - 1][1]
        for rule, method, address, _door in rules(app):
            if method != "POST" or address == "/styleguide":
                continue
            for name, forged in FORGERIES.items():
                answer = forged(client, address, own, other)
                refused = 400 <= answer.status_code < 500
                assert refused or (name in READ_TOO and "GET" in _methods(app, address)), f"{name}: {rule.rule}"
                tried += 1
    assert tried > 600
    assert changed(before, everything(db)) == set()
    assert outside.sms.sent == outside.mailer.sent == []


def _methods(app: Flask, address: str) -> set[str]:
    return set(app.url_map.bind("localhost").allowed_methods(address))


def test_the_same_requests_from_our_own_page_do(app: Flask, db: Session, outside: Outside) -> None:
    _stranger, (client, own), _clerk = browsers(app, db, outside)
    before = everything(db)
    assert posted(client, "/upgrade/letters", own, **OURS).status_code == 303
    assert {"letter", "message"} <= changed(before, everything(db))


def test_nobody_is_signed_in_as_somebody_else_by_another_site(app: Flask, db: Session) -> None:
    mallory = a_user(db)
    client = app.test_client()
    token = token_on(client, "/sign-in")
    given = {"email": mallory.email, "password": PASSWORD, "csrf_token": token}
    foreign = [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}]
    assert [client.post("/sign-in", data=given, headers=headers).status_code for headers in foreign] == [400, 400]
    other = token_on(app.test_client(), "/sign-in")
    assert client.post("/sign-in", data=given | {"csrf_token": other}, headers=OURS).status_code == 400
    assert client.post("/sign-in", data=given, headers=OURS).status_code == 303


def test_a_token_from_before_a_change_of_level_is_void(app: Flask, db: Session) -> None:
    user = an_administrator(db)
    client = app.test_client()
    token = token_on(client, "/sign-in")
    client.post("/sign-in", data={"email": user.email, "password": PASSWORD, "csrf_token": token}, headers=OURS)
    assert posted(client, "/upgrade/letters", token, **OURS).status_code == 400
