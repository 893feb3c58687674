"""The authorities whose certificates count, and their lists of what they have revoked, as they stand in files."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding

Found = TypeVar("Found")
PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----.+?-----END \1-----", re.DOTALL)
UNDERSTOOD = {x509.IssuingDistributionPoint.oid, x509.CRLNumber.oid, x509.AuthorityKeyIdentifier.oid}


@dataclass(frozen=True)
class Authorities:
    """Who may issue certificates, and the revocation lists that are at hand."""

    certificates: tuple[x509.Certificate, ...]
    lists: tuple[x509.CertificateRevocationList, ...]

    def issuer_of(self, certificate: x509.Certificate) -> x509.Certificate | None:
        """The one that has signed ``certificate``: its name alone proves nothing."""
        return next((one for one in self.certificates if _signed(certificate, one)), None)

    def list_for(
        self, certificate: x509.Certificate, issuer: x509.Certificate
    ) -> x509.CertificateRevocationList | None:
        """The newest list signed by ``issuer`` that would name ``certificate`` if it were revoked."""
        lists = [one for one in self.lists if _of(one, issuer) and _covers(one, certificate)]
        return max(lists, key=lambda one: one.last_update_utc, default=None)


def read(certificates: Path | None, lists: Path | None) -> Authorities:
    """From files, or folders of files, PEM or DER; what cannot be read is passed over, and then counts as missing."""
    return Authorities(
        tuple(_all(certificates, b"CERTIFICATE", x509.load_pem_x509_certificate, x509.load_der_x509_certificate)),
        tuple(_all(lists, b"X509 CRL", x509.load_pem_x509_crl, x509.load_der_x509_crl)),
    )


def as_pem(authorities: Authorities) -> str:
    """The authorities one after another, as an end of TLS reads them."""
    return "".join(one.public_bytes(Encoding.PEM).decode() for one in authorities.certificates)


def _all(
    place: Path | None, kind: bytes, pem: Callable[[bytes], Found], der: Callable[[bytes], Found]
) -> Iterator[Found]:
    for content in _contents(place):
        blocks = list(PEM.finditer(content))
        for block in blocks:
            if block.group(1) == kind:
                with suppress(ValueError):
                    yield pem(block.group() + b"\n")
        if not blocks:
            with suppress(ValueError):
                yield der(content)


def _contents(place: Path | None) -> Iterator[bytes]:
    if place is None:
        return
    for path in sorted(place.iterdir()) if place.is_dir() else [place]:
        with suppress(OSError):
            if path.is_file() and not path.name.startswith("."):
                yield path.read_bytes()


def _signed(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _of(revoked: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    if revoked.issuer != issuer.subject:
        return False
    try:
        return revoked.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    except (TypeError, ValueError, UnsupportedAlgorithm):
        return False


def _covers(revoked: x509.CertificateRevocationList, certificate: x509.Certificate) -> bool:
    """Not one that tells differences only, nor one of another part of the authority's certificates."""
    try:
        extensions = revoked.extensions
    except (ValueError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        return False
    if any(extension.critical and extension.oid not in UNDERSTOOD for extension in extensions):
        return False
    part = next((one.value for one in extensions if isinstance(one.value, x509.IssuingDistributionPoint)), None)
    if part is None:
        return True
    if part.indirect_crl or part.only_contains_attribute_certs or part.only_contains_ca_certs or part.only_some_reasons:
        return False
    return not part.full_name or bool(set(part.full_name) & _points(certificate))


def _points(certificate: x509.Certificate) -> set[x509.GeneralName]:
    found = (one.value for one in certificate.extensions if isinstance(one.value, x509.CRLDistributionPoints))
    return {name for points in found for point in points for name in point.full_name or ()}
