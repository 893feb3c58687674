"""The outside world, one adapter a file; here they are chosen from the configuration."""

from dataclasses import dataclass

from webapp.config import ROOT, Config
from webapp.ports import LetterCarrier, Mailer, Press, SmsGateway


@dataclass(frozen=True)
class Gateways:
    """Everything through which something leaves."""

    sms: SmsGateway
    mailer: Mailer
    press: Press
    carrier: LetterCarrier


def from_config(config: Config) -> Gateways:
    """The adapters this installation uses; only the chosen ones are imported."""
    from webapp.gateways.letters_folder import FolderCarrier  # noqa: PLC0415 -- WeasyPrint loads for seconds
    from webapp.gateways.press_weasyprint import WeasyPress  # noqa: PLC0415

    return Gateways(
        sms=_sms(config),
        mailer=_mailer(config),
        press=WeasyPress(ROOT / "static", config),
        carrier=FolderCarrier(config.letters),
    )


def _sms(config: Config) -> SmsGateway:
    if config.sms == "http":
        from webapp.gateways.sms_http import HttpSms  # noqa: PLC0415

        return HttpSms(config)
    from webapp.gateways.sms_folder import FolderSms  # noqa: PLC0415

    return FolderSms(config.outbox)


def _mailer(config: Config) -> Mailer:
    if config.mail == "smtp":
        from webapp.gateways.mail_smtp import SmtpMailer  # noqa: PLC0415

        return SmtpMailer(config)
    from webapp.gateways.mail_folder import FolderMailer  # noqa: PLC0415

    return FolderMailer(config)
