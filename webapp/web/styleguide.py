"""Every ui macro in every state on one page; in development only."""

from flask import Blueprint, Response
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FileField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from webapp.web.access import open_to_anyone
from webapp.web.forms import PortalForm, needed, ticked
from webapp.web.pages import page

styleguide = Blueprint("styleguide", __name__)

STEPS = [("offer", _l("Order the code")), ("code", _l("Enter the code")), ("method", _l("Choose a login method"))]


class SampleForm(PortalForm):
    """One field of each kind, with and without a hint."""

    email = StringField(_l("E-mail address"), [needed()], render_kw={"autocomplete": "email", "type": "email"})
    password = PasswordField(_l("Password"), [needed()], render_kw={"autocomplete": "current-password"})
    mobile = StringField(
        _l("Mobile number"),
        [needed()],
        description=_l("For example 079 123 45 67."),
        render_kw={"type": "tel", "autocomplete": "tel"},
    )
    code = StringField(
        _l("Upgrade code"),
        [needed()],
        description=_l("Twelve characters. They are in the letter."),
        render_kw={"class": "code", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    language = SelectField(_l("Language"), choices=[SelectChoice("fr", "Français"), SelectChoice("de", "Deutsch")])
    reason = RadioField(
        _l("Why do you need a new letter?"),
        [needed(_l("Choose a reason."))],
        choices=[
            SelectChoice("late", _l("It has not arrived yet")),
            SelectChoice("lost", _l("It is lost, or someone else may have seen it")),
        ],
    )
    notices = SelectMultipleField(
        _l("E-mails that I want"),
        [needed()],
        choices=[SelectChoice("post", _l("Letters")), SelectChoice("news", _l("News"))],
        description=_l("E-mails about changes to your login always come."),
    )
    terms = BooleanField(_l("I accept the terms of use in force"), [ticked(_l("Accept the terms of use to continue."))])
    longer = BooleanField(_l("I need more time"), description=_l("You then stay signed in for up to 200 minutes."))
    message = TextAreaField(_l("Message"), [Optional()], description=_l("What the fund should know."))
    file = FileField(_l("File"), [Optional()])


@styleguide.route("/styleguide", methods=["GET", "POST"])
@open_to_anyone
def show() -> Response:
    """The guide; POST shows the same page with every error."""
    form = SampleForm()
    refused = form.is_submitted() and not form.validate()
    return page("styleguide.html", form=form, steps=STEPS, status=422 if refused else 200)


@styleguide.get("/styleguide/dialog")
@open_to_anyone
def dialog() -> Response:
    """What the dialog looks like; a page of its own without script."""
    return page("styleguide_dialog.html", form=SampleForm(prefix="dialog-"))
