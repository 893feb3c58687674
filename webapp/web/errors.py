"""Errors as pages: what happened, in a sentence, and a way on."""

from typing import Any

from flask import Flask, Response, current_app, g
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from webapp.database import reading
from webapp.web.context import db
from webapp.web.pages import page

KNOWN = {400, 403, 404, 405, 413, 422, 429}


def _answer(error: HTTPException) -> Response | HTTPException:
    code = error.code or 500
    if code in KNOWN:
        return page(f"errors/{code}.html", status=code)
    return page("errors/500.html", status=code) if code >= 500 else error


def _forged(_error: CSRFError) -> Response:
    return page("errors/csrf.html", status=400)


def _busy(error: OperationalError) -> Response:
    """The database is locked, full or away: what was asked for was not done, and nothing is half done."""
    db().rollback()
    reading.set(True)  # the page that says so must not itself wait for the lock
    g.only_asking = True
    current_app.logger.error("the database does not answer: %s", type(error.orig).__name__)
    response = page("errors/503.html", status=503)
    response.headers["Retry-After"] = "30"
    return response


def init_app(app: Flask) -> None:
    """Every error goes through ``page``; an unexpected one is logged by Flask without the request's contents."""
    handlers: dict[Any, Any] = {CSRFError: _forged, HTTPException: _answer, OperationalError: _busy}
    for kind, handler in handlers.items():
        app.register_error_handler(kind, handler)
