"""A code by text message to a mobile telephone."""

import secrets
from collections.abc import Mapping
from typing import Any

import phonenumbers
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import TelField, ValidationError

from webapp.config import MESSAGE_CODE_LIFE, Config
from webapp.login_methods.forms import DIGITS, SixDigitsForm, code_field, digits
from webapp.login_methods.method import Asking, Begun, NotProved, Proved, Strength
from webapp.messages.actions import send_sms
from webapp.ports import Outside
from webapp.web.forms import PortalForm, needed

MOBILE = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


class NumberForm(PortalForm):
    """Which telephone."""

    number = TelField(
        _l("Mobile number"),
        [needed(_l("Enter your mobile number."))],
        description=_l("For example 079 123 45 67. The code comes to this telephone each time you sign in."),
        render_kw={"autocomplete": "tel"},
    )

    prefixes: tuple[str, ...] = ()

    def validate_number(self, field: TelField) -> None:
        """A mobile number of Switzerland, or of another country that the fund allows."""
        e164(field.data or "", self.prefixes)


class CodeForm(SixDigitsForm):
    """What the text message says."""

    code = code_field(_l("SMS code"), _l("Enter the code from the text message."), _l("Six digits."))


def e164(typed: str, prefixes: tuple[str, ...]) -> str:
    """The mobile number as +41791234567; ValidationError says what is wrong with another."""
    try:
        number = phonenumbers.parse(typed, "CH")
    except phonenumbers.NumberParseException:
        raise ValidationError(_l("This is not a telephone number. Write it like 079 123 45 67.")) from None
    full = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if not any(full.startswith(prefix) for prefix in prefixes):
        raise ValidationError(_l("Only numbers from these countries are possible: %(list)s.", list=", ".join(prefixes)))
    if not phonenumbers.is_valid_number(number):
        raise ValidationError(_l("This number does not exist. Check that no digit is missing."))
    if phonenumbers.number_type(number) not in MOBILE:
        raise ValidationError(_l("This is not a mobile number. In Switzerland these begin with 075 to 079."))
    return full


def masked(number: str) -> str:
    """+41 79 ••• •• 67: enough to recognise one's own; it never breaks over two lines."""
    return f"{number[:3]} {number[3:5]} ••• •• {number[-2:]}".replace(" ", "\N{NO-BREAK SPACE}")


class Sms:
    """The most used login: nothing to install, any mobile telephone will do."""

    order = 10
    label = _l("SMS login")
    process = "SMS"
    title = _l("Create an SMS login")
    advice = _l("You get a code by text message each time you sign in.")
    needs = _l("Any mobile telephone that receives SMS, and reception where you sign in. Nothing to install.")
    risk = _l(
        "Whoever gets hold of your telephone or your number can read the code, but still needs your password. "
        "A forged page can ask you for it."
    )
    strength = Strength.BASIC
    sends = True
    asks = True
    used_up = False
    by_code = True
    elsewhere = False
    life = MESSAGE_CODE_LIFE
    answer_form = CodeForm

    def offered(self, config: Config) -> bool:
        """Always: every installation has a gateway."""
        return True

    def enrolment_form(self, outside: Outside) -> NumberForm:
        """Asks for the number."""
        form = NumberForm()
        form.prefixes = outside.config.sms_prefixes
        return form

    def begin(self, answers: Mapping[str, Any], outside: Outside) -> Begun:
        """Remember the number."""
        number = e164(answers["number"], outside.config.sms_prefixes)
        return Begun({"number": number}, masked(number))

    def budgets(self, kept: Mapping[str, Any]) -> list[str]:
        """Nobody's telephone is flooded, whoever asks."""
        return [f"number {kept['number']}"]

    def ask(self, kept: Mapping[str, Any], asking: Asking) -> dict[str, Any]:
        """Send a new code."""
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        send_sms(
            asking.db,
            asking.outside,
            user_id=asking.user_id,
            number=kept["number"],
            name="sms_code",
            language=asking.language,
            code=code,
            until=asking.until,
        )
        return {"fingerprint": asking.outside.seal.recognise("sms code", code)}

    def shown(self, kept: Mapping[str, Any], question: Mapping[str, Any] | None, asking: Asking) -> dict[str, Any]:
        """Nothing more."""
        return {}

    def proves(
        self, kept: Mapping[str, Any], question: Mapping[str, Any], typed: str, outside: Outside
    ) -> Proved | NotProved:
        """Whether it is the code that was sent last."""
        given = outside.seal.recognise("sms code", digits(typed))
        return Proved() if secrets.compare_digest(str(question["fingerprint"]), given) else NotProved()

    def wrong(self, left: int) -> str:
        """Only the newest code counts."""
        return ngettext(
            "This is not the code of the last text message. You have %(num)s more try.",
            "This is not the code of the last text message. You have %(num)s more tries.",
            left,
        )


METHOD = Sms()
