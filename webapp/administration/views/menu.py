"""The administration tab."""

from flask import Response

from webapp.accounts.queries import waiting_email
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
    waiting = waiting_email(db(), me())
    return page("administration/menu.html", held=held_by(db(), me()), methods=shelf(), waiting_email=waiting)
