"""The words for what is done to several people at once."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.accounts.objections import Objection
from webapp.administration.change import Change
from webapp.upgrade.reminders import NotReminded


@dataclass(frozen=True)
class Words:
    """What a page says about a change."""

    title: str
    follows: str  # what follows from it
    button: Callable[[int], str]
    will: str  # of one person, before
    done: str  # of one person, afterwards
    counted: Callable[[int], str]  # of all


def words_for(change: Change) -> Words:
    """In the language of the page."""
    return {Change.DEACTIVATION: _deactivation, Change.REMINDER: _reminder}[change]()


def _deactivation() -> Words:
    return Words(
        title=_("Deactivate accounts"),
        follows=_(
            "These people are signed out everywhere at once, and can no longer sign in. Letters that wait are not "
            "printed, and codes open nothing any more. Each is told by e-mail. You can activate them again one by one."
        ),
        button=lambda number: ngettext("Deactivate %(num)s account", "Deactivate %(num)s accounts", number),
        will=_("Will be deactivated"),
        done=_("Deactivated"),
        counted=lambda number: ngettext("%(num)s account is deactivated.", "%(num)s accounts are deactivated.", number),
    )


def _reminder() -> Words:
    return Words(
        title=_("Ask again to upgrade"),
        follows=_(
            "These people get an e-mail that asks them to move to the multi-factor login. It orders no letter, and "
            "nobody gets it more than once a week."
        ),
        button=lambda number: ngettext("Write to %(num)s person", "Write to %(num)s people", number),
        will=_("Gets an e-mail"),
        done=_("Asked by e-mail"),
        counted=lambda number: ngettext("%(num)s person is asked again.", "%(num)s people are asked again.", number),
    )


def why_left_out(why: StrEnum) -> str:
    """Why nothing is done to somebody, in a few words."""
    words = {
        Objection.ONESELF: _("Your own account: somebody else has to do it"),
        Objection.ALREADY: _("Already so"),
        Objection.INACTIVE: _("Account not active"),
        Objection.LAST_ADMINISTRATOR: _("The company would have no administrator left"),
        NotReminded.INACTIVE: _("Account not active"),
        NotReminded.ALREADY_UPGRADED: _("Already upgraded"),
        NotReminded.REMINDED: _("Asked less than a week ago"),
    }
    return words[why]
