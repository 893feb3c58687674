"""A certificate of the person's own, presented by the browser: a file, a card, a token, a former SuisseID."""

import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import HiddenField

from webapp.config import Config
from webapp.login_methods.certificates.checking import Refusal
from webapp.login_methods.method import Asking, Begun, NotProved, Proved, Strength
from webapp.ports import Outside
from webapp.web.forms import PortalForm

SENTENCES = {
    Refusal.MISSING: _l(
        "Your browser has presented no certificate. Check that it is installed on this device, or that the card or "
        "token is plugged in. Then close all windows of the browser, open it again and sign in anew."
    ),
    Refusal.UNKNOWN: _l("This certificate comes from an authority that the fund does not accept. Choose another one."),
    Refusal.NOT_YET: _l("This certificate is not valid yet. Try again when its time has begun."),
    Refusal.EXPIRED: _l("This certificate has expired. Choose one that is still valid."),
    Refusal.PURPOSE: _l("This certificate is not made for signing in. Choose the one for authentication."),
    Refusal.REVOKED: _l("This certificate has been revoked. Ask whoever issued it for a new one."),
    Refusal.UNCHECKED: _l(
        "At the moment we cannot find out whether this certificate has been revoked, so we do not accept it. "
        "It is not your fault: please try again later."
    ),
    Refusal.UNSOUND: _l("Something is wrong with this certificate. Ask whoever issued it for a new one."),
}
ELSEWHERE = _l("This answer was not expected here. Please start again.")


class Presentation(PortalForm):
    """Nothing is typed: the browser presents."""

    code = HiddenField()


class Certificate:
    """What a stranger can neither read nor ask for: the key never leaves the device."""

    order = 40
    label = _l("Login by certificate")
    process = _l("Certificate")
    title = _l("Create a login by certificate")
    advice = _l("Your browser presents a certificate that was issued to you, each time you sign in.")
    needs = _l(
        "A certificate for authentication from an authority that the fund accepts, installed in the browser or on a "
        "card or token; a former SuisseID too, where the fund still accepts it."
    )
    risk = _l(
        "A forged page can do nothing with it. It works only where it is installed or plugged in, and until it "
        "expires: register the next one in time."
    )
    strength = Strength.STRONGEST
    sends = False
    asks = True
    used_up = False
    by_code = False
    elsewhere = True
    life = timedelta(minutes=10)
    answer_form = Presentation

    def offered(self, config: Config) -> bool:
        """Where there is a host that asks for certificates."""
        return bool(config.certificate_address)

    def enrolment_form(self, outside: Outside) -> PortalForm:
        """Nothing to say beforehand."""
        return PortalForm()

    def begin(self, answers: Mapping[str, Any], outside: Outside) -> Begun:
        """Whichever is presented first."""
        return Begun({}, "…")

    def budgets(self, kept: Mapping[str, Any]) -> list[str]:
        """Asking uses nothing up."""
        return []

    def ask(self, kept: Mapping[str, Any], asking: Asking) -> dict[str, Any]:
        """A word that is brought to the host of certificates, and counts there once."""
        return {"nonce": secrets.token_urlsafe(24)}

    def shown(self, kept: Mapping[str, Any], question: Mapping[str, Any] | None, asking: Asking) -> dict[str, Any]:
        """Where to present it, and with which word; nothing once something was presented."""
        if question is None or "noted" in question:
            return {}
        word = asking.outside.seal.close({"session": asking.session_id, "nonce": question["nonce"]})
        return {"address": f"{asking.outside.config.certificate_address}/certificate", "word": word.decode()}

    def proves(
        self, kept: Mapping[str, Any], question: Mapping[str, Any], typed: str, outside: Outside
    ) -> Proved | NotProved:
        """Whether this browser has presented a certificate that counts, and the registered one if there is one."""
        noted = question.get("noted")
        if not noted:
            return NotProved(SENTENCES[Refusal.MISSING])
        if not secrets.compare_digest(noted["back"], outside.seal.recognise("certificate", _word_in(typed))):
            return NotProved(ELSEWHERE)
        if "refused" in noted:
            return NotProved(SENTENCES[Refusal(noted["refused"])])
        presented = {name: noted[name] for name in ("sha256", "shown_as")}
        if "sha256" not in kept:
            return Proved(kept=presented, shown_as=presented["shown_as"])
        if not secrets.compare_digest(kept["sha256"], presented["sha256"]):
            return NotProved(_another(kept["shown_as"]))
        return Proved()

    def wrong(self, left: int) -> str:
        """What is said where there is nothing more to say."""
        return ngettext(
            "This certificate does not count. You have %(num)s more try.",
            "This certificate does not count. You have %(num)s more tries.",
            left,
        )


def _another(shown: str) -> Any:
    return _l("This is not the certificate that you have registered. Choose this one: %(shown)s.", shown=shown)


def _word_in(typed: str) -> str:
    """The word that the way back has brought, as JSON."""
    try:
        return str(json.loads(typed)["word"])
    except (ValueError, KeyError, TypeError):
        return ""


METHOD = Certificate()
