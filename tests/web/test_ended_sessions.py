"""A session that ends while a form is filled in: said at the sign-in, which leads back to the form."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlmodel import Session

from tests.administration.inside import a_company, comes_in
from tests.factories import PASSWORD
from tests.test_routes import ONLY_SQLITE, rules
from tests.visitor import Visitor
from webapp.config import SESSION_IDLE
from webapp.ports import Outside
from webapp.web.access import Door
from webapp.web.redirects import safe

SENTENCE = "Your session has ended and nothing was sent."


def test_the_form_is_found_again(visitor: Visitor, db: Session, outside: Outside) -> None:
    julia = a_company(db).julia
    comes_in(visitor, db, outside, julia, level=1).follows("Personal settings")
    outside.now.passes(seconds=SESSION_IDLE.total_seconds())  # type: ignore[attr-defined]
    visitor.fills("Telephone for queries", "021 555 01 02").presses("Save").is_at("/sign-in").sees(SENTENCE)
    visitor.fills("E-mail address", julia.email).fills("Password", PASSWORD).presses("Sign in")
    visitor.is_at("/account/settings").finds_in("Telephone for queries", "").does_not_see(SENTENCE)


def test_who_only_asks_for_a_page_is_told_nothing(visitor: Visitor) -> None:
    visitor.goes_to("/account/settings?lang=en").is_at("/sign-in").does_not_see(SENTENCE)


@ONLY_SQLITE
@pytest.mark.usefixtures("db")
def test_every_form_leads_back_to_a_page(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    places = app.url_map.bind("localhost")
    for rule, method, address, door in rules(app):
        if method != "GET" and door is not Door.ANYONE:
            sent_to = urlsplit(app.test_client().open(address, method=method).headers["Location"])
            [back] = parse_qs(sent_to.query)["next"]
            assert safe(back) == back, rule.rule
            assert back != "/", rule.rule
            assert places.test(back, "GET"), rule.rule
