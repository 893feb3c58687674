"""What the device behind a passkey is told, and what its answer is worth (WebAuthn, level 3)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    options_to_json_dict,
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers import structs as w

MILLISECONDS = 300_000  # how long the browser waits for the device
CHECKED = w.UserVerificationRequirement.REQUIRED
Kept = Mapping[str, Any]  # of a passkey: id, key, user (base64url), counter, transports, kind (AAGUID)


class Doubt(StrEnum):
    """Why an answer proves nothing."""

    WRONG = "wrong"  # not to our question, not at our address, not by this passkey, or no answer at all
    UNCHECKED = "unchecked"  # the device has not looked who holds it
    COPIED = "copied"  # its counter went back: somebody else has used it
    HELD = "held"  # the person has registered it before


@dataclass(frozen=True)
class Party:
    """Who asks: the name to which passkeys are bound, and the address at which they may be used."""

    name: str  # "portal.fund.example"
    origin: str  # "https://portal.fund.example"

    @classmethod
    def at(cls, address: str) -> "Party":
        """As browsers write it: without the usual port, other scripts in punycode."""
        parts = urlsplit(address)
        name = (parts.hostname or "").encode("idna").decode()
        usual = {"http": 80, "https": 443}.get(parts.scheme)
        return cls(name, f"{parts.scheme}://{name}" + (f":{parts.port}" if parts.port not in (None, usual) else ""))

    @property
    def possible(self) -> bool:
        """Browsers bind passkeys to a name, not to a number, and only over HTTPS or on this machine."""
        try:
            ip_address(self.name)
        except ValueError:
            return bool(self.name) and (self.origin.startswith("https:") or self.name == "localhost")
        return False


def to_register(party: Party, fund: str, email: str, question: Mapping[str, Any]) -> str:
    """JSON for ``navigator.credentials.create``; ``question``: challenge, user (base64url), held (what is kept)."""
    options = generate_registration_options(
        rp_id=party.name,
        rp_name=fund,
        user_id=base64url_to_bytes(question["user"]),
        user_name=email,
        challenge=base64url_to_bytes(question["challenge"]),
        timeout=MILLISECONDS,
        authenticator_selection=w.AuthenticatorSelectionCriteria(
            resident_key=w.ResidentKeyRequirement.PREFERRED, user_verification=CHECKED
        ),
        exclude_credentials=_described(question["held"]),
    )
    return _as_json(options)


def to_sign_in(party: Party, kept: Kept, question: Mapping[str, Any]) -> str:
    """JSON for ``navigator.credentials.get``: this passkey and no other."""
    options = generate_authentication_options(
        rp_id=party.name,
        challenge=base64url_to_bytes(question["challenge"]),
        timeout=MILLISECONDS,
        allow_credentials=_described([kept]),
        user_verification=CHECKED,
    )
    return _as_json(options)


def _described(passkeys: Sequence[Kept]) -> list[w.PublicKeyCredentialDescriptor]:
    return [
        w.PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(kept["id"]),
            transports=[w.AuthenticatorTransport(name) for name in kept["transports"]],
        )
        for kept in passkeys
    ]


def _as_json(options: w.PublicKeyCredentialCreationOptions | w.PublicKeyCredentialRequestOptions) -> str:
    """Bytes become ``{"bytes": base64url}``, so that the script needs not know which they are."""
    return json.dumps(options_to_json_dict(options, lambda value: {"bytes": bytes_to_base64url(value)}))


def registered(party: Party, question: Mapping[str, Any], typed: str) -> dict[str, Any] | Doubt:
    """What to keep of a new passkey."""
    try:
        return _registered(party, question, _read(typed))
    except Exception:  # noqa: BLE001 -- whatever a forged answer breaks in those who read it, it proves nothing
        return Doubt.WRONG


def signed(party: Party, kept: Kept, question: Mapping[str, Any], typed: str) -> dict[str, Any] | Doubt:
    """What to keep of the passkey from now on: its counter."""
    try:
        return _signed(party, kept, question, _read(typed))
    except Exception:  # noqa: BLE001 -- as above
        return Doubt.WRONG


def _read(typed: str) -> dict[str, Any]:
    answer = json.loads(typed)
    return {"type": answer["type"], "id": answer["id"], "rawId": answer["id"], "response": answer["response"]}


def _registered(party: Party, question: Mapping[str, Any], answer: dict[str, Any]) -> dict[str, Any] | Doubt:
    said = parse_registration_credential_json(answer)
    proof = verify_registration_response(
        credential=said,
        expected_challenge=base64url_to_bytes(question["challenge"]),
        expected_rp_id=party.name,
        expected_origin=party.origin,
    )
    if proof.credential_id != said.raw_id or _framed(said.response.client_data_json):
        return Doubt.WRONG
    if not proof.user_verified:
        return Doubt.UNCHECKED
    if said.id in [held["id"] for held in question["held"]]:
        return Doubt.HELD
    return {
        "id": said.id,
        "key": bytes_to_base64url(proof.credential_public_key),
        "user": question["user"],
        "counter": proof.sign_count,
        "transports": [transport.value for transport in said.response.transports or []],
        "kind": proof.aaguid,
    }


def _signed(party: Party, kept: Kept, question: Mapping[str, Any], answer: dict[str, Any]) -> dict[str, Any] | Doubt:
    said = parse_authentication_credential_json(answer)
    proof = verify_authentication_response(
        credential=said,
        expected_challenge=base64url_to_bytes(question["challenge"]),
        expected_rp_id=party.name,
        expected_origin=party.origin,
        credential_public_key=base64url_to_bytes(kept["key"]),
        credential_current_sign_count=0,  # looked at below: a copy is told apart from a mistake
    )
    user = said.response.user_handle
    if said.id != kept["id"] or user not in (None, base64url_to_bytes(kept["user"])):
        return Doubt.WRONG
    if _framed(said.response.client_data_json):
        return Doubt.WRONG
    if not proof.user_verified:
        return Doubt.UNCHECKED
    if 0 < kept["counter"] >= proof.new_sign_count:
        return Doubt.COPIED
    return {**kept, "counter": proof.new_sign_count}


def _framed(client_data: bytes) -> bool:
    """Whether the question was shown inside a page of somebody else; ours never is."""
    return bool(parse_client_data_json(client_data).cross_origin)
