"""All we ask of the outside world. Adapters are in ``gateways/``; ``create_app`` chooses them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from sqlmodel import Session

from webapp.config import Config, OpenIdProvider
from webapp.seal import Seal


class TryAgainLater(Exception):
    """The other side could not take it now; the work waits and is done later."""


class NeverDeliverable(Exception):
    """The other side will never take this; trying again is useless."""


class Unprintable(Exception):
    """A page could not be printed completely: a letter with a missing logo is not a letter."""


class SmsGateway(Protocol):
    """Whoever carries our text messages."""

    def send(self, number: str, text: str, *, key: str) -> None:
        """Hand ``text`` for the E.164 ``number`` over; ``key`` is the same when the same message is tried again.

        Raises TryAgainLater or NeverDeliverable.
        """


class Mailer(Protocol):
    """Whoever carries our e-mails."""

    def send(self, recipient: str, subject: str, text: str, html: str, *, key: str) -> None:
        """Hand one e-mail over, as plain text and as HTML; ``key`` becomes its Message-ID.

        Raises TryAgainLater or NeverDeliverable.
        """


class Press(Protocol):
    """What turns HTML into paper."""

    def pdf(self, html: str) -> bytes:
        """A tagged PDF/UA-1 of ``html`` with every font embedded, or Unprintable."""


@dataclass(frozen=True)
class PrintedDocument:
    """One file for the printer: up to 100 letters in one language, one sheet each."""

    name: str  # stable: the same document always has the same name
    pdf: bytes
    letters: tuple[str, ...]  # the letters' numbers in the order of the sheets


class LetterCarrier(Protocol):
    """Whoever puts letters into envelopes and into the post."""

    def hand_over(self, run: str, document: PrintedDocument) -> None:
        """Take one document of the run named ``run``; taking it twice changes nothing. Raises TryAgainLater."""

    def finish(self, run: str, manifest: Mapping[str, Any]) -> None:
        """Take the manifest, the last thing of a run: the printer may start. Raises TryAgainLater."""


@dataclass(frozen=True)
class Inquiry:
    """What ties the answer of a provider of identities to our one question: drawn for it, and kept until then."""

    provider: OpenIdProvider
    state: str
    nonce: str
    verifier: str  # of PKCE, RFC 7636


@dataclass(frozen=True)
class Identity:
    """Somebody, as a provider confirms them in a signed token that answers our question."""

    issuer: str
    subject: str  # means somebody only together with ``issuer``
    acr: str | None  # how strictly the provider has looked, in its own words
    signed_in_at: datetime | None


class Doubt(StrEnum):
    """Why an answer in the name of a provider is not believed."""

    ISSUER = "issuer"  # another provider has given it
    CODE = "code"  # the provider does not know the code, or not any more
    TOKEN = "token"  # noqa: S105 -- not signed by the provider, not for us, or unreadable
    NONCE = "nonce"  # it answers another question
    EXPIRED = "expired"


class NotIdentified(Exception):
    """The answer proves nothing; asking with the same one again is useless."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(doubt.value)
        self.doubt = doubt


class OpenId(Protocol):
    """The providers of identities of the settings, by OpenID Connect."""

    def address(self, inquiry: Inquiry, language: str) -> str:
        """Where to send the person, in one of our four languages. Raises TryAgainLater."""

    def identity(self, inquiry: Inquiry, code: str, issuer: str | None, now: datetime) -> Identity:
        """Whom ``code`` stands for; ``issuer`` is who gave it, where that was said (RFC 9207).

        Raises TryAgainLater, when the code is perhaps still good, or NotIdentified.
        """


@dataclass(frozen=True)
class Backlog:
    """What is not done yet, and since when the oldest job that could be done has been waiting or under way."""

    waiting: int
    oldest: datetime | None
    failed: int  # given up, and not yet forgotten


class JobQueue(Protocol):
    """Work that is done after the answer, surely and in order of arrival."""

    def enqueue(self, db: Session, job: Callable[..., None], *ids: int) -> None:
        """Have ``job(db, outside, *ids)`` done once this transaction is committed; never if it is rolled back."""

    def backlog(self, db: Session) -> Backlog:
        """How much is waiting, since when, and how much was given up lately."""

    def launch(self, outside: "Outside", sessions: Callable[[], Session]) -> None:
        """Do jobs in this process from now on, each in a session of ``sessions``."""

    def stop(self) -> None:
        """Finish what is being done; whoever is launched next does the rest."""


class Writer(Protocol):
    """Renders what leaves the house: messages and letters, in the recipient's language."""

    def write(self, template: str, language: str, **context: Any) -> str:
        """``template`` filled in, in ``language``."""


@dataclass(frozen=True)
class Outside:
    """The outside world in one hand, as actions and jobs receive it."""

    config: Config
    seal: Seal
    sms: SmsGateway
    mailer: Mailer
    press: Press
    carrier: LetterCarrier
    openid: OpenId
    writer: Writer
    jobs: JobQueue
    now: Callable[[], datetime]  # aware, UTC
