"""E-mails over SMTP: one connection a message, encrypted unless the relay is on this machine."""

import smtplib
import ssl
from contextlib import suppress

from webapp.config import Config
from webapp.gateways.mail_mime import compose
from webapp.ports import NeverDeliverable, TryAgainLater

TIME_OUT = 20  # seconds, for each step of the conversation


class SmtpMailer:
    """Hands e-mails to the relay of the configuration; ``context`` says whose certificates are believed."""

    def __init__(self, config: Config, context: ssl.SSLContext | None = None) -> None:
        self._config = config
        self._context = context or ssl.create_default_context()

    def send(self, recipient: str, subject: str, text: str, html: str, *, key: str) -> None:
        """Hand one e-mail over. What is raised names neither the recipient nor the words."""
        mail = compose(self._config, recipient, subject, text, html, key=key)
        try:
            server = self._connect()
            try:
                server.send_message(mail)
            finally:
                with suppress(smtplib.SMTPException, OSError):  # taken is taken, whatever the good-bye is
                    server.quit()
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _words in refused.recipients.values()]
            raise _verdict(codes) from None
        except (smtplib.SMTPException, OSError) as problem:
            raise TryAgainLater(f"the mail server could not take it: {type(problem).__name__}") from None

    def _connect(self) -> smtplib.SMTP:
        config = self._config
        if config.smtp_tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                config.smtp_host, config.smtp_port, timeout=TIME_OUT, context=self._context
            )
        else:
            server = smtplib.SMTP(config.smtp_host, config.smtp_port, timeout=TIME_OUT)
        try:
            if config.smtp_tls == "starttls":
                server.starttls(context=self._context)
            if config.smtp_user:
                server.login(config.smtp_user, config.smtp_password)
        except BaseException:
            server.close()
            raise
        return server


def _verdict(codes: list[int]) -> NeverDeliverable | TryAgainLater:
    """5xx is for good, 4xx is for now (a full mailbox, greylisting)."""
    if all(500 <= code < 600 for code in codes):
        return NeverDeliverable(f"the mail server refused the recipient: {codes[0]}")
    return TryAgainLater(f"the mail server refused the recipient for now: {codes[0]}")
