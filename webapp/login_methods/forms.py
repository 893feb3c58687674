"""What is said about an answer to a second factor, the same when it is enrolled and when it is asked for."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, ValidationError
from wtforms.validators import Length

from webapp.formats import clock, clock_with_seconds
from webapp.login_methods.actions import Answer, Asked, Keep, Outcome
from webapp.login_methods.method import LoginMethod, Strength
from webapp.login_methods.models import Enrolment
from webapp.web.forms import PortalForm, needed, on_one_line

DIGITS = 6
LONGEST_NAME = 60


def digits(typed: str) -> str:
    """The digits of what was typed."""
    return re.sub(r"[^0-9]", "", typed)


class SixDigitsForm(PortalForm):
    """Six digits, however they are grouped; a method's own form says in ``code`` where they come from."""

    def validate_code(self, field: StringField) -> None:
        """Exactly six."""
        count = len(digits(field.data or ""))
        if count != DIGITS:
            raise ValidationError(_l("The code has 6 digits. You typed %(count)s.", count=count))


def code_field(label: Any, missing: Any, description: Any) -> Any:
    """Where the digits are typed; browsers may fill in a code that has just come."""
    hints = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false", "class": "digits"}
    return StringField(label, [needed(missing)], description=description, render_kw=hints)


class NameForm(PortalForm):
    """What a method is called."""

    name = StringField(
        _l("Name"),
        [Length(max=LONGEST_NAME, message=_l("The name is too long: %(max)d characters at most."))],
        filters=[on_one_line],
        description=_l("By which you recognise it, for example “Office telephone”. You may leave it empty."),
        render_kw={"autocomplete": "off"},
    )


def called(method: LoginMethod, enrolment: Enrolment) -> str:
    """What the person calls it: by the name that was given, else by its kind."""
    return enrolment.name or str(method.label)


def explained(answer: Answer, method: LoginMethod) -> str:
    """Why an answer did not count, and what to do."""
    if answer.why and answer.outcome in (Outcome.WRONG, Outcome.LAPSED):
        return str(answer.why)
    if answer.outcome is Outcome.WRONG:
        return method.wrong(answer.left)
    if answer.outcome is Outcome.PAUSED:
        return _paused(method, clock(answer.free_at))
    if answer.outcome is Outcome.USED:
        return _used(method)
    return _ask_again(answer, method)


def _paused(method: LoginMethod, time: str) -> str:
    if method.by_code:
        return _("Too many wrong codes. You can try again at %(time)s.", time=time)
    return _("This went wrong too often. You can try again at %(time)s.", time=time)


def _used(method: LoginMethod) -> str:
    if method.by_code and method.strength > Strength.SPARE:
        return _("This code has been used already. Wait for the next one.")
    return _("This answer has counted already. Please start again.")


def _ask_again(answer: Answer, method: LoginMethod) -> str:
    if not method.sends:
        return _("This took too long, or was wrong too often. Please start again.")
    if answer.outcome is Outcome.NOT_ASKED:
        return _("No code is waiting for an answer. Have one sent first.")
    return _("This code is not valid any more. Have a new one sent.")


def told(asked: Asked) -> tuple[str, str]:
    """What became of a request for a text message: a sentence, and its kind for the status line."""
    if asked.free_at is None:
        return _("We have sent you a text message with a code."), "success"
    sentence = _("You can have the next text message sent from %(time)s.", time=clock_with_seconds(asked.free_at))
    return sentence, "problem"


def why_it_stays(keep: Keep) -> str:
    """Why a method can't be removed, and what to do first."""
    if keep is Keep.LAST:
        return _("This is your only login method. Register another one first, then you can remove it.")
    if keep is Keep.LAST_STRONG:
        return _("This is your only strong login method. Register another strong one first, then you can remove it.")
    return _("The fund no longer accepts your other login methods. Register another one first, then you can remove it.")
