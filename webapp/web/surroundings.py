"""What surrounds every page: fund, languages, menu, and when the session ends."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, url_for

from webapp.accounts.topics import Topic, level_of
from webapp.config import SESSION_WARNING
from webapp.web import context
from webapp.web.languages import choices, language
from webapp.web.navigation import menu, own_account, own_login, tabs


@dataclass(frozen=True)
class Reminder:
    """Where and when (seconds from now) the end of the session is announced."""

    url: str
    seconds: int


def _may(topic: str, level: str) -> bool:
    """Whether whoever is here may do this for the company: ``may("administration", "read")``."""
    return context.my_rights().allows(Topic(topic), level_of(level))


def _surroundings() -> dict[str, Any]:
    person, config, spoken = context.me_or_nobody(), context.outside().config, language()
    ends = context.my_session().ends_at() if person else None
    warning = None
    if ends is not None:
        seconds = int((ends - SESSION_WARNING - context.now()).total_seconds())
        warning = Reminder(url_for("sign_in.warning"), max(seconds, 1))
    return {
        "fund": config.fund,
        "portal": config.address,
        "development": config.development,
        "language": spoken,
        "lang": f"{spoken}-CH",
        "languages": choices,
        "me": person,
        "may": _may,
        "administers": lambda: context.my_rights().administrator,
        "may_choose": person is not None and context.my_session().has_mandates,
        "employer": context.my_employer,
        "acting_from": context.acting_from,
        "navigation": tabs,
        "own_login": own_login,
        "own_menu": menu,
        "session_ends": ends,
        "session_warning": warning,
    }


def init_app(app: Flask) -> None:
    """For every template that is rendered as a page; what only its header shows is asked for by the header."""
    app.context_processor(_surroundings)
    app.jinja_env.globals["own_account"] = own_account  # the macro of headings sees no context
