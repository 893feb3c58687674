"""Every file on the shelf is a login method; a new one is held to this the moment it exists."""

from inspect import signature

import pytest
from flask import Flask

from webapp.login_methods.method import LoginMethod
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


def test_an_unknown_method_is_not_found(app: Flask) -> None:
    assert "carrier-pigeon" not in shelf()
