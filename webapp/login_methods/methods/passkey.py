"""A passkey (WebAuthn): the device signs our question, for our address only, after it has checked who holds it."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlmodel import col, select
from wtforms import HiddenField
from wtforms.validators import Length

from webapp.config import Config
from webapp.formats import day
from webapp.login_methods.authenticator import Doubt, Party, registered, signed, to_register, to_sign_in
from webapp.login_methods.method import Asking, Begun, NotProved, Proved, Strength
from webapp.login_methods.models import Enrolment
from webapp.ports import Outside
from webapp.web.forms import PortalForm, needed

LONGEST = 8_000  # characters of an answer; those of real devices have 500 to 2,000
KNOWN = {  # what devices and password managers say they are (AAGUID): names that are the same in every language
    "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4": "Google Password Manager",
    "adce0002-35bc-c60a-648b-0b25f1f05503": "Chrome on Mac",
    "08987058-cadc-4b81-b6e1-30de50dcbe96": "Windows Hello",
    "9ddd1817-af5a-4672-a2b9-3e3dd95000a9": "Windows Hello",
    "6028b017-b1d4-4c02-b4b3-afcdafc96bb2": "Windows Hello",
    "fbfc3007-154e-4ecc-8c0b-6e020557d7bd": "iCloud Keychain",
    "dd4ec289-e01d-41c9-bb89-70fa845d4bf2": "iCloud Keychain",
    "53414d53-554e-4700-0000-000000000000": "Samsung Pass",
}
DOUBTS = {
    Doubt.WRONG: NotProved(),
    Doubt.UNCHECKED: NotProved(
        _l("Your device has not checked who you are. Set up a fingerprint, a face or a PIN on it, then try again.")
    ),
    Doubt.COPIED: NotProved(
        _l("Somebody may hold a copy of this passkey. Use another method, remove this passkey, and call us.")
    ),
    Doubt.HELD: NotProved(_l("This passkey is registered already. Use another device.")),
}


class EmptyForm(PortalForm):
    """Nothing has to be said before the browser asks."""


class AnswerForm(PortalForm):
    """What the device says, as static/js/passkey.js writes it: JSON."""

    code = HiddenField(
        "JSON",
        [
            needed(_l("Nothing came from your passkey. Press the button and do what your browser asks.")),
            Length(max=LONGEST, message=_l("What came is not the answer of a passkey. Please try again.")),
        ],
    )


class Passkey:
    """The strongest login: what the device signs is of no use on any other page."""

    order = 5
    label = _l("Passkey")
    process = "Passkey"
    title = _l("Create a passkey")
    advice = _l("You confirm with the fingerprint, the face or the PIN of your device. There is no code to type.")
    needs = _l(
        "A computer, a telephone or a security key that a fingerprint, a face or a PIN unlocks. "
        "The browser needs JavaScript. Nothing to install."
    )
    risk = _l(
        "Nobody can read it on its way, and a forged page cannot use it. Whoever can unlock your device can use it. "
        "When you lose the device, you need another method or a new letter."
    )
    strength = Strength.STRONGEST
    sends = False
    asks = True
    used_up = False
    by_code = False
    elsewhere = False
    life = timedelta(minutes=10)
    answer_form = AnswerForm

    def offered(self, config: Config) -> bool:
        """Where the portal has a name, and HTTPS."""
        return Party.at(config.address).possible

    def enrolment_form(self, outside: Outside) -> EmptyForm:
        """Nothing to say."""
        return EmptyForm()

    def begin(self, answers: Mapping[str, Any], outside: Outside) -> Begun:
        """Nothing is known before the device has answered."""
        return Begun({}, "Passkey")

    def budgets(self, kept: Mapping[str, Any]) -> list[str]:
        """Asking costs nobody anything."""
        return []

    def ask(self, kept: Mapping[str, Any], asking: Asking) -> dict[str, Any]:
        """Something to sign; to register also for whom, and which passkeys the person holds already."""
        question = {"challenge": secrets.token_urlsafe(32)}
        if "id" in kept:
            return question
        user = asking.outside.seal.recognise("passkey user", str(asking.user_id))  # says nothing to whoever reads it
        return question | {"user": user, "held": _held(asking)}

    def shown(self, kept: Mapping[str, Any], question: Mapping[str, Any] | None, asking: Asking) -> dict[str, Any]:
        """``options``: JSON for the browser; ``address``: the only one at which it works."""
        if question is None:
            return {}
        config = asking.outside.config
        party = Party.at(config.address)
        if "id" in kept:
            options = to_sign_in(party, kept, question)
        else:
            options = to_register(party, config.fund.name(asking.language), asking.email, question)
        return {"options": options, "address": party.origin}

    def proves(
        self, kept: Mapping[str, Any], question: Mapping[str, Any], typed: str, outside: Outside
    ) -> Proved | NotProved:
        """Whether this question was signed, at our address, by this passkey, after a look at who holds it."""
        party = Party.at(outside.config.address)
        if "id" in kept:
            found = signed(party, kept, question, typed)
            return DOUBTS[found] if isinstance(found, Doubt) else Proved(found if found != kept else None)
        found = registered(party, question, typed)
        if isinstance(found, Doubt):
            return DOUBTS[found]
        return Proved(found, f"{KNOWN.get(found['kind'], 'Passkey')}, {day(outside.now())}")

    def wrong(self, left: int) -> str:
        """There is nothing to do but to try again."""
        return ngettext(
            "The answer of your passkey was not right. You have %(num)s more try.",
            "The answer of your passkey was not right. You have %(num)s more tries.",
            left,
        )


def _held(asking: Asking) -> list[dict[str, Any]]:
    """The person's passkeys, by which the browser knows a device that has one: ``id`` (base64url), ``transports``."""
    of_person = select(Enrolment).where(
        col(Enrolment.user_id) == asking.user_id,
        col(Enrolment.method) == "passkey",
        col(Enrolment.confirmed_at).is_not(None),
        col(Enrolment.removed_at).is_(None),
    )
    kept = [asking.outside.seal.open(enrolment.kept) for enrolment in asking.db.exec(of_person)]
    return [{"id": one["id"], "transports": one["transports"]} for one in kept]


METHOD = Passkey()
