"""A forged host is refused, and every answer, whatever it is, carries the same protection."""

from collections.abc import Iterator

from flask.testing import FlaskClient
from sqlmodel import Session

from tests.attacks.conftest import Browser
from tests.factories import LONG_AGO, a_clerk
from tests.test_routes import ONLY_SQLITE, rules
from webapp import create_app
from webapp.accounts.actions import begin_session
from webapp.ports import Outside
from webapp.web.assets import publish
from webapp.web.headers import POLICY

pytestmark = ONLY_SQLITE
PINNED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
NAMES = [
    "evil.example",
    "portal.example.evil.example",
    "evil.example:443",
    "portal.example:8443",
    "portal.example.",
    "",
]
NAMES += ["evilportal.example", "localhost", "127.0.0.1", "[::1]", "portal.example@evil.example", "portal.example#x"]
NAMES += [
    "portal.example/x",
    "portal.example,evil.example",
    "portal_example",
    "xn--bcher-kva.example",
    "portal.example%00",
]
FORGED = NAMES + [name.upper() for name in NAMES if name] + [f"{number}.evil.example" for number in range(20)]
FORWARDED = ["X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "X-Original-Host", "Forwarded", "X-HTTP-Host-Override"]


def test_a_forged_host_is_refused(https: FlaskClient) -> None:
    assert len(FORGED) >= 50
    assert https.get("/sign-in").status_code == 200
    for name in FORGED:
        for path in ("/sign-in", "/", "/nowhere", "/upgrade/information"):
            answer = https.get(path, headers={"Host": name})
            assert answer.status_code == 400, (name, path)
            assert "evil" not in answer.text
            assert "Location" not in answer.headers


def test_who_says_to_have_forwarded_it_is_not_believed(https: FlaskClient) -> None:
    for name in FORWARDED:
        answer = https.get("/", headers={name: "host=evil.example" if name == "Forwarded" else "evil.example"})
        assert answer.headers["Location"] == "/sign-in"
        assert "evil" not in https.get("/sign-in", headers={name: "evil.example"}).text


def test_every_answer_carries_the_same_protection(https: FlaskClient, db: Session, outside: Outside) -> None:
    app, broken = https.application, []
    clerk = a_clerk(db, factor_since=LONG_AGO, upgraded_at=LONG_AGO)
    statuses = set()
    for signed in (False, True):
        if signed:
            word, _row = begin_session(db, outside, clerk, level=2, replacing=None)
            with https.session_transaction(base_url="https://portal.example") as session:
                session["_user_id"] = word
        for _rule, method, address, _door in rules(app):
            if address == "/readyz":  # the twins have no queue
                continue
            for way in (method, "DELETE", "HEAD", "OPTIONS"):
                with https.open(address, method=way) as answer:
                    statuses.add(answer.status_code)
                    broken += [
                        f"{answer.status_code} {way} {address}: {fault}" for fault in faults(answer.headers, address)
                    ]
    assert not broken
    assert {200, 303, 400, 404, 405} <= statuses


def faults(headers: dict[str, str], address: str) -> Iterator[str]:
    for name, value in PINNED.items():
        stricter = name == "Content-Security-Policy" and address == "/logo"
        if headers.get(name) != value and not (stricter and "sandbox" in headers[name]):
            yield name
    if (
        address not in ("/brand.css", "/logo")
        and not address.startswith("/static/")
        and headers.get("Cache-Control") != "no-store"
    ):
        yield "Cache-Control"
    if "Server" in headers or "X-Powered-By" in headers:
        yield "says what it is made of"


def test_so_does_an_error_and_a_file(https: FlaskClient) -> None:
    def breaks() -> None:
        raise RuntimeError("broken on purpose")

    breaks.door = https.application.view_functions["info.contact"].door  # type: ignore[attr-defined]
    https.application.view_functions["info.contact"] = breaks
    for address, status in (
        ("/info/contact", 500),
        ("/nowhere", 404),
        ("/static/nothing.css", 404),
        ("/static/css/ui.css", 200),
    ):
        with https.get(address) as answer:
            assert answer.status_code == status
            assert not list(faults(answer.headers, address)), address
            assert "broken on purpose" not in answer.text


def test_so_does_a_compressed_file(https: FlaskClient) -> None:
    settings = https.application.extensions["outside"].config
    publish(settings)
    portal = create_app(settings, lambda _config: https.application.extensions["outside"])
    portal.test_client_class = Browser
    with portal.test_client().get("/static/css/ui.css", headers={"Accept-Encoding": "br"}) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        assert not list(faults(answer.headers, "/static/css/ui.css"))


def test_development_pages_do_not_exist_in_production(https: FlaskClient) -> None:
    for path in (
        "/outbox",
        "/outbox/letters/run-000001/a.pdf",
        "/outbox/messages/a",
        "/styleguide",
        "/styleguide/dialog",
    ):
        assert https.get(path).status_code == 404
    cookie = https.get("/sign-in?lang=de").headers["Set-Cookie"]
    assert cookie.startswith("__Host-portal=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
