"""What came by e-mail, and what a person copies out of it."""

import re
from urllib.parse import urlsplit

from webapp.ports import Outside

SYMBOLS = "1-9BCDFGHJKMNPQRSTVWXYZ"
MAILED = re.compile(rf"^[{SYMBOLS}]{{4}}(?: [{SYMBOLS}]{{4}}){{6}}$", re.MULTILINE)
LINK = re.compile(r"^http\S+$", re.MULTILINE)


def subjects(outside: Outside, recipient: str) -> list[str]:
    """What was written to somebody, the oldest first."""
    return [mail.subject for mail in outside.mailer.sent if mail.recipient == recipient]  # type: ignore[attr-defined]


def code_mailed_to(outside: Outside, recipient: str) -> str:
    """The code in the last e-mail to ``recipient`` that holds one."""
    codes = [found[0] for text in _texts(outside, recipient) if (found := MAILED.search(text))]
    return codes[-1]


def page_in_mail_to(outside: Outside, recipient: str) -> tuple[str, str]:
    """Where the link of the last e-mail to ``recipient`` leads: the page, and what stands behind the #."""
    found = LINK.search(_texts(outside, recipient)[-1])
    assert found
    link = urlsplit(found[0])
    assert not link.query
    return link.path, link.fragment


def _texts(outside: Outside, recipient: str) -> list[str]:
    return [mail.text for mail in outside.mailer.sent if mail.recipient == recipient]  # type: ignore[attr-defined]
