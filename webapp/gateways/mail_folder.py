"""E-mails as files, for development: each one an ``.eml`` that any mail program opens."""

from webapp.config import Config
from webapp.gateways.folder import leave
from webapp.gateways.mail_mime import compose
from webapp.ports import TryAgainLater


class FolderMailer:
    """Leaves each e-mail in the outbox folder under its key; the same key twice is one file."""

    def __init__(self, config: Config) -> None:
        self._config = config

    def send(self, recipient: str, subject: str, text: str, html: str, *, key: str) -> None:
        """Write the file; raises TryAgainLater when it can't be written."""
        mail = compose(self._config, recipient, subject, text, html, key=key)
        try:
            leave(self._config.outbox, f"{key}.mail.eml", mail.as_bytes())
        except OSError:
            raise TryAgainLater("the outbox folder could not be written") from None
