"""SuisseID and what came after it: a provider of identities confirms who somebody is, by OpenID Connect."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField

from webapp.config import Config, OpenIdProvider
from webapp.login_methods.method import Asking, Begun, NotProved, Proved, Strength
from webapp.login_methods.openid_answers import Fault, arrival_in, fault_of_arrival, fault_of_identity
from webapp.login_methods.openid_sentences import sentence
from webapp.ports import Inquiry, NotIdentified, Outside, TryAgainLater
from webapp.web.forms import PortalForm, needed

DRAWN = ("state", "nonce", "verifier")


class ProviderForm(PortalForm):
    """Which provider; where there is but one, nothing is asked."""

    provider = RadioField(_l("Where do you have your login?"), [needed(_l("Choose a provider."))])


class ReturnForm(PortalForm):
    """Nothing is typed: the proof comes with the way back."""

    code = HiddenField()


class SuisseId:
    """A login that many people have already, and that the provider has checked."""

    order = 30
    label = _l("SuisseID login")
    process = "SuisseID"
    title = _l("Create a SuisseID login")
    advice = _l(
        "You prove who you are at a provider where you already have a verified login, the successor of SuisseID."
    )
    needs = _l("A verified login at the provider, and what the provider asks for: its app or your telephone, say.")
    risk = _l(
        "The provider learns when you sign in here, but not what you do. Without the provider you can’t sign in: "
        "register a second method, too."
    )
    strength = Strength.STRONG
    sends = False
    asks = True
    used_up = False
    by_code = False
    elsewhere = True
    life = timedelta(minutes=10)
    answer_form = ReturnForm

    def offered(self, config: Config) -> bool:
        """Where the fund has an agreement with a provider."""
        return bool(config.openid_providers)

    def enrolment_form(self, outside: Outside) -> ProviderForm:
        """Asks for the provider, unless there is only one."""
        form = ProviderForm()
        providers = outside.config.openid_providers
        form.provider.choices = [(provider.key, provider.label) for provider in providers]
        if len(providers) == 1:
            del form.provider
        return form

    def begin(self, answers: Mapping[str, Any], outside: Outside) -> Begun:
        """Remember the provider; who the person is there, it says itself."""
        providers = {provider.key: provider for provider in outside.config.openid_providers}
        chosen = providers[answers.get("provider") or next(iter(providers))]
        return Begun({"label": chosen.label, "issuer": chosen.issuer}, chosen.label)

    def budgets(self, kept: Mapping[str, Any]) -> list[str]:
        """Nothing of ours is used up."""
        return []

    def ask(self, kept: Mapping[str, Any], asking: Asking) -> dict[str, Any]:
        """Draw what ties the answer to this question; nothing is asked of anybody yet."""
        drawn = {name: secrets.token_urlsafe(32) for name in DRAWN}
        return drawn | {"asked_at": asking.outside.now().timestamp()}

    def shown(self, kept: Mapping[str, Any], question: Mapping[str, Any] | None, asking: Asking) -> dict[str, Any]:
        """Whose page comes next, and its address; without one when the provider is silent, or is one no more."""
        provider = _provider(kept, asking.outside.config)
        if provider is None or question is None:
            return {"gone": provider is None, "provider": kept["label"]}
        asking.db.rollback()  # nothing is held while another site is asked
        try:
            address = asking.outside.openid.address(_inquiry(provider, question), asking.language)
        except TryAgainLater:
            address = None
        return {"provider": provider.label, "address": address}

    def proves(
        self, kept: Mapping[str, Any], question: Mapping[str, Any], typed: str, outside: Outside
    ) -> Proved | NotProved:
        """Whether the provider confirms the person, for this question, as strictly and as freshly as the fund asks.

        The first time, whoever is confirmed is kept; from then on it must be the same person at the same provider.
        """
        provider = _provider(kept, outside.config)
        if provider is None:
            return NotProved(sentence(Fault.GONE, str(kept["label"])))
        arrival = arrival_in(typed)
        fault = fault_of_arrival(arrival, str(question["state"]))
        if fault:
            return NotProved(sentence(fault, provider.label))
        try:
            inquiry, now = _inquiry(provider, question), outside.now()
            identity = outside.openid.identity(inquiry, arrival.code or "", arrival.issuer, now)
        except TryAgainLater:
            return NotProved(sentence(Fault.UNREACHABLE, provider.label))
        except NotIdentified as refused:
            return NotProved(sentence(Fault(refused.doubt.value), provider.label))
        asked_at = datetime.fromtimestamp(question["asked_at"], UTC)
        if fault := fault_of_identity(identity, provider, asked_at, now, kept):
            return NotProved(sentence(fault, provider.label))
        bound = {"label": provider.label, "issuer": identity.issuer, "subject": identity.subject}
        return Proved() if "subject" in kept else Proved(kept=bound, shown_as=provider.label)

    def wrong(self, left: int) -> str:
        """Said only when there is nothing better to say."""
        return sentence(Fault.INCOMPLETE, str(self.label))


def _provider(kept: Mapping[str, Any], config: Config) -> OpenIdProvider | None:
    """The provider of the settings that ``kept`` was begun with; its address counts, whatever it is called now."""
    return next((provider for provider in config.openid_providers if provider.issuer == kept["issuer"]), None)


def _inquiry(provider: OpenIdProvider, question: Mapping[str, Any]) -> Inquiry:
    return Inquiry(provider, *(str(question[name]) for name in DRAWN))


METHOD = SuisseId()
