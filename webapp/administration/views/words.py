"""What the columns hold, in words; the same on the page and in the files."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from flask_babel import get_translations

from webapp.administration.queries.letters import Event, Happened
from webapp.administration.wanted import Sort
from webapp.formats import day
from webapp.login_methods.method import Strength
from webapp.login_methods.shelf import shelf
from webapp.upgrade.state import State
from webapp.web.languages import OWN_NAMES

LETTERS_OF_LANGUAGES = {"fr": "F", "de": "A", "it": "I", "en": "E"}  # as the guide has them


def columns(*, with_company: bool) -> list[tuple[Sort, str]]:
    """The columns with their headings, in order."""
    _ = get_translations().gettext  # once for all of them: to look for it costs more than a word
    told = [
        (Sort.NAME, _("Name, first name")),
        (Sort.EMAIL, _("E-mail address")),
        (Sort.LANGUAGE, _("Lg")),
        (Sort.STATUS, _("Status")),
        (Sort.SINCE, _("Act. date")),
        (Sort.PROCESS, _("Process")),
        (Sort.LETTER, _("Letter")),
    ]
    return [told[0], (Sort.COMPANY, _("Company")), *told[1:]] if with_company else told


def statuses() -> dict[str, str]:
    """Whether somebody may sign in."""
    _ = get_translations().gettext
    return {"active": _("Active"), "new": _("No password yet"), "inactive": _("Inactive")}


def letter_states() -> dict[str, str]:
    """Where a letter stands, in the fewest words."""
    _ = get_translations().gettext
    return {
        State.NOT_ASKED: _("Not ordered"),
        State.WAITING: _("Ordered"),
        State.HELD: _("Held: address wrong"),
        State.PRINTED: _("Printed"),
        State.POSTED: _("Posted"),
        State.RETURNED: _("Came back"),
        State.EXPIRED: _("Code expired"),
        State.UPGRADED: _("Upgraded"),
    }


def processes() -> dict[str, str]:
    """The login methods as the guide names them, and having none."""
    _ = get_translations().gettext
    return {"password": _("Password only"), **{slug: str(process) for slug, process in of_methods().items()}}


def processes_of(slugs: Sequence[str], *, new: bool) -> str:
    """All that somebody holds, in a row; whoever is ``new`` has not even a password."""
    if new and not slugs:
        _ = get_translations().gettext
        return _("None yet")
    return ", ".join(processes()[slug] for slug in slugs or ["password"])


def of_methods() -> dict[str, Any]:
    """The words for those who have one, by its slug; spare codes are no process."""
    return {slug: method.process for slug, method in shelf().items() if method.strength > Strength.SPARE}


def events() -> dict[str, str]:
    """What happens to a letter and to its code."""
    _ = get_translations().gettext
    return {
        Event.ORDERED: _("Ordered"),
        Event.HELD: _("Held: address wrong"),
        Event.WITHDRAWN: _("Withdrawn, never printed"),
        Event.PRINTED: _("Printed"),
        Event.POSTED: _("Posted"),
        Event.RETURNED: _("Came back from the post"),
        Event.USED: _("Code used"),
        Event.VOIDED: _("Code made void"),
        Event.EXPIRED: _("Code expired"),
    }


def who(happened: Happened, *, at_the_fund: bool) -> str:
    """By whom; the fund's people are named at the fund only."""
    _ = get_translations().gettext
    if happened.by and (at_the_fund or not happened.by.clerk):
        return happened.by.full_name
    return _("The fund") if happened.by or happened.event in (Event.PRINTED, Event.POSTED) else "–"


def languages() -> dict[str, str]:
    """Each in its own words."""
    return OWN_NAMES


def status_of(row: Any) -> str:
    """``active``, ``new`` or ``inactive``."""
    return "inactive" if row.deactivated_at else "new" if row.new_here else "active"


class Line(NamedTuple):
    """A person as text, in the order of ``columns``; then the day on which a code was asked for."""

    name: str
    company: str  # empty where only one is shown
    email: str
    language: str
    status: str
    since: str
    process: str
    letter: str
    asked: str


def reader(*, with_company: bool) -> Callable[[Any], Line]:
    """What makes a line of a row; the words are looked up once for all of them."""
    told, letters, spoken = statuses(), letter_states(), LETTERS_OF_LANGUAGES
    using = {"": "", **{slug: str(process) for slug, process in of_methods().items()}}

    def read(row: Any) -> Line:
        return Line(
            f"{row.last_name}, {row.first_name}"
            if row.last_name and row.first_name
            else row.last_name or row.first_name,
            row.company if with_company else "",
            row.email,
            spoken.get(row.language, ""),
            told[status_of(row)],
            day(row.activated_at),
            using[row.process],
            letters[row.letter],
            day(row.asked_at),
        )

    return read
