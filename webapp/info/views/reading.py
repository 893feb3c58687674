"""Whom to ask, help for each step, what is new, and how data, sessions and accessibility are seen to."""

from datetime import date, timedelta

from flask import Response

from webapp import config
from webapp.formats import local_day
from webapp.info.news import NEWS
from webapp.info.views.blueprint import info
from webapp.login_methods.queries import offered
from webapp.web.access import open_to_anyone
from webapp.web.context import now, outside
from webapp.web.pages import page

ACCESSIBILITY_STATED_ON = date(2026, 11, 28)  # change it with what the page says


@info.get("/contact")
@open_to_anyone
def contact() -> Response:
    """Where the fund is, and when it answers."""
    return page("info/contact.html")


@info.get("/data-protection")
@open_to_anyone
def data_protection() -> Response:
    """What is kept about a person, and why."""
    kept = {"sessions": config.SESSIONS_KEPT, "codes": config.MAILED_CODES_KEPT, "tries": config.TRIES_KEPT}
    return page("info/data_protection.html", **{what: how_long.days for what, how_long in kept.items()})


@info.get("/accessibility")
@open_to_anyone
def accessibility() -> Response:
    """What was tested, how, and what was not."""
    return page(
        "info/accessibility.html",
        stated_on=ACCESSIBILITY_STATED_ON,
        long_sessions=outside().config.long_sessions,
    )


@info.get("/sessions")
@open_to_anyone
def sessions() -> Response:
    """How long one stays signed in."""
    return page(
        "info/sessions.html",
        idle=_minutes(config.SESSION_IDLE),
        idle_long=_minutes(config.SESSION_IDLE_LONG) if outside().config.long_sessions else None,
        warning=_minutes(config.SESSION_WARNING),
        life=_minutes(config.SESSION_LIFE) // 60,
    )


@info.get("/help")
@open_to_anyone
def help_() -> Response:
    """Where each step is explained."""
    return page("info/help.html", methods=offered(outside().config, local_day(now())))


@info.get("/news")
@open_to_anyone
def news() -> Response:
    """What has changed for the people who use the portal."""
    return page("info/news.html", news=NEWS)


def _minutes(time: timedelta) -> int:
    return int(time.total_seconds() // 60)
