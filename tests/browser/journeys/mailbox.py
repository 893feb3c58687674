"""The e-mails that a running portal has left for somebody."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

from tests.browser.live import Portal
from tests.journeys.mail import MAILED


class Mailbox:
    """Of one address."""

    def __init__(self, portal: Portal, address: str) -> None:
        self._portal, self._address, self._read = portal, address, 0

    def code(self) -> str:
        """The code in the next e-mail that brings one."""
        self._portal.waits_for(lambda: len(self._codes()) > self._read, f"code by e-mail to {self._address}")
        self._read = len(self._codes())
        return self._codes()[-1]

    def _codes(self) -> list[str]:
        return [found[0] for text in self._texts() if (found := MAILED.search(text))]

    def _texts(self) -> list[str]:
        """The oldest first."""
        left = sorted((self._portal.data / "outbox").rglob("*.mail.eml"), key=lambda path: path.stat().st_mtime_ns)
        mails = [cast(EmailMessage, message_from_bytes(path.read_bytes(), policy=default)) for path in left]
        bodies = [mail.get_body(("plain",)) for mail in mails if mail["To"] == self._address]
        return ["\n".join(body.get_content().splitlines()) for body in bodies if body]  # it travelled with CR LF
