"""Ten codes on paper for the day on which another method is missing; each counts once."""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import StringField, ValidationError

from webapp.config import LETTER_CODE_HASH, Config
from webapp.hashing import hash_secret, verify_hash
from webapp.login_methods.method import Asking, Begun, NotProved, Proved, Strength
from webapp.ports import Outside
from webapp.web.forms import PortalForm, needed

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"  # no vowel, nothing that is taken for something else
COUNT = 10
LENGTH = 10  # the first symbol tells the ten apart, nine are drawn: 43 bits
GROUP = 5
FEW = 3


class CodeForm(PortalForm):
    """One of the codes."""

    code = StringField(
        _l("Recovery code"),
        [needed(_l("Enter one of your recovery codes."))],
        description=_l("Ten characters. Capital or small letters, with or without hyphens: all is well."),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code"},
    )

    def validate_code(self, field: StringField) -> None:
        """What can be no code costs no try."""
        count = len(as_typed(field.data or ""))
        if count != LENGTH:
            raise ValidationError(_l("The code has 10 characters. You typed %(count)s.", count=count))


def drawn() -> list[str]:
    """Ten new codes, no two of which begin alike."""
    firsts = secrets.SystemRandom().sample(ALPHABET, COUNT)
    return [first + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1)) for first in firsts]


def as_printed(code: str) -> str:
    """Two groups of five; a letter's code has three of four, so nobody takes one for the other."""
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def as_typed(text: str) -> str:
    """What the person meant: width, case, blanks and hyphens do not count."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(symbol for symbol in plain if symbol.isalnum())


def _peppered(code: str, outside: Outside) -> str:
    return hmac.new(outside.config.pepper.encode(), f"recovery {code}".encode(), hashlib.sha256).hexdigest()


class RecoveryCodes:
    """Kept are the ``new`` codes, sealed, until one was typed back; then only hashes, by a code's first symbol.

    So one hash is compared for each try, not ten, and each has a salt of its own. A set is confirmed by typing a code
    back, which uses nothing up: a box to tick would be ticked by whoever has not kept them, and they are gone then.
    """

    order = 90
    label = _l("Recovery codes")
    process = ""
    title = _l("Create recovery codes")
    advice = _l("Ten codes on paper, each for one sign-in: for the day on which your telephone is lost or broken.")
    needs = _l("A printer or a sheet of paper, and a safe place for it. A new set takes the place of the old one.")
    risk = _l("Whoever finds the sheet still needs your password. Do not keep both in the same place.")
    strength = Strength.SPARE
    sends = False
    asks = False
    used_up = True
    by_code = True
    elsewhere = False
    life = timedelta(minutes=30)  # finding the sheet takes its time
    answer_form = CodeForm

    def offered(self, config: Config) -> bool:
        """Always: paper will do."""
        return True

    def enrolment_form(self, outside: Outside) -> PortalForm:
        """Asks for nothing."""
        return PortalForm()

    def begin(self, answers: Mapping[str, Any], outside: Outside) -> Begun:
        """Draw ten codes."""
        return Begun({"new": drawn()}, _how_many(COUNT))

    def budgets(self, kept: Mapping[str, Any]) -> list[str]:
        """Nothing is used up by asking."""
        return []

    def ask(self, kept: Mapping[str, Any], asking: Asking) -> dict[str, Any]:
        """The sheet asks for nothing."""
        return {}

    def shown(self, kept: Mapping[str, Any], question: Mapping[str, Any] | None, asking: Asking) -> dict[str, Any]:
        """The new codes until one was typed back; afterwards only how many are left."""
        if "new" in kept:
            return {"codes": [as_printed(code) for code in kept["new"]]}
        return {"left": len(kept["left"])}

    def proves(
        self, kept: Mapping[str, Any], question: Mapping[str, Any], typed: str, outside: Outside
    ) -> Proved | NotProved:
        """Whether it is one of the codes that were not used yet; then it is used."""
        code = as_typed(typed)
        if "new" in kept:
            return _typed_back(kept["new"], code, outside)
        first, left, used = code[:1], dict(kept["left"]), dict(kept["used"])
        hashed = left.get(first) or used.get(first)
        if hashed is None or not verify_hash(hashed, _peppered(code, outside)):
            return NotProved()
        if first in used:
            return NotProved(_l("You have used this code before. Cross it out and take another one."))
        used[first] = left.pop(first)
        return Proved({"left": left, "used": used}, _how_many(len(left)), _few_left(len(left)), len(left))

    def wrong(self, left: int) -> str:
        """Perhaps it is from an older sheet."""
        return ngettext(
            "This is none of the codes of your newest set. You have %(num)s more try.",
            "This is none of the codes of your newest set. You have %(num)s more tries.",
            left,
        )


def _typed_back(new: list[str], code: str, outside: Outside) -> Proved | NotProved:
    if not any(secrets.compare_digest(code.encode(), one.encode()) for one in new):
        return NotProved()
    hashed = {one[0]: hash_secret(_peppered(one, outside), LETTER_CODE_HASH) for one in new}
    return Proved({"left": hashed, "used": {}}, _how_many(COUNT))


def _how_many(left: int) -> str:
    """The same in every language: 7/10."""
    return f"{left}/{COUNT}"


def _few_left(left: int) -> str | None:
    if left > FEW:
        return None
    if not left:
        return str(_l("This was your last recovery code. Create a new set now, under “My login”."))
    return ngettext(
        "You have %(num)s recovery code left. Create a new set in time.",
        "You have %(num)s recovery codes left. Create a new set in time.",
        left,
    )


METHOD = RecoveryCodes()
