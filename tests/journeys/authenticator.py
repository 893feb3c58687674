"""An authenticator app as a person holds it: set up with what the page shows, it makes codes by its own clock."""

import re
from datetime import datetime

import pyotp

from tests.twins import Clock
from tests.visitor import Visitor

KEY = re.compile(r"\b(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}\b")


class Authenticator:
    """One account in the app; its clock may go wrong by ``fast`` seconds."""

    def __init__(self, address: str, clock: Clock, fast: float = 0) -> None:
        self.account = pyotp.parse_uri(address)
        self._clock, self._fast = clock, fast

    @property
    def key(self) -> str:
        """As it was scanned."""
        return self.account.secret

    def shows(self) -> str:
        """The code of this moment."""
        assert isinstance(self.account, pyotp.TOTP)
        at: datetime = self._clock()
        return self.account.at(at.timestamp() + self._fast)


def address_on(visitor: Visitor) -> str:
    """What the link on the page opens the app with; the key that stands below as text is the same."""
    address = str(visitor.page.link("The app is on this device").attrs["href"])
    typed = KEY.search(visitor.page.text)
    assert typed
    assert f"secret={typed.group().replace(' ', '')}&" in address
    return address
