"""Which certificates count, and why others do not."""

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from tests.certificates import CLIENT, DAY, SERVER, Held, TestAuthority, uses
from tests.twins import Clock
from webapp.login_methods.certificates import authorities, holder
from webapp.login_methods.certificates.checking import Refusal, refusal

NOW = Clock().time
SECOND = timedelta(seconds=1)


@pytest.fixture
def authority() -> TestAuthority:
    """Whom the fund believes."""
    return TestAuthority(NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where its files are."""
    return tmp_path / "certificates"


def why_not(held: Held, by: TestAuthority, folder: Path, **more: Any) -> Refusal | None:
    """The reason against it, with what ``by`` has published now."""
    return refusal(held.certificate, authorities.read(*by.published(folder)), NOW, **more)


def test_one_for_clients_counts(authority: TestAuthority, folder: Path) -> None:
    assert why_not(authority.issues(), authority, folder) is None
    assert why_not(authority.issues(purposes=(CLIENT, SERVER)), authority, folder) is None
    assert why_not(authority.issues(more=((uses("digital_signature"), True),)), authority, folder) is None


def test_its_life_ends_on_the_second(authority: TestAuthority, folder: Path) -> None:
    for life, reason in {
        (-DAY, timedelta()): None,
        (-DAY, -SECOND): Refusal.EXPIRED,
        (timedelta(), DAY): None,
        (SECOND, DAY): Refusal.NOT_YET,
    }.items():
        assert why_not(authority.issues(life=life), authority, folder) is reason


@pytest.mark.parametrize("purposes", [None, (SERVER,), (x509.ObjectIdentifier("2.5.29.37.0"),)])
def test_one_for_something_else_does_not(purposes: Any, authority: TestAuthority, folder: Path) -> None:
    assert why_not(authority.issues(purposes=purposes), authority, folder) is Refusal.PURPOSE


def test_one_for_signatures_or_for_issuing_others_does_not(authority: TestAuthority, folder: Path) -> None:
    for extension in (uses("content_commitment"), x509.BasicConstraints(ca=True, path_length=None)):
        assert why_not(authority.issues(more=((extension, True),)), authority, folder) is Refusal.PURPOSE


def test_the_same_name_is_not_the_same_authority(authority: TestAuthority, folder: Path) -> None:
    forger = TestAuthority(NOW)
    assert forger.subject == authority.subject
    assert why_not(forger.issues(), authority, folder) is Refusal.UNKNOWN
    assert why_not(forger.held, authority, folder) is Refusal.UNKNOWN  # signed by itself


def test_a_list_signed_by_somebody_else_is_no_list(authority: TestAuthority, folder: Path) -> None:
    held = authority.issues()
    places = authority.revokes(held).published(folder)
    (places[1] / f"{authority.name}.pem").write_bytes(TestAuthority(NOW).list_of_revoked())
    assert refusal(held.certificate, authorities.read(*places), NOW) is Refusal.UNCHECKED


def test_what_is_revoked_does_not_count(authority: TestAuthority, folder: Path) -> None:
    held, other = authority.issues(), authority.issues()
    authority.revokes(held)
    assert why_not(held, authority, folder) is Refusal.REVOKED
    assert why_not(other, authority, folder) is None


def test_an_old_list_or_none_is_not_enough_unless_the_fund_says_so(authority: TestAuthority, folder: Path) -> None:
    held, gone = authority.issues(), authority.issues()
    places = authority.revokes(gone).published(folder)
    (place,) = places[1].iterdir()
    for until, reason in ((timedelta(), None), (-SECOND, Refusal.UNCHECKED)):
        place.write_bytes(authority.list_of_revoked(until=until))
        assert refusal(held.certificate, authorities.read(*places), NOW) is reason
        assert refusal(held.certificate, authorities.read(*places), NOW, strict=False) is None
        assert refusal(gone.certificate, authorities.read(*places), NOW, strict=False) is Refusal.REVOKED
    place.write_bytes(b"half a downl")
    assert refusal(held.certificate, authorities.read(*places), NOW) is Refusal.UNCHECKED


def part(**limits: Any) -> tuple[tuple[Any, bool], ...]:
    """A list that says it is of a part only."""
    usual = dict.fromkeys(
        ("only_contains_user_certs", "only_contains_ca_certs", "indirect_crl", "only_contains_attribute_certs"), False
    )
    rest = {"full_name": None, "relative_name": None, "only_some_reasons": None}
    return ((x509.IssuingDistributionPoint(**rest | usual | limits), True),)


def test_a_list_of_another_part_says_nothing(authority: TestAuthority, folder: Path) -> None:
    here, there = ([x509.UniformResourceIdentifier(f"http://ca.example/{name}.crl")] for name in ("here", "there"))
    point = x509.CRLDistributionPoints([x509.DistributionPoint(here, None, None, None)])
    held, places = authority.issues(more=((point, False),)), authority.published(folder)
    for more, reason in (
        (part(full_name=here), None),
        (part(only_contains_user_certs=True), None),
        (part(full_name=there), Refusal.UNCHECKED),
        (part(indirect_crl=True), Refusal.UNCHECKED),
        (part(only_contains_ca_certs=True), Refusal.UNCHECKED),
        (((x509.DeltaCRLIndicator(1), True),), Refusal.UNCHECKED),
    ):
        (places[1] / f"{authority.name}.pem").write_bytes(authority.list_of_revoked(more=more))
        assert refusal(held.certificate, authorities.read(*places), NOW) is reason, more


def test_whoever_is_above_counts_too(authority: TestAuthority, folder: Path) -> None:
    below = TestAuthority(NOW, name="Invented Issuing CA", above=authority)
    held = below.issues()
    assert why_not(held, below, folder) is None  # known by itself
    assert why_not(held, authority, folder) is None  # and the one above, too, from here on
    authority.revokes(below.held)
    assert why_not(held, authority, folder) is Refusal.REVOKED
    late = TestAuthority(NOW, name="Invented Old CA", life=(-20 * DAY, -DAY))
    assert why_not(late.issues(), late, folder) is Refusal.UNSOUND


def test_a_person_cannot_issue_certificates(authority: TestAuthority, folder: Path) -> None:
    person = authority.issues()
    forger = TestAuthority(NOW, name="Anne Favre")
    forger.held = Held(person.certificate, person.key)
    places = authority.published(folder)
    (places[0] / "person.pem").write_bytes(person.pem)  # even where somebody has named it as an authority
    (places[1] / "person.pem").write_bytes(forger.list_of_revoked())
    assert refusal(forger.issues("Somebody").certificate, authorities.read(*places), NOW) is Refusal.UNSOUND


def test_what_is_critical_must_be_understood(authority: TestAuthority, folder: Path) -> None:
    strange = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), b"\x05\x00")
    assert why_not(authority.issues(more=((strange, False),)), authority, folder) is None
    assert why_not(authority.issues(more=((strange, True),)), authority, folder) is Refusal.UNSOUND


def test_files_may_be_of_either_form(authority: TestAuthority, folder: Path) -> None:
    places = authority.published(folder)
    (place,) = places[0].iterdir()
    place.write_bytes(authority.held.der)
    assert refusal(authority.issues().certificate, authorities.read(*places), NOW) is None
    place.write_bytes(b"Bag Attributes\n" + TestAuthority(NOW, name="B").held.pem + b"\n" + authority.held.pem)
    assert refusal(authority.issues().certificate, authorities.read(place, places[1]), NOW) is None
    assert authorities.read(None, None).issuer_of(authority.issues().certificate) is None


def test_whatever_is_changed_in_it_does_not_count(authority: TestAuthority, folder: Path) -> None:
    chances, known = random.Random(4), authorities.read(*authority.published(folder))
    good = authority.issues().der
    for _time in range(400):
        bad = bytearray(good)
        bad[chances.randrange(len(bad))] ^= 1 << chances.randrange(8)
        try:
            certificate = holder.read(bytes(bad))
        except holder.Unreadable:
            continue
        assert refusal(certificate, known, NOW) in (Refusal.UNKNOWN, Refusal.UNSOUND)


def test_a_suisseid_is_shown_as_one(authority: TestAuthority) -> None:
    held = authority.issues(number="1100-1234-5678-9012")
    assert holder.suisseid(held.certificate) == "1100-1234-5678-9012"
    assert holder.shown_as(held.certificate) == "SuisseID 1100-1234-5678-9012 (Invented Authentication CA)"
    for number in ("1100-1234-5678-901", "1100123456789012", "x1100-1234-5678-9012", "CHE-123.456.788", None):
        plain = authority.issues(number=number).certificate
        assert holder.suisseid(plain) is None
        assert holder.shown_as(plain) == "Anne Favre (Invented Authentication CA)"


def test_a_long_or_odd_name_stays_a_line(authority: TestAuthority) -> None:
    shown = holder.shown_as(authority.issues("Anne\n\u202eFavre" + "e" * 50).certificate)
    assert shown.isprintable()
    assert len(shown) < 100
