"""The administration tab, and what one may do oneself."""

from flask import Response

from webapp.accounts.queries import waiting_email
from webapp.accounts.topic_words import listed
from webapp.administration.views.way import administration
from webapp.login_methods.queries import held_by
from webapp.login_methods.shelf import shelf
from webapp.web.access import password_is_enough
from webapp.web.context import db, here, me, my_mandate, my_rights
from webapp.web.pages import page


@administration.get("")
@password_is_enough
def menu() -> Response:
    """What a person can do about their own access; for administrators, about the others' too."""
    waiting = waiting_email(db(), me())
    return page("administration/menu.html", held=held_by(db(), me()), methods=shelf(), waiting_email=waiting)


@administration.get("/permissions")
@password_is_enough
def own_permissions() -> Response:
    """What I may do for the company that I am here for."""
    mandate, rights = my_mandate(), my_rights()
    days = mandate[0].days if mandate else None
    return page("administration/own_permissions.html", company=here(), rights=rights, topics=listed(rights), days=days)
