"""A small authority for tests: issues certificates good and bad, and revokes them. All people are invented."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CLIENT, SERVER = ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH
USES = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
USES += ("key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
NAME = "Invented Authentication CA"
DAY = timedelta(days=1)


def named(common: str, number: str | None = None) -> x509.Name:
    """A subject: its common name and, for a SuisseID, the serialNumber."""
    numbers = [x509.NameAttribute(NameOID.SERIAL_NUMBER, number)] if number else []
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common), *numbers])


def uses(*meant: str) -> x509.KeyUsage:
    """For what a key may be used."""
    return x509.KeyUsage(**dict.fromkeys(USES, False) | dict.fromkeys(meant, True))


@dataclass
class Held:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def der(self) -> bytes:
        """As it travels in TLS."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        """As it stands in a file."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        """The key, unprotected."""
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def written(self, folder: Path, name: str) -> tuple[Path, Path]:
        """The files of certificate and key."""
        paths = folder / f"{name}.pem", folder / f"{name}.key"
        for path, content in zip(paths, (self.pem, self.key_pem), strict=True):
            path.write_bytes(content)
        return paths


@dataclass
class TestAuthority:
    """Whoever issues certificates."""

    __test__ = False  # not a class of tests

    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    name: str = NAME
    above: "TestAuthority | None" = None
    life: tuple[timedelta, timedelta] = (-400 * DAY, 4000 * DAY)
    revoked: list[int] = field(default_factory=list)

    @cached_property
    def held(self) -> Held:
        """Its own certificate: signed by who is above, or by itself."""
        key = ec.generate_private_key(ec.SECP256R1())
        extensions: list[tuple[Any, bool]] = [
            (x509.BasicConstraints(ca=True, path_length=None), True),
            (uses("key_cert_sign", "crl_sign"), True),
            (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        ]
        issuer, signer = (self.above.subject, self.above.held.key) if self.above else (self.subject, key)
        return Held(_signed(self.subject, issuer, key, signer, self.now, self.life, extensions), key)

    @property
    def subject(self) -> x509.Name:
        """What it is called."""
        return named(self.name)

    def issues(
        self,
        common: str = "Anne Favre",
        *,
        number: str | None = None,
        life: tuple[timedelta, timedelta] = (-DAY, 365 * DAY),
        purposes: tuple[x509.ObjectIdentifier, ...] | None = (CLIENT,),
        more: tuple[tuple[Any, bool], ...] = (),
        hosts: tuple[str, ...] = (),
    ) -> Held:
        """A certificate for a person, or for a server if ``hosts`` are named; ``more`` extensions, critical or not."""
        key = ec.generate_private_key(ec.SECP256R1())
        extensions = list(more)
        if purposes is not None:
            extensions.append((x509.ExtendedKeyUsage(purposes), False))
        if hosts:
            extensions.append((x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), False))
        subject = named(common, number)
        return Held(_signed(subject, self.subject, key, self.held.key, self.now, life, extensions), key)

    def revokes(self, *held: Held) -> Self:
        """From the next list on."""
        self.revoked += [one.certificate.serial_number for one in held]
        return self

    def list_of_revoked(
        self,
        *,
        since: timedelta = -DAY,
        until: timedelta | None = 7 * DAY,
        more: tuple[tuple[Any, bool], ...] = (),
    ) -> bytes:
        """PEM of the list as it is now."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.subject).last_update(self.now + since)
        builder = builder.next_update(self.now + until) if until is not None else builder
        for extension, critical in more:
            builder = builder.add_extension(extension, critical)
        for number in self.revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(number).revocation_date(self.now + since)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(self.held.key, SHA256()).public_bytes(Encoding.PEM)

    def published(self, folder: Path) -> tuple[Path, Path]:
        """The files of its certificate and its list."""
        authorities, lists = folder / "authorities", folder / "lists"
        for place, content in ((authorities, self.held.pem), (lists, self.list_of_revoked())):
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{self.name}.pem").write_bytes(content)
        return authorities, lists


def _signed(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    now: datetime,
    life: tuple[timedelta, timedelta],
    extensions: list[tuple[Any, bool]],
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + life[0])
        .not_valid_after(now + life[1])
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return builder.sign(signer, SHA256())
