"""Upgrade now? The question after signing in, the answer "not now", and what there is to know before."""

from flask import Response
from flask_babel import gettext as _

from webapp.formats import local_day
from webapp.login_methods.queries import offered
from webapp.upgrade import question as rules
from webapp.upgrade.actions import closing
from webapp.upgrade.views.way import before_a_method, standing, upgrade
from webapp.web import redirects
from webapp.web.access import open_to_anyone, part_of_the_upgrade
from webapp.web.announcements import announce
from webapp.web.context import db, me, my_session, now, outside
from webapp.web.pages import page


@upgrade.get("/question")
@part_of_the_upgrade
@before_a_method
def question() -> Response:
    """Upgrade now? Asked after signing in, unless it was put off."""
    config, today = outside().config, local_day(now())
    if not rules.due(standing().postponed_at, now(), today, config.question_every, config.deadline):
        return redirects.to("home.show")
    optional = rules.may_be_put_off(today, config.deadline)
    return page("upgrade/question.html", standing=standing(), optional=optional, deadline=config.deadline)


@upgrade.post("/postponement")
@part_of_the_upgrade
def postpone() -> Response:
    """Not now."""
    closing.postpone(db(), outside(), me())
    announce(_("You can upgrade at any time: open “Administration”."))
    return redirects.to("home.show")


@upgrade.get("/information")
@open_to_anyone
def information() -> Response:
    """What PartnerWeb 2.0 brings, what is needed, and the risks of each method."""
    return page("upgrade/information.html", methods=offered(outside().config, local_day(now())))


@upgrade.post("/completion")
@part_of_the_upgrade
def complete() -> Response:
    """Close: from now on both factors are asked for, and PartnerWeb 2.0 opens."""
    if my_session().level == 2 and closing.close(db(), outside(), me(), my_session()):
        announce(_("Your multi-factor login is active. Welcome to PartnerWeb 2.0."), "success")
    return redirects.to("home.show")
