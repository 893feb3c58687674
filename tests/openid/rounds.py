"""A whole round with a provider that the test serves, without the portal."""

from datetime import UTC, datetime
from typing import Any

from tests.openid.forger import Forger
from webapp.config import Config, OpenIdProvider
from webapp.gateways.openid_authlib import AuthlibOpenId
from webapp.ports import Identity, Inquiry

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def inquiry(provider: OpenIdProvider) -> Inquiry:
    """A question."""
    return Inquiry(provider, "state" * 9, "nonce" * 9, "verifier" * 6)


def identified(forger: Forger, ours: AuthlibOpenId | None = None, **over: Any) -> Identity:
    """The whole round."""
    ours, asked = ours or AuthlibOpenId(Config()), inquiry(forger.provider)
    back = forger.signs_in(ours.address(asked, "de"), NOW) | over
    return ours.identity(asked, back["code"], back["iss"], NOW)
