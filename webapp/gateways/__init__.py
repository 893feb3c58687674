"""The outside world, one adapter a file; here they are chosen from the configuration."""

from dataclasses import dataclass

from webapp.config import Config, Misconfigured
from webapp.gateways.mail_folder import FolderMailer
from webapp.gateways.mail_smtp import SmtpMailer
from webapp.gateways.sms_folder import FolderSms
from webapp.gateways.sms_http import HttpSms
from webapp.ports import LetterCarrier, Mailer, OpenId, Press, SmsGateway


@dataclass(frozen=True)
class Gateways:
    """Everything through which something leaves."""

    sms: SmsGateway
    mailer: Mailer
    press: Press
    carrier: LetterCarrier
    openid: OpenId


def from_config(config: Config) -> Gateways:
    """The adapters that this installation uses."""
    from webapp.gateways.letters_folder import FolderCarrier  # noqa: PLC0415 -- only who prints waits for WeasyPrint
    from webapp.gateways.openid_authlib import AuthlibOpenId  # noqa: PLC0415 -- half as long as WeasyPrint
    from webapp.gateways.press_weasyprint import WeasyPress, harfbuzz_subset_present  # noqa: PLC0415

    if not harfbuzz_subset_present():
        raise Misconfigured("Letters would take seven times as long: install the system package libharfbuzz-subset0.")
    return Gateways(
        sms=HttpSms(config) if config.sms == "http" else FolderSms(config.outbox),
        mailer=SmtpMailer(config) if config.mail == "smtp" else FolderMailer(config),
        press=WeasyPress(config),
        carrier=FolderCarrier(config.letters),
        openid=AuthlibOpenId(config),
    )
