"""Every file on the shelf is a login method; a new one is held to this the moment it exists."""

from dataclasses import replace
from datetime import timedelta
from inspect import signature

import pytest
from flask import Flask
from sqlmodel import Session

from tests.doors import sign_in
from tests.factories import LONG_AGO, a_user
from tests.pages import Page
from tests.test_routes import ONLY_SQLITE
from webapp.formats import local_day
from webapp.login_methods.method import LoginMethod, Strength
from webapp.login_methods.queries import offered
from webapp.login_methods.shelf import shelf
from webapp.ports import Outside

METHODS = shelf().items()


def test_the_shelf_is_in_order():
    assert list(shelf()) == sorted(shelf(), key=lambda slug: shelf()[slug].order)
    assert len({method.order for method in shelf().values()}) == len(shelf())


@pytest.mark.parametrize(("slug", "method"), METHODS)
def test_a_method_keeps_the_protocol(slug: str, method: LoginMethod) -> None:
    assert slug.isidentifier()
    for name in ("offered", "enrolment_form", "begin", "budgets", "ask", "shown", "proves", "wrong"):
        promised = list(signature(getattr(LoginMethod, name)).parameters)[1:]
        assert list(signature(getattr(method, name)).parameters) == promised


@pytest.mark.parametrize(("slug", "method"), METHODS)
def test_a_method_says_what_it_is(slug: str, method: LoginMethod, app: Flask, outside: Outside) -> None:
    with app.test_request_context():
        assert all(
            str(words)
            for words in (method.label, method.title, method.advice, method.needs, method.risk, method.wrong(3))
        )
        assert hasattr(method.answer_form(), "code")
        assert all(field.label.text for field in method.enrolment_form(outside) if field.name != "csrf_token")


@ONLY_SQLITE
@pytest.mark.parametrize(("slug", "method"), METHODS)
def test_a_method_has_its_pages(slug: str, method: LoginMethod, app: Flask) -> None:
    app.jinja_env.select_template([f"login_methods/questions/{slug}.html", "login_methods/questions/code.html"])
    answer = app.test_client().get(f"/login-methods/{slug}/help?lang=en")
    assert answer.status_code == 200
    assert Page(answer.text).document.query("h1")
    assert bool(method.process) or method.strength is Strength.SPARE
    assert isinstance(method.strength, Strength)
    assert timedelta(0) < method.life <= timedelta(hours=1)


@ONLY_SQLITE
@pytest.mark.parametrize(("slug", "method"), METHODS)
def test_what_is_not_offered_cannot_be_registered(
    slug: str,
    method: LoginMethod,
    app: Flask,
    db: Session,
    outside: Outside,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    config, today = outside.config, local_day(outside.now())
    assert (slug in offered(config, today)) is method.offered(config)
    assert slug not in offered(replace(config, methods_off=(slug,)), today)
    monkeypatch.setattr(type(method), "offered", lambda _self, _config: False)
    assert slug not in offered(config, today)
    user = a_user(db, factor_since=LONG_AGO, upgraded_at=LONG_AGO)
    client = sign_in(app.test_client(), db, outside, user, 2)
    assert client.get(f"/login-methods/{slug}/new").status_code == 404
    assert slug + "/new" not in client.get("/login-methods").text
    information = client.get("/upgrade/information?lang=en").text
    with app.test_request_context("/?lang=en"):
        assert f"<h3>{method.label}</h3>" not in information


def test_an_unknown_method_is_not_found(app: Flask) -> None:
    assert "carrier-pigeon" not in shelf()
