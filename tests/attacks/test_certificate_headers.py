"""However somebody says in headers which certificate was presented: it counts only from our own nginx."""

import base64
import ssl
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest

from tests.attacks.presenting import somebody_waits
from tests.browser.journeys.stage import Stage
from tests.certificate_hosts import SECRET, CertificateHosts
from tests.certificates import Held, TestAuthority
from tests.databases import Databases

Headers = list[tuple[str, str]]
NAMES = """X-Client-Cert X-Client-Certificate X-SSL-Client-Cert X-SSL-Cert X-SSL-Certificate SSL-Client-Cert Client-Cert
    X-Forwarded-Client-Cert X-Forwarded-Tls-Client-Cert X-Forwarded-Ssl-Client-Cert X-ARR-ClientCert X-Cert Ssl-Cert
    X-Amzn-Mtls-Clientcert X-Amzn-Mtls-Clientcert-Leaf X-Client-Cert-Pem X-Tls-Client-Cert X-Real-Client-Cert
    Cert-Chain Client-Cert-Chain X-Original-Client-Cert X-HTTP-Client-Cert HTTP-X-Client-Cert""".split()
GUESSES = [
    "",
    " ",
    '""',
    "null",
    "None",
    "true",
    "development-only",
    "secret",
    SECRET.upper(),
    SECRET[:-1],
    SECRET + "x",
]
GUESSES += [
    f"{SECRET[:-1]}*",
    "0",
    "a" * 36,
    "%61" * 12,
    "$ssl_client_escaped_cert",
    "X-Client-Cert-Secret",
    "\xe4" * 24,
]
GUESSES += [f"wrong, {SECRET[:-1]}", base64.b64encode(SECRET.encode()).decode()]


@pytest.fixture(scope="module")
def authority() -> TestAuthority:
    """Whom the portal believes."""
    return TestAuthority()


@pytest.fixture(scope="module")
def hosts(databases: Databases, tmp_path_factory: pytest.TempPathFactory, authority: TestAuthority) -> Iterator:
    """The portal behind the shipped nginx."""
    with databases.fresh("sqlite") as url:
        running = CertificateHosts(url, tmp_path_factory.mktemp("hosts"), authority, "proxy")
        yield running
        running.stop()


@pytest.fixture(scope="module")
def twin(databases: Databases, tmp_path_factory: pytest.TempPathFactory, authority: TestAuthority) -> Iterator:
    """A portal that believes the header, as many do."""
    with databases.fresh("sqlite") as url:
        folder: Path = tmp_path_factory.mktemp("twin")
        running = CertificateHosts(url, folder, authority, "proxy", app="tests.attacks.believing:app")
        yield running
        running.stop()


def spellings(held: Held) -> list[Headers]:
    """Ways to claim that ``held`` was presented; every one of them has worked somewhere."""
    pem, der = held.pem.decode(), base64.b64encode(held.der).decode()
    told = [quote(pem, safe=""), quote(pem), pem.replace("\n", "\t").strip(), der, f":{der}:", f'Cert="{quote(pem)}"']
    right, secret = ("X-Client-Cert", told[0]), "X-Client-Cert-Secret"
    found: list[Headers] = [[(name, value)] for name in NAMES for value in told]
    found += [[(name.replace("-", "_"), told[0]), (secret.replace("-", "_"), SECRET)] for name in NAMES[:8]]
    found += [[right, (secret, guess)] for guess in GUESSES]
    found += [[(right[0].upper(), right[1]), (secret.swapcase(), guess)] for guess in GUESSES]
    found += [[(secret, guess), (secret, guess), right, right] for guess in GUESSES[:8]]
    found += [[right, (f"{secret}{odd}", SECRET)] for odd in (".", "_", "-", "!", "~")]
    found += [[right, ("Connection", f"close, {secret}")], [right, ("Connection", "X-Client-Cert, keep-alive")]]
    verified = [("X-Client-Verify", "SUCCESS"), ("X-SSL-Client-Verify", "SUCCESS"), ("X-SSL-Client-S-DN", "CN=Anne")]
    found += [[right, one] for one in verified] + [[*verified, right]]
    found += [
        [right, (name, value)] for name, value in (("Forwarded", "for=127.0.0.1"), ("X-Forwarded-For", "127.0.0.1"))
    ]
    return found


def posts(address: str, host: str, headers: Headers, word: str, held: Held | None = None) -> None:
    """Send the form's word with ``headers``, over a connection on which ``held``, or nothing, is presented."""
    place, body = urlsplit(address), urlencode({"word": word})
    context = ssl._create_unverified_context()
    connection = HTTPSConnection(place.netloc, context=context) if place.scheme == "https" else None
    connection = connection or HTTPConnection(place.netloc)
    try:
        connection.putrequest("POST", "/certificate", skip_host=True)
        usual = [
            ("Host", host),
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Content-Length", str(len(body))),
        ]
        for name, value in usual + headers:
            connection.putheader(name, value.encode("latin-1"))
        connection.endheaders(body.encode())
        connection.getresponse().read()
    except (HTTPException, OSError, ValueError):
        pass  # refused before it was read
    finally:
        connection.close()


def accepted(hosts: CertificateHosts, ways: list[str], held: Held) -> list[Headers]:
    """The spellings with which a certificate counted that nobody has presented."""
    stage, host, counted = Stage(hosts.portal), urlsplit(hosts.certificates).netloc, []
    forwarded = [("X-Forwarded-Host", host), ("X-Forwarded-Proto", "https")]
    with hosts.portal.db() as db:
        waiting = somebody_waits(db, stage.outside)
        for headers in spellings(held):
            for address in ways:
                more = forwarded if address == hosts.portal.url else []
                posts(address, host, headers + more, waiting.word)
                counted += [headers] if "sha256" in waiting.question.get("noted", {}) else []
                waiting.is_asked_again()
    return counted


def test_a_forged_header_never_counts(hosts: CertificateHosts, authority: TestAuthority) -> None:
    held = authority.issues()
    assert len(spellings(held)) >= 200
    assert accepted(hosts, [hosts.portal.url, hosts.certificates, hosts.address], held) == []


def test_a_portal_that_believes_headers_is_caught(twin: CertificateHosts, authority: TestAuthority) -> None:
    assert len(accepted(twin, [twin.portal.url], authority.issues())) > 20
