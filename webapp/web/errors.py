"""Errors as pages: what happened, in a sentence, and a way on."""

from typing import Any

from flask import Flask, Response
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from webapp.web.pages import page

KNOWN = {400, 403, 404, 405, 413, 422, 429}


def _answer(error: HTTPException) -> Response | HTTPException:
    code = error.code or 500
    if code in KNOWN:
        return page(f"errors/{code}.html", status=code)
    return page("errors/500.html", status=code) if code >= 500 else error


def _forged(_error: CSRFError) -> Response:
    return page("errors/csrf.html", status=400)


def init_app(app: Flask) -> None:
    """Every error goes through ``page``; an unexpected one is logged by Flask without the request's contents."""
    handlers: dict[Any, Any] = {CSRFError: _forged, HTTPException: _answer}
    for kind, handler in handlers.items():
        app.register_error_handler(kind, handler)
