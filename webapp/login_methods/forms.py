"""What is said about an answer to a second factor, the same when it is enrolled and when it is asked for."""

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.formats import clock, clock_with_seconds
from webapp.login_methods.actions import Answer, Asked, Outcome


def explained(answer: Answer) -> str:
    """Why an answer did not count, and what to do."""
    if answer.outcome is Outcome.WRONG:
        return ngettext(
            "This is not the code of the last text message. You have %(num)s more try.",
            "This is not the code of the last text message. You have %(num)s more tries.",
            answer.left,
        )
    if answer.outcome is Outcome.PAUSED:
        return _("Too many wrong codes. You can try again at %(time)s.", time=clock(answer.free_at))
    if answer.outcome is Outcome.NOT_ASKED:
        return _("No code is waiting for an answer. Have one sent first.")
    return _("This code is not valid any more. Have a new one sent.")


def told(asked: Asked) -> tuple[str, str]:
    """What became of a request for a text message: a sentence, and its kind for the status line."""
    if asked.free_at is None:
        return _("We have sent you a text message with a code."), "success"
    sentence = _("You can have the next text message sent from %(time)s.", time=clock_with_seconds(asked.free_at))
    return sentence, "problem"
