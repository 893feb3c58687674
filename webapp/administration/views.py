"""The administration tab."""

from flask import Blueprint, Response

from webapp.login_methods.queries import held_by
from webapp.web.access import password_is_enough
from webapp.web.context import db, me
from webapp.web.pages import page

administration = Blueprint("administration", __name__, url_prefix="/administration")


@administration.get("")
@password_is_enough
def menu() -> Response:
    """What a person can do about their own access."""
    return page("administration/menu.html", held=held_by(db(), me()))
