"""Every setting, its default and its meaning; read from the environment once, then frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
LANGUAGES = ("fr", "de", "it", "en")

# -- parameters of the security sheet: one constant each; pages, letters and messages take their numbers from here --

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

LETTER_CODE_LIFE = timedelta(days=30)  # counted from the date printed on the letter
LETTER_CODE_TRIES = 5  # wrong letter codes before a pause, over all letters of a person
LETTER_CODE_PAUSE = timedelta(minutes=15)
LETTER_CODE_TRIES_IN_ALL = 15  # then every open code of the person is void
LETTER_CODE_HASH = {"time_cost": 1, "memory_cost": 4 * 1024, "parallelism": 1}  # KiB; a pepper carries the strength
BETWEEN_LETTERS = timedelta(hours=24)
LETTERS_AT_MOST = 4
LETTERS_COUNTED_OVER = timedelta(days=30)
LETTERS_A_DAY = 10_000  # in 24 hours for the people of one company, as far as its administrators order them
WELCOMES_A_DAY = 5  # welcome e-mails to one person, after the one that came with the account
NEW_PEOPLE_REFUSED = 20  # addresses that are somebody's already, for one administrator in a day
BETWEEN_REMINDERS = timedelta(days=7)  # e-mails to one person that ask again for the upgrade
ENROLMENT_TICKET_LIFE = timedelta(minutes=30)

MESSAGE_CODE_LIFE = timedelta(minutes=10)  # a code sent by SMS
MESSAGE_CODE_TRIES = 5  # wrong answers to one code
MESSAGE_CODE_TRIES_IN_ALL = 10  # wrong answers across resends, then a pause
MESSAGE_CODE_PAUSE = timedelta(minutes=15)  # doubles each time
MESSAGE_CODE_PAUSES_REMEMBERED = timedelta(days=7)  # no success makes the next pause short again before
BETWEEN_MESSAGES = timedelta(seconds=30)
MESSAGES_AN_HOUR = 5
MESSAGES_A_DAY = 10

PASSWORD_LENGTH = 12
PASSWORD_HASH = {"time_cost": 2, "memory_cost": 19 * 1024, "parallelism": 1}  # KiB; OWASP's minimum for Argon2id
SIGN_IN_TRIES = 10  # wrong passwords for one account from one address
SIGN_IN_TRIES_PER_ADDRESS = 100  # wrong passwords from one address, over all accounts
SIGN_IN_PAUSE = timedelta(minutes=15)
PASSWORD_CODE_LIFE = timedelta(hours=1)  # a code by e-mail for whoever has forgotten the password
EMAIL_CODE_LIFE = timedelta(hours=24)  # a code to the new address
INVITATION_LIFE = LETTER_CODE_LIFE  # of the code for the first password: as of the one in the letter that goes with it
MAILED_CODES_AN_HOUR = 5  # for one account, or one address that is nobody's
MAILED_CODES_A_DAY = 10
MAILED_CODES_PER_ADDRESS = 30  # asked for from one network address in an hour, over all accounts

SESSION_IDLE = timedelta(minutes=20)
SESSION_IDLE_LONG = timedelta(minutes=200)  # chosen at sign-in, where the fund allows it
SESSION_LIFE = timedelta(hours=12)
SESSION_WARNING = timedelta(minutes=2)  # before the idle end
FRESH_PROOF = timedelta(minutes=20)

MANDATE_TRIES_A_DAY = 20  # pairs of address and member number that are nobody's, for one administrator
BARRIERS_A_DAY = 5  # messages on accessibility from one network address

MAILED_CODES_KEPT = timedelta(days=30)  # what is known of one after it was used, withdrawn or has expired
SESSIONS_KEPT = timedelta(days=90)  # what is known of one after it began
TRIES_KEPT = timedelta(days=30)  # how many were spent, after the window or the pause has ended
ERASED_AT_ONCE = 500  # rows in one transaction: on SQLite everybody else waits meanwhile

LETTERS_PER_DOCUMENT = 100  # more would take a megabyte of memory each while rendering
REMINDER_BEFORE_DEADLINE = timedelta(days=14)  # the question comes at each sign-in in this time


class Misconfigured(Exception):
    """A setting is missing or contradicts another; the sentence says which and what to do."""


@dataclass(frozen=True)
class Fund:
    """The compensation fund as its members see it: on pages, in e-mails and on letters."""

    number: str = "999"
    names: Mapping[str, str] = field(
        default_factory=lambda: {
            "fr": "Caisse de compensation Exemple",
            "de": "Ausgleichskasse Beispiel",
            "it": "Cassa di compensazione Esempio",
            "en": "Example Compensation Fund",
        }
    )
    street: str = "Rue de l’Exemple 12"
    postcode: str = "2500"
    town: str = "Biel/Bienne"
    phone: str = "+41 32 000 00 00"
    email: str = "portal@fund.example"
    hours: Mapping[str, str] = field(
        default_factory=lambda: {
            "fr": "lundi à vendredi, 8 h à 12 h et 13 h 30 à 17 h",
            "de": "Montag bis Freitag, 8 bis 12 Uhr und 13.30 bis 17 Uhr",
            "it": "da lunedì a venerdì, ore 8–12 e 13.30–17",
            "en": "Monday to Friday, 8 a.m. to noon and 1.30 to 5 p.m.",
        }
    )
    accent: str = "#0b5c7a"  # one colour; its contrast with white is checked at start
    logo: Path = ROOT / "static" / "brand" / "fund.svg"
    canton: str = "BE"  # whose public holidays count

    def name(self, language: str) -> str:
        """The fund's name in ``language``; the first one known where there is none."""
        return self.names.get(language) or next(iter(self.names.values()))

    def opening(self, language: str) -> str:
        """The telephone hours in words, in ``language``."""
        return self.hours.get(language) or next(iter(self.hours.values()))


@dataclass(frozen=True)
class OpenIdProvider:
    """A provider of identities by OpenID Connect, SwissID for example: what the fund has agreed with it."""

    key: str  # a word of ours, kept with each login: swissid
    label: str  # as people know it: SwissID
    issuer: str  # its address, exactly as it names itself
    client_id: str
    client_secret: str = field(default="", repr=False)  # none for a public client
    acr: tuple[str, ...] = ()  # the ways of signing in there that are strong enough, in the provider's own words
    scopes: tuple[str, ...] = ("openid",)
    max_age: timedelta = timedelta()  # how long before our question somebody may have signed in there


@dataclass(frozen=True)
class Config:
    """What this installation is. ``from_environment`` names each variable ``PARTNERWEB_<FIELD IN CAPITALS>``."""

    mode: str = "development"  # or "production": then secrets and real gateways are required
    database: str = f"sqlite:///{ROOT}/var/partnerweb.sqlite"  # or postgresql://…
    data: Path = ROOT / "var"  # files of the development gateways, the letters' folder
    address: str = "http://localhost:8000"  # what users type; goes into letters and e-mails
    trusted_hosts: tuple[str, ...] = ()  # host names answered besides the one of ``address``
    proxies: int = 0  # reverse proxies in front of us whose X-Forwarded-* count
    secret: str = "development-only"  # noqa: S105 -- signs cookies and forms; refused in production
    pepper: str = "development-only"  # goes into the hash of letter codes
    seal: str = "development-only"  # encrypts what waits to be sent or printed
    executor: str = "partnerweb-1"  # name of this process among the workers; unique and stable
    embedded_worker: bool = True  # run jobs inside the web server
    sms: str = "folder"  # or "http"
    sms_url: str = ""  # where the HTTP gateway listens; {number} and {text} travel as form fields
    sms_user: str = ""
    sms_password: str = ""
    sms_prefixes: tuple[str, ...] = ("+41",)  # countries whose mobile numbers are allowed
    mail: str = "folder"  # or "smtp"
    smtp_host: str = "localhost"
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_tls: str = "starttls"  # or "none" for a relay on this machine, or "tls"
    mail_from: str = "portal@fund.example"
    audit_anchors: Path | None = None  # the audit's anchors, best on another disk; ``data``/audit/anchors when None
    letters_folder: Path | None = None  # where print runs are handed over; ``data``/letters when None
    window: str = "right"  # side of the envelope's window: "left" or "right"
    question_every: timedelta = timedelta(days=7)  # how long "not now" is remembered
    deadline: date | None = None  # after this day nobody goes on without the upgrade
    methods_off: tuple[str, ...] = ()  # login methods that cannot be registered any more: sms, otp, passkey …
    openid_providers: tuple[OpenIdProvider, ...] = ()  # where people may prove who they are by SuisseID's successors
    strong_from: date | None = None  # from this day on a login by SMS alone is not enough
    certificate_address: str = ""  # a host or port of its own that asks browsers for certificates
    certificate_from: str = ""  # who speaks TLS there: "proxy" (nginx) or "tls" (gunicorn itself)
    certificate_proxy_secret: str = ""  # by which that proxy is known: nobody else's word on a certificate counts
    certificate_authorities: Path | None = None  # file or folder: who issues the certificates that count
    certificate_revocations: Path | None = None  # file or folder: the newest revocation list of each of them
    certificate_strict: bool = True  # without a current revocation list no certificate counts
    long_sessions: bool = True  # whether people may choose the longer session at sign-in
    fund: Fund = field(default_factory=Fund)

    @property
    def development(self) -> bool:
        """Whether every gateway is a development one: then /outbox and /styleguide exist."""
        return self.mode == "development" and self.sms == "folder" and self.mail == "folder"

    @property
    def outbox(self) -> Path:
        """Where development gateways leave what they would have sent."""
        return self.data / "outbox"

    @property
    def letters(self) -> Path:
        """The folder from which the printer takes finished print runs."""
        return self.letters_folder or self.data / "letters"

    @property
    def anchors(self) -> Path:
        """The file in which the ends of the audit's chains are written down, only ever added to."""
        return self.audit_anchors or self.data / "audit" / "anchors"
