"""Providers of identities by OpenID Connect, with Authlib: where somebody is sent, and whom the answer stands for."""

import logging
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any
from urllib.parse import quote_plus, urlsplit

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc.jwk import KeySet
from requests.auth import HTTPBasicAuth

from webapp.config import Config, OpenIdProvider
from webapp.gateways.careful_http import CarefulAdapter, Hurry
from webapp.gateways.openid_token import GARBAGE, UnknownKey, identity_in, signing_keys
from webapp.ports import Doubt, Identity, Inquiry, NotIdentified, TryAgainLater

FRESH = 3600.0  # seconds for which what a provider says of itself is believed
NOT_SO_SOON = 30.0  # seconds between two looks at its keys
PAUSE = 5.0  # seconds before a provider is asked again that did not answer
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Known:
    """What a provider says of itself, and when it was asked."""

    says: dict[str, Any]
    keys: KeySet
    at: float


class AuthlibOpenId:
    """Each provider of the settings; ``authority`` is a file of certificates, when the usual ones are not enough."""

    def __init__(self, config: Config, authority: str | None = None) -> None:
        self._back_to = f"{config.address}/login-methods/arrival"
        self._authority = authority
        self._known: dict[OpenIdProvider, Known] = {}
        self._failed_at: dict[OpenIdProvider, float] = {}
        self._hurry = Hurry()

    def address(self, inquiry: Inquiry, language: str) -> str:
        """The provider's page, with everything that it is to know."""
        provider = inquiry.provider
        says = self._hurry(self._look, provider).says
        with self._session(provider) as session:
            address, _state = session.create_authorization_url(
                says["authorization_endpoint"],
                state=inquiry.state,
                code_verifier=inquiry.verifier,
                nonce=inquiry.nonce,
                max_age=f"{provider.max_age.total_seconds():.0f}",
                acr_values=" ".join(provider.acr),
                ui_locales=language,
            )
        return str(address)

    def identity(self, inquiry: Inquiry, code: str, issuer: str | None, now: datetime) -> Identity:
        """Whoever the signed token names, once everything in it has been looked at that belongs to the protocol."""
        return self._hurry(self._identity, inquiry, code, issuer, now)

    def _identity(self, inquiry: Inquiry, code: str, issuer: str | None, now: datetime) -> Identity:
        provider = inquiry.provider
        known = self._look(provider)
        expected = known.says.get("authorization_response_iss_parameter_supported") is True
        if issuer != provider.issuer and (issuer is not None or expected):
            raise NotIdentified(Doubt.ISSUER)
        token = self._redeem(inquiry, code, known)
        return self._verified(inquiry, token, known, now)

    def _redeem(self, inquiry: Inquiry, code: str, known: Known) -> dict[str, Any]:
        provider = inquiry.provider
        ways = known.says.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        by_header = provider.client_secret and "client_secret_basic" in ways
        name, secret = quote_plus(provider.client_id), quote_plus(provider.client_secret)  # RFC 6749, 2.3.1
        try:
            with self._session(provider) as session:
                token = session.fetch_token(
                    known.says["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=inquiry.verifier,
                    auth=HTTPBasicAuth(name, secret) if by_header else None,
                    allow_redirects=False,
                )
        except OAuthError as refused:
            if refused.error == "invalid_grant":
                raise NotIdentified(Doubt.CODE) from None
            log.warning("%s does not know us: %s", provider.key, _word(refused.error))
            raise TryAgainLater("the provider refused our own account") from None
        except (requests.RequestException, ValueError, TypeError, AttributeError) as problem:
            raise TryAgainLater(f"the provider gave no token: {type(problem).__name__}") from None
        return dict(token)

    def _verified(self, inquiry: Inquiry, token: dict[str, Any], known: Known, now: datetime) -> Identity:
        """Whom the token names; an unknown key is looked for once more, but not all the time."""
        try:
            return identity_in(token, inquiry, known.keys, now)
        except UnknownKey:
            pass
        try:
            return identity_in(token, inquiry, self._look(inquiry.provider, NOT_SO_SOON).keys, now)
        except UnknownKey:
            raise NotIdentified(Doubt.TOKEN) from None

    def _look(self, provider: OpenIdProvider, fresh: float = FRESH) -> Known:
        """What the provider says of itself; TryAgainLater when it says nothing, nonsense, or that it is another."""
        known, failed_at = self._known.get(provider), self._failed_at.get(provider, -PAUSE)
        if known and monotonic() - known.at < fresh:
            return known
        if monotonic() - failed_at < PAUSE:
            raise TryAgainLater("the provider did not answer a moment ago")
        try:
            with self._session(provider) as session:
                says = _get(session, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
                if says["issuer"] != provider.issuer or not all(_as_safe(says[name], provider) for name in ENDPOINTS):
                    raise ValueError(
                        "the provider says that it is another, or lives at an address that anybody can read"
                    )
                known = Known(says, signing_keys(_get(session, says["jwks_uri"])), monotonic())
        except (requests.RequestException, *GARBAGE) as problem:
            self._failed_at[provider] = monotonic()
            log.warning("%s can't be asked: %s", provider.key, type(problem).__name__)
            raise TryAgainLater(f"the provider does not answer: {type(problem).__name__}") from None
        self._known[provider] = known
        return known

    def _session(self, provider: OpenIdProvider) -> OAuth2Session:
        session = OAuth2Session(
            provider.client_id,
            provider.client_secret or None,
            scope=" ".join(provider.scopes),
            redirect_uri=self._back_to,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_post" if provider.client_secret else "none",
        )
        session.headers["Accept-Encoding"] = "identity"  # nothing unpacks to more than was read
        session.mount("https://", CarefulAdapter(self._authority))
        session.mount("http://", CarefulAdapter())
        return session


def _get(session: OAuth2Session, address: str) -> dict[str, Any]:
    answer = session.get(address, withhold_token=True, allow_redirects=False)
    if answer.status_code != 200:
        raise ValueError(f"{answer.status_code} where 200 is expected")
    return dict(answer.json())


def _as_safe(address: str, provider: OpenIdProvider) -> bool:
    """As well as the provider's own address is."""
    scheme = urlsplit(address).scheme
    return scheme == "https" or scheme == urlsplit(provider.issuer).scheme


def _word(text: Any) -> str:
    """What a provider says, fit for a log."""
    return "".join(sign for sign in str(text)[:60] if sign.isascii() and (sign.isalnum() or sign == "_"))
