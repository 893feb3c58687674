"""Whether a certificate counts: who issued it, when, for what, and whether it was revoked. The first reason is told."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import Criticality, ExtensionPolicy, Policy, PolicyBuilder, Store, VerificationError

from webapp.login_methods.certificates.authorities import Authorities
from webapp.login_methods.certificates.holder import from_, until

LONGEST_CHAIN = 4  # authorities above one another


class Refusal(StrEnum):
    """Why a certificate does not count."""

    MISSING = "missing"
    UNKNOWN = "unknown"  # no authority of ours has signed it, whatever it is called
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    PURPOSE = "purpose"  # made for a server, for signatures, or for issuing others
    REVOKED = "revoked"
    UNCHECKED = "unchecked"  # there is no current list of what its authority has revoked
    UNSOUND = "unsound"


def refusal(
    certificate: x509.Certificate, authorities: Authorities, now: datetime, *, strict: bool = True
) -> Refusal | None:
    """The first reason against it; None when it counts. ``strict``: without a current revocation list nothing does."""
    issuer = authorities.issuer_of(certificate)
    if issuer is None:
        return Refusal.UNKNOWN
    if now < from_(certificate):
        return Refusal.NOT_YET
    if now > until(certificate):
        return Refusal.EXPIRED
    if not _made_for_signing_in(certificate):
        return Refusal.PURPOSE
    if not _sound(certificate, issuer, now):
        return Refusal.UNSOUND
    reasons = (
        _revoked(*link, authorities, now, strict=strict) or _overdue(link[1], now)
        for link in _links(certificate, authorities)
    )
    return next(filter(None, reasons), None)


def _links(
    certificate: x509.Certificate, authorities: Authorities
) -> Iterator[tuple[x509.Certificate, x509.Certificate]]:
    """Each with who issued it, as far up as authorities are known; what has signed itself ends it."""
    for _step in range(LONGEST_CHAIN):
        issuer = authorities.issuer_of(certificate)
        if issuer is None or issuer == certificate:
            return
        yield certificate, issuer
        certificate = issuer


def _overdue(authority: x509.Certificate, now: datetime) -> Refusal | None:
    return None if from_(authority) <= now <= until(authority) else Refusal.UNSOUND


def _made_for_signing_in(certificate: x509.Certificate) -> bool:
    """It says so itself, in so many words; one for everything is one for nothing."""
    said = {type(extension.value): extension.value for extension in certificate.extensions}
    purposes, uses = said.get(x509.ExtendedKeyUsage), said.get(x509.KeyUsage)
    constraints = said.get(x509.BasicConstraints)
    return (
        isinstance(purposes, x509.ExtendedKeyUsage)
        and ExtendedKeyUsageOID.CLIENT_AUTH in purposes
        and not (isinstance(uses, x509.KeyUsage) and not uses.digital_signature)
        and not (isinstance(constraints, x509.BasicConstraints) and constraints.ca)
    )


def _revoked(
    certificate: x509.Certificate,
    issuer: x509.Certificate,
    authorities: Authorities,
    now: datetime,
    *,
    strict: bool,
) -> Refusal | None:
    revoked = authorities.list_for(certificate, issuer)
    if revoked is None:  # an empty list is there, though it counts as false
        return Refusal.UNCHECKED if strict else None
    if revoked.get_revoked_certificate_by_serial_number(certificate.serial_number):
        return Refusal.REVOKED
    ends = revoked.next_update_utc
    current = revoked.last_update_utc <= now and ends is not None and now <= ends
    return None if current or not strict else Refusal.UNCHECKED


def _sound(certificate: x509.Certificate, issuer: x509.Certificate, now: datetime) -> bool:
    """All that RFC 5280 asks besides: constraints of the authority, strong keys and hashes, nothing critical unread.

    A person's certificate needs no alternative name, as one of the web would; so its purpose is asked for anew here.
    """
    person = ExtensionPolicy.permit_all().require_present(x509.ExtendedKeyUsage, Criticality.AGNOSTIC, _for_clients)
    verifier = (
        PolicyBuilder()
        .store(Store([issuer]))
        .time(now)
        .max_chain_depth(1)
        .extension_policies(ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=person)
        .build_client_verifier()
    )
    try:
        verifier.verify(certificate, [])
    except VerificationError:
        return False
    return True


def _for_clients(_policy: Policy, _certificate: x509.Certificate, purposes: x509.ExtendedKeyUsage) -> None:
    if ExtendedKeyUsageOID.CLIENT_AUTH not in purposes:
        raise ValueError("not for clients")
