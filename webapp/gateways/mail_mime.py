"""An e-mail as it travels: plain text and HTML side by side, with the headers of an automatic message."""

from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import urlsplit

from webapp.config import Config
from webapp.ports import NeverDeliverable

SENDER = "PartnerWeb"  # the same word in every language


def compose(config: Config, recipient: str, subject: str, text: str, html: str, *, key: str) -> EmailMessage:
    """One e-mail ready to leave; ``key`` makes its Message-ID, so that a second copy is recognised as one.

    Raises NeverDeliverable when ``recipient`` is no address.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(SENDER, addr_spec=config.mail_from)
    mail["To"] = _address(recipient)
    mail["Reply-To"] = Address(addr_spec=config.fund.email)
    mail["Subject"] = subject
    mail["Date"] = datetime.now(UTC)
    mail["Message-ID"] = f"<{key}@{urlsplit(config.address).hostname or 'localhost'}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    return mail


def _address(recipient: str) -> Address:
    user, _at, domain = recipient.rpartition("@")
    try:
        return Address(addr_spec=f"{user}@{domain.encode('idna').decode()}")
    except (ValueError, IndexError, MessageError):
        raise NeverDeliverable("the recipient is no e-mail address") from None  # the cause would name it
