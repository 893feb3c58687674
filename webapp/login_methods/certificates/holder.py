"""A certificate as its holder knows it: whose it is, who issued it, and a SuisseID number if it has one."""

import re
from datetime import datetime
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

SUISSEID = re.compile(r"[0-9]{4}(-[0-9]{4}){3}")  # in the subject's serialNumber, as in 1100-1234-5678-9012
LONGEST = 60


class Unreadable(Exception):
    """What was presented is no certificate."""


def read(der: bytes) -> x509.Certificate:
    """The certificate, looked through once, so that nothing in it surprises later; or Unreadable."""
    try:
        certificate = x509.load_der_x509_certificate(der)
        certificate.public_key()
        _ = (certificate.extensions, certificate.subject, certificate.issuer, until(certificate), from_(certificate))
    except Exception as error:  # whatever a stranger sends: its parser knows a dozen kinds of error
        raise Unreadable from error
    return certificate


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the whole certificate, hexadecimal: what it is bound by."""
    return sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def from_(certificate: x509.Certificate) -> datetime:
    """The first moment of its life."""
    return certificate.not_valid_before_utc


def until(certificate: x509.Certificate) -> datetime:
    """The last moment of its life."""
    return certificate.not_valid_after_utc


def suisseid(certificate: x509.Certificate) -> str | None:
    """The SuisseID number of the holder, if it is such a certificate."""
    numbers = (str(number.value) for number in certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER))
    return next((number for number in numbers if SUISSEID.fullmatch(number)), None)


def shown_as(certificate: x509.Certificate) -> str:
    """How the holder recognises it: the name or the SuisseID number, and who issued it."""
    number = suisseid(certificate)
    return f"{f'SuisseID {number}' if number else _name(certificate.subject)} ({_name(certificate.issuer)})"


def _name(name: x509.Name) -> str:
    """The common name, else all there is, as one short line."""
    common = [str(found.value) for found in name.get_attributes_for_oid(NameOID.COMMON_NAME)]
    line = " ".join((common[-1] if common else name.rfc4514_string()).split())
    line = "".join(sign for sign in line if sign.isprintable())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
