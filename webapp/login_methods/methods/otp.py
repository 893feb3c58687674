"""A code that an authenticator app shows anew every half minute (TOTP, RFC 6238)."""

import secrets
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from pyotp import TOTP, random_base32
from pyotp.exceptions import OTPVerificationError

from webapp.config import MESSAGE_CODE_LIFE, Config
from webapp.login_methods.forms import SixDigitsForm, code_field, digits
from webapp.login_methods.method import Asking, Begun, NotProved, Proved, Strength
from webapp.ports import Outside
from webapp.square import draw
from webapp.web.forms import PortalForm

EITHER_WAY = 1  # steps of 30 seconds that a telephone may go ahead or behind
CLOCK_LOOKED_AT = 40  # steps: so far off, a clock is recognised as wrong while the app is set up
TAG = "2346789BCDFGHJKMPQRTVWXY"  # nothing that is taken for something else


class CodeForm(SixDigitsForm):
    """What the app shows."""

    code = code_field(
        _l("Code from the app"),
        _l("Enter the code that the app shows."),
        _l("Six digits. A new code comes every 30 seconds."),
    )


class Otp:
    """Works with any authenticator; what is kept is the key, its tag, and from the first proof on the last ``step``.

    The tag tells two keys of the same person apart, in the app and in our lists; it is no secret.
    """

    order = 20
    label = _l("One-time password (OTP)")
    process = "OTP"
    title = _l("Create an OTP login")
    advice = _l("An app on your telephone or computer shows a new code every 30 seconds. It needs no reception.")
    needs = _l("A free authenticator app on your telephone, or a password manager that can show such codes.")
    risk = _l(
        "Nothing is sent that could be intercepted. A forged page can still ask you for the code. "
        "If you lose the device with the app, you need another login method or a new letter."
    )
    strength = Strength.STRONG
    sends = False
    asks = False
    used_up = False
    by_code = True
    elsewhere = False
    life = MESSAGE_CODE_LIFE
    answer_form = CodeForm

    def offered(self, config: Config) -> bool:
        """Always: it needs nothing of ours but a clock."""
        return True

    def enrolment_form(self, outside: Outside) -> PortalForm:
        """Asks for nothing."""
        return PortalForm()

    def begin(self, answers: Mapping[str, Any], outside: Outside) -> Begun:
        """Draw a key of 160 bits."""
        tag = "".join(secrets.choice(TAG) for _ in range(3))
        return Begun({"key": random_base32(), "tag": tag}, f"PartnerWeb ({tag})")

    def budgets(self, kept: Mapping[str, Any]) -> list[str]:
        """Nothing is used up."""
        return []

    def ask(self, kept: Mapping[str, Any], asking: Asking) -> dict[str, Any]:
        """The app asks for nothing: it shows a code at any time."""
        return {}

    def shown(self, kept: Mapping[str, Any], question: Mapping[str, Any] | None, asking: Asking) -> dict[str, Any]:
        """The key, as a square, as a link and in groups of four; after the first proof never again."""
        if "step" in kept:
            return {}
        key, fund = kept["key"], asking.outside.config.fund.name(asking.language)
        issuer, account = f"PartnerWeb {fund}".replace(":", " "), f"{asking.email} ({kept['tag']})"
        address = TOTP(key).provisioning_uri(name=account, issuer_name=issuer)
        groups = " ".join(key[i : i + 4] for i in range(0, len(key), 4))
        return {"square": draw(address), "address": address, "key": groups, "issuer": issuer, "account": account}

    def proves(
        self, kept: Mapping[str, Any], question: Mapping[str, Any], typed: str, outside: Outside
    ) -> Proved | NotProved:
        """Whether it is the code of now, one step earlier or later; of a later step than any that counted before."""
        app, code = TOTP(kept["key"]), digits(typed)
        try:
            step = app.verify_and_get_timecode(code, for_time=outside.now(), valid_window=EITHER_WAY)
        except OTPVerificationError:
            return NotProved() if "step" in kept else NotProved(_clock_wrong(app, code, outside))
        if step <= kept.get("step", -1):
            return NotProved(_l("This code has been used already. Wait for the next one."))
        return Proved(kept={**kept, "step": step})

    def wrong(self, left: int) -> str:
        """The code changes all the time."""
        return ngettext(
            "This is not the code that the app shows now. You have %(num)s more try.",
            "This is not the code that the app shows now. You have %(num)s more tries.",
            left,
        )


def _clock_wrong(app: TOTP, code: str, outside: Outside) -> Any:
    """What is said of a code of another time, or None; only while the key is shown anyway, and can be no hint."""
    try:
        step = app.verify_and_get_timecode(code, for_time=outside.now(), valid_window=CLOCK_LOOKED_AT)
    except OTPVerificationError:
        return None
    if step < app.timecode(outside.now()):
        return _l(
            "This code has expired, or the clock of your device is slow. Type the newest one. "
            "If that does not help, set the clock to automatic."
        )
    return _l("The key is right, but the clock of your device is fast. Set it to automatic, then type a new code.")


METHOD = Otp()
