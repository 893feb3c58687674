"""What somebody is called, and whatever they write, stays words: on every page, in every fragment, in every e-mail."""

import pytest
from flask import Flask
from jinja2 import Environment
from justhtml import JustHTML
from sqlmodel import Session
from werkzeug.test import TestResponse

from tests.attacks.arranging import a_letter
from tests.attacks.injected import PAYLOADS, came_alive, shown
from tests.conftest import PROVE
from tests.doors import sign_in
from tests.factories import LONG_AGO, a_clerk, a_user, an_administrator, an_employer
from tests.pages import Page
from tests.test_routes import ONLY_SQLITE, rules
from webapp.accounts.models import User
from webapp.config import ROOT
from webapp.letters.actions import start_run
from webapp.letters.models import AddressReport, Reason
from webapp.login_methods.models import Enrolment
from webapp.ports import Outside
from webapp.upgrade.actions import ordering

pytestmark = [ONLY_SQLITE, pytest.mark.usefixtures("without_tokens")]
HTMX = {"HX-Request": "true", "HX-Target": "main"}


class Lenient(Page):
    """A page that a browser would have to guess at."""

    def __init__(self, html: str) -> None:
        self.document = JustHTML(html, sanitize=False)


TOLD = PAYLOADS if PROVE else [" ".join(PAYLOADS[first::4]) for first in range(4)]


@pytest.fixture(params=TOLD, ids=range(len(TOLD)))
def payload(request: pytest.FixtureRequest) -> str:
    """What everything is called."""
    return str(request.param)


def called(db: Session, outside: Outside, payload: str) -> tuple[User, User, User]:
    """An administrator, a colleague and a clerk with such names, and everything they can leave behind."""
    words = {"first_name": payload, "last_name": payload, "town": payload, "address_lines": [payload]}
    employer = an_employer(db, name=payload)
    boss, user = an_administrator(db, employer, **words), a_user(db, employer, **words)
    upgraded = {"factor_since": LONG_AGO, "upgraded_at": LONG_AGO}
    clerk = a_clerk(db, first_name=payload, last_name=payload, **upgraded)
    for person in (boss, user):
        db.add(AddressReport(user_id=person.id, reported_at=outside.now(), remark=payload))
        a_letter(db, person, outside.now())
    ordering.ask_administrators(db, outside, user)
    kept = outside.seal.close({"number": "+41795550101"})
    shown_as = {"kept": kept, "shown_as": payload, "started_at": LONG_AGO, "confirmed_at": LONG_AGO}
    db.add(Enrolment(user_id=clerk.id, method="sms", **shown_as))
    db.commit()
    return boss, user, clerk


def kept_as_a_file(answer: TestResponse) -> bool:
    """Whether the browser saves it instead of showing it, and guesses no other type."""
    saved = answer.headers.get("Content-Disposition", "").startswith("attachment")
    return saved and answer.mimetype != "text/html" and answer.headers["X-Content-Type-Options"] == "nosniff"


def test_no_word_comes_alive(payload: str, app: Flask, db: Session, outside: Outside) -> None:
    boss, user, clerk = called(db, outside, payload)
    read = set()
    for person, level in ((boss, 1), (user, 1), (clerk, 2)):
        client = sign_in(app.test_client(), db, outside, person, level)
        client.post("/upgrade/wishes")  # the names of the administrators are announced
        client.post("/upgrade/letters", data={"reason": payload})
        for _rule, method, address, _door in rules(app):
            if method == "POST" or address.startswith(("/readyz", "/styleguide", "/outbox", "/logo", "/brand")):
                continue
            for headers in ({}, HTMX):
                answer = client.get(address, headers=headers, query_string={"next": payload, "x": payload})
                if kept_as_a_file(answer):
                    continue
                page = Lenient(answer.text)
                assert not came_alive(page), f"{address} {headers}"
                read.update([address] if shown(page) else [])
    assert {"/upgrade/letter", "/upgrade/address-report", "/desk/addresses", "/desk/wishes", "/login-methods"} <= read


def test_nor_what_is_typed_wrongly(payload: str, app: Flask, db: Session, outside: Outside) -> None:
    stranger = app.test_client()
    client = sign_in(app.test_client(), db, outside, an_administrator(db), 1)
    tried = [stranger.post("/sign-in", data={"email": payload, "password": payload}, query_string={"next": payload})]
    tried.append(client.post("/upgrade/code", data={"code": payload}))
    tried.append(client.post("/upgrade/address-report", data={"remark": payload + "x" * 500}))
    tried.append(stranger.get(f"/{payload}"))
    pages = [Lenient(answer.text) for answer in tried]
    assert [came_alive(page) for page in pages] == [[]] * 4
    assert shown(pages[0])
    assert shown(pages[1])


def test_nor_does_an_e_mail_or_a_letter(payload: str, db: Session, outside: Outside) -> None:
    called(db, outside, payload)
    outside.now.passes(days=2)
    anyone = an_administrator(db, an_employer(db, name=payload), first_name=payload, address_lines=[payload])
    ordering.order_letters(db, outside, [anyone], by=anyone, reason=Reason.FIRST)
    start_run(db, outside, None)
    ordering.report_address(db, outside, anyone, payload)
    assert outside.press.printed
    mails = [Lenient(mail.html) for mail in outside.mailer.sent]
    assert len(mails) >= 2
    assert not [fault for mail in mails for fault in came_alive(mail)]
    assert not [fault for html in outside.press.printed for fault in came_alive(Lenient(html))]
    for mail in outside.mailer.sent:
        assert "\n" not in mail.subject


def test_the_harness_sees_what_is_not_escaped() -> None:
    careless = Environment(autoescape=False)
    inside = careless.from_string("<title>{{ x }}</title><textarea>{{ x }}</textarea><p>{{ x }}<input value='{{ x }}'>")
    inside_too = careless.from_string('<p title="{{ x }}"><a href="{{ x }}">')
    caught = [came_alive(Lenient(one.render(x=payload))) for payload in PAYLOADS for one in (inside, inside_too)]
    assert sum(map(bool, caught)) >= len(PAYLOADS)
    assert not came_alive(Lenient("<p>canary</p><input value=canary>"))


def test_nothing_is_trusted_unescaped() -> None:
    templates = [path.read_text() for path in (ROOT / "templates").rglob("*.*")]
    sources = [path.read_text() for path in (ROOT / "webapp").rglob("*.py")]
    assert not [text for text in templates if "|safe" in text.replace(" ", "") or "autoescape false" in text]
    assert not [text for text in sources if "Markup(" in text]
