"""Every slice of the portal, and what they tell each other without importing upwards."""

from flask import Flask

from webapp.accounts import views as accounts
from webapp.accounts.actions import admitting
from webapp.activity.views import activity
from webapp.administration.views import administration, desk_orders, desk_users
from webapp.desk.views import desk
from webapp.home.views import home
from webapp.info.views import info
from webapp.letters.enclosure import enclose
from webapp.letters.models import Purpose
from webapp.letters.views import letters
from webapp.login_methods import rights
from webapp.login_methods.queries import check_methods
from webapp.login_methods.views import certificates, login_methods
from webapp.outbox.views import outbox
from webapp.second_factor.views import second_factor
from webapp.second_factor.views.lost import no_longer_lost
from webapp.second_factor.views.question import ask_at_once
from webapp.upgrade.actions.closing import close_for
from webapp.upgrade.actions.redeeming import enclosures
from webapp.upgrade.views import upgrade
from webapp.web.declared import check_declared
from webapp.web.styleguide import styleguide
from webapp.web.views import web

FOR_PEOPLE = (web, accounts.sign_in, second_factor, home, upgrade, login_methods, letters, administration, info)
ONES_OWN = (accounts.account, activity)
ALWAYS = (*FOR_PEOPLE, *ONES_OWN, certificates, desk, desk_users, desk_orders)
IN_DEVELOPMENT = (outbox, styleguide)


def add(app: Flask, *, development: bool) -> None:
    """Register the pages; the outbox and the style guide exist in development only."""
    for blueprint in ALWAYS + (IN_DEVELOPMENT if development else ()):
        app.register_blueprint(blueprint)
    check_declared(app)
    check_methods(app.extensions["outside"].config)  # a broken login method stops the start, not a person
    for purpose in Purpose:
        enclose(purpose, enclosures)
    if ask_at_once not in accounts.then:
        accounts.then.append(ask_at_once)
    if close_for not in admitting.then:
        admitting.then.append(close_for)
    if no_longer_lost not in rights.then:
        rights.then.append(no_longer_lost)
