"""The administration tab."""

from flask import Response

from webapp.administration.views.way import administration
from webapp.login_methods.queries import held_by
from webapp.login_methods.shelf import shelf
from webapp.web.access import password_is_enough
from webapp.web.context import db, me
from webapp.web.pages import page


@administration.get("")
@password_is_enough
def menu() -> Response:
    """What a person can do about their own access; for administrators, about the others' too."""
    return page("administration/menu.html", held=held_by(db(), me()), methods=shelf())
