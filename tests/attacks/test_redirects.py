"""No address from outside leads away from the portal: not by ``next``, not by htmx, not by an odd path."""

import re
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from sqlmodel import Session

from tests.attacks.arranging import a_telephone, the_code
from tests.attacks.sessions import signs_in
from tests.doors import sign_in
from tests.factories import PASSWORD, a_user, an_administrator
from tests.test_routes import ONLY_SQLITE
from webapp.ports import Outside
from webapp.web.redirects import safe

pytestmark = [ONLY_SQLITE, pytest.mark.usefixtures("without_tokens")]
BEGINNINGS = ["//", "///", "////", "/\\", "\\\\", "\\/", "/\t/", "/\n/", "\t//", " //", "/%09/", "/%2f", "/%5c", "/;@"]
BEGINNINGS += ["https:", "https:/", "https://", "HTTPS://", "http:\\\\", "//localhost@", "//localhost:80@", "/@", "@"]
BEGINNINGS += [
    "//localhost.",
    "/.//",
    "/..//",
    "/./\\",
    "/a//",
    "/\u2215",
    "\u3002",
    "//\u3002",
    "/\r\nLocation: //",
    ".",
    "",
]
ENDINGS = [
    "evil.example",
    "evil.example/?x=/sign-in",
    "evil%E3%80%82example",
    "еvil.example",
    "evil.example%2f.localhost",
]
ENDINGS += ["evil.example\\.localhost", "2130706433:99", "0x7f000001", "evil.example:80#@localhost"]
OTHERS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,x",
]
OTHERS += ["javascript://localhost/%0aalert(1)", "vbscript:x", "ftp://evil.example", "blob:x", "/\x00/evil.example"]
OTHERS += [
    "/%0d%0aSet-Cookie:a=b",
    "?next=//evil.example",
    "#//evil.example",
    "/?#\\evil",
    "/" + "a" * 600,
    "/<script>",
]
VECTORS = [beginning + ending for beginning in BEGINNINGS for ending in ENDINGS] + OTHERS


def leads_away(address: str) -> bool:
    """Where a browser would go: it drops tabs and line breaks and reads a backslash as a slash (WHATWG URL)."""
    cleaned = re.sub(r"[\t\r\n]", "", address.strip("".join(map(chr, range(33))))).replace("\\", "/")
    cleaned = re.sub(r"^/{2,}", "//", cleaned)
    reached = urlsplit(
        urljoin("http://localhost/sign-in", re.sub(r"^(https?):/*", r"\1://", cleaned, flags=re.IGNORECASE))
    )
    return (reached.scheme, reached.netloc) != ("http", "localhost")


def caught(followed: Callable[[str | None], str | None]) -> list[str]:
    return [vector for vector in VECTORS if (target := followed(vector)) and leads_away(target)]


def test_there_are_enough_ways_to_try_it() -> None:
    assert len(VECTORS) >= 300
    assert sum(map(leads_away, VECTORS)) > 100


def test_no_such_address_is_followed() -> None:
    assert caught(safe) == []


@pytest.mark.parametrize(
    "naive",
    [
        lambda target: target if target.startswith("/") else None,
        lambda target: target if target.startswith("/") and not target.startswith("//") else None,
        lambda target: target if not urlsplit(target).netloc else None,
    ],
)
def test_the_same_addresses_catch_who_looks_less_closely(naive: Callable[[str | None], str | None]) -> None:
    assert caught(naive)


def test_next_leads_nowhere_else(app: Flask, db: Session, outside: Outside) -> None:
    client = sign_in(app.test_client(), db, outside, a_user(db), 1)
    for vector in VECTORS:
        for answer in (
            client.get("/sign-in", query_string={"next": vector}),
            client.post("/session/extension", query_string={"next": vector}),
            client.post("/session/extension", query_string={"next": vector}, headers={"HX-Request": "true"}),
        ):
            assert not leads_away(answer.headers.get("Location", "/")), vector
            assert not [name for name in ("HX-Redirect", "HX-Location") if name in answer.headers]


@pytest.mark.parametrize("vector", VECTORS[::31])
def test_nor_after_the_password_and_the_second_factor(vector: str, app: Flask, db: Session, outside: Outside) -> None:
    user = an_administrator(db)
    a_telephone(db, outside, user)
    user.upgraded_at = outside.now()
    db.commit()
    outside.now.passes(minutes=1)
    client = app.test_client()
    given = {"email": user.email, "password": PASSWORD}
    answer = client.post("/sign-in", query_string={"next": vector}, data=given)
    assert not leads_away(answer.headers["Location"])
    path = "/sign-in/second-factor"
    given, headers = {"code": the_code(outside)}, {"HX-Request": "true"}
    answer = client.post(path, query_string={"next": vector}, data=given, headers=headers)
    assert answer.headers["HX-Redirect"] == "/" or not leads_away(answer.headers["HX-Redirect"])


def test_the_page_asked_for_is_an_ordinary_path(app: Flask, db: Session) -> None:
    for path in (
        "//evil.example",
        "//evil.example/desk",
        "/desk//..//evil.example",
        "/\\evil.example",
        "/desk?x=//evil",
    ):
        answer = app.test_client().get(path)
        assert not leads_away(answer.headers.get("Location", "/")), path
    client = app.test_client()
    asked = client.get("/letters?page=2").headers["Location"]
    user = a_user(db)
    answer = client.post(asked, data={"email": user.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/letters?page=2"
    assert signs_in(app.test_client(), user).get("/letters").status_code == 200
