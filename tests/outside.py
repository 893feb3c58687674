"""The whole outside world as a test has it."""

from collections.abc import Callable
from datetime import datetime

from tests.openid.twin import OpenIdTwin
from tests.twins import CarrierTwin, JobsAtOnce, MailTwin, PressTwin, SmsTwin
from webapp.config import Config
from webapp.ports import Outside
from webapp.seal import Seal
from webapp.writing import TemplateWriter


def all_twins(config: Config, now: Callable[[], datetime]) -> Outside:
    """A twin at every port; jobs are done at once after the commit."""
    jobs = JobsAtOnce()
    jobs.outside = Outside(
        config=config,
        seal=Seal(config.seal),
        sms=SmsTwin(),
        mailer=MailTwin(),
        press=PressTwin(),
        carrier=CarrierTwin(),
        openid=OpenIdTwin(),
        writer=TemplateWriter(config),
        jobs=jobs,
        now=now,
    )
    return jobs.outside
