"""The portal as it is served, on a clock that a test can put forward; its providers of identities are stand-ins."""

from dataclasses import replace

from tests.browser.journeys.clock import now
from tests.browser.journeys.holding import SILENT
from tests.openid.twin import OpenIdTwin
from webapp import create_app, the_outside
from webapp.config import Config
from webapp.ports import Inquiry, Outside, TryAgainLater


class Providers(OpenIdTwin):
    """One of them never answers."""

    def address(self, inquiry: Inquiry, language: str) -> str:
        """An address that nobody visits."""
        if inquiry.provider.issuer == SILENT:
            raise TryAgainLater("it is silent")
        return super().address(inquiry, language)


def _outside(config: Config) -> Outside:
    return replace(the_outside(config), now=lambda: now(config.data), openid=Providers())


app = create_app(outside=_outside)
