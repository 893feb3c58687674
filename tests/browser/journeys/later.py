"""The portal as it is served, on a clock that a test can put forward."""

from dataclasses import replace

from tests.browser.journeys.clock import now
from webapp import create_app, the_outside
from webapp.config import Config
from webapp.ports import Outside


def _outside(config: Config) -> Outside:
    return replace(the_outside(config), now=lambda: now(config.data))


app = create_app(outside=_outside)
