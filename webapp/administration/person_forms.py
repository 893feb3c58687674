"""What is set right about a person, and the sentence for each reason why something is not done."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, SelectChoice, SelectField, StringField
from wtforms.validators import Length, Optional

from webapp.accounts.actions import Paused
from webapp.accounts.actions.readdressing import Readdressed
from webapp.accounts.newcomer import NotWelcomed
from webapp.accounts.objections import Objection
from webapp.formats import moment
from webapp.web.forms import PortalForm, an_email_address, needed, on_one_line
from webapp.web.languages import OWN_NAMES

LONGEST_NAME = 60  # it stands on one line of an envelope


def _name(label: object, *validators: object) -> StringField:
    longest = Length(max=LONGEST_NAME, message=_l("%(most)s characters at most, please.", most=LONGEST_NAME))
    return StringField(label, [*validators, longest], filters=[on_one_line], render_kw={"autocomplete": "off"})


class PersonForm(PortalForm):
    """Names, e-mail address and language."""

    first_name = _name(_l("First name"), Optional())
    last_name = _name(_l("Last name"), needed(_l("Enter the last name.")))
    email = EmailField(
        _l("E-mail address"),
        [needed(_l("Enter the e-mail address.")), an_email_address()],
        render_kw={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"},
    )
    language = SelectField(
        _l("Language"),
        choices=[SelectChoice(*one) for one in OWN_NAMES.items()],
        description=_l("For pages, letters, e-mails and text messages."),
    )


class NewcomerForm(PersonForm):
    """Somebody new."""

    administrator = BooleanField(
        _l("Administrator rights"), description=_l("Sees all users of the company and orders letters for them.")
    )
    welcome = BooleanField(
        _l("Welcome e-mail"), description=_l("With it, the person chooses a password. Without it, you have to say how.")
    )


def what_of_the_email(became: Readdressed) -> str:
    """What became of another e-mail address."""
    sentences = {
        Readdressed.SAME: "",
        Readdressed.AT_ONCE: _("The new address counts at once. Another welcome e-mail is on its way there."),
        Readdressed.BEGUN: _("The new address counts once the person has activated it with the code that we sent."),
        Readdressed.TAKEN: _("This address cannot be used. Take another one, or call the fund."),
        Readdressed.TOO_OFTEN: _("The address was changed too often. Please try again tomorrow, or call the fund."),
    }
    return sentences[became]


def why_not_welcomed(reason: NotWelcomed | Paused, name: str) -> str:
    """Why no welcome e-mail was sent, and what helps."""
    if isinstance(reason, Paused):
        told = {"name": name, "when": moment(reason.until)}
        return _("%(name)s was sent enough welcome e-mails for today. The next one can go from %(when)s on.", **told)
    sentences = {
        NotWelcomed.INACTIVE: _("This account is not active. Activate it first."),
        NotWelcomed.HAS_PASSWORD: _(
            "%(name)s has a password already. Whoever has forgotten it chooses “Forgotten your password?” to sign in.",
            name=name,
        ),
    }
    return sentences[reason]


def why_not_done(objection: Objection, name: str) -> str:
    """Why somebody stays as they are."""
    sentences = {
        Objection.ONESELF: _(
            "Nobody does this to their own account. Ask another administrator of your company, or call the fund."
        ),
        Objection.ALREADY: _("Nothing was changed: it was so already."),
        Objection.INACTIVE: _("This account is not active. Activate it first."),
        Objection.LAST_ADMINISTRATOR: _(
            "%(name)s is the only active administrator of the company. Give somebody else administrator rights first.",
            name=name,
        ),
    }
    return sentences[objection]
