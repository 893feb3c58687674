"""The words for what is done to several people at once."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from webapp.accounts.objections import Objection
from webapp.administration.change import Change
from webapp.administration.topic_forms import NothingToChoose, SomeTopicsForm
from webapp.upgrade.reminders import NotReminded

Choice = SomeTopicsForm | NothingToChoose


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
    words = {Change.DEACTIVATION: _deactivation, Change.REMINDER: _reminder, Change.PERMISSIONS: _permissions}
    return words[change]()


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


def _permissions() -> Words:
    return Words(
        title=_("Change the permissions"),
        follows=_(
            "What you choose counts at once. A topic that you leave as it is stays so for each person. Each is told by "
            "e-mail."
        ),
        button=lambda number: ngettext(
            "Change the permissions of %(num)s person", "Change the permissions of %(num)s people", number
        ),
        will="",  # the topics themselves are shown
        done=_("Changed"),
        counted=lambda number: ngettext(
            "The permissions of %(num)s person are changed.", "The permissions of %(num)s people are changed.", number
        ),
    )


def chosen_for(change: Change, answers: MultiDict[str, str]) -> Choice:
    """What is chosen for all of them."""
    return SomeTopicsForm(answers) if change is Change.PERMISSIONS else NothingToChoose(answers)


def why_left_out(why: StrEnum) -> str:
    """Why nothing is done to somebody, in a few words."""
    words = {
        Objection.ONESELF: _("Your own account: somebody else has to do it"),
        Objection.ALREADY: _("Already so"),
        Objection.INACTIVE: _("Account not active"),
        Objection.LAST_ADMINISTRATOR: _("The company would have no administrator left"),
        Objection.ADMINISTRATOR: _("Administrator: may do everything anyway"),
        NotReminded.INACTIVE: _("Account not active"),
        NotReminded.ALREADY_UPGRADED: _("Already upgraded"),
        NotReminded.REMINDED: _("Asked less than a week ago"),
    }
    return words[why]
