"""A device that holds passkeys, made by hand: it signs what it is told to, also what no real one would."""

import base64
import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

PRESENT, CHECKED, WITH_KEY = 0x01, 0x04, 0x40  # flags of the authenticator data
WINDOWS_HELLO = bytes.fromhex("08987058cadc4b81b6e130de50dcbe96")


def base64url(value: bytes) -> str:
    """As passkeys write bytes: without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


@dataclass
class Device:
    """One passkey. What it says is right, save for what the test turns wrong."""

    origin: str = "http://localhost"
    name: str = "localhost"  # to which it believes to be bound
    flags: int = PRESENT | CHECKED
    counter: int = 0
    kind: bytes = bytes(16)
    id: bytes = field(default_factory=lambda: os.urandom(32))
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    user: bytes = b"somebody"
    framed: bool = False

    @property
    def public(self) -> bytes:
        """The public key, as COSE writes it."""
        numbers = self.key.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})

    @property
    def private(self) -> bytes:
        """The private key (PKCS #8, DER)."""
        return self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    @property
    def kept(self) -> dict[str, Any]:
        """What the portal keeps of it."""
        said = {"id": base64url(self.id), "key": base64url(self.public), "user": base64url(self.user)}
        return said | {"counter": self.counter, "transports": ["internal"], "kind": str(UUID(bytes=self.kind))}

    def creates(self, options: str, **turned: Any) -> str:
        """The answer to ``navigator.credentials.create``; ``turned`` replaces parts of the client data."""
        attested = self.kind + len(self.id).to_bytes(2, "big") + self.id + self.public
        said = {"fmt": "none", "attStmt": {}, "authData": self._data(WITH_KEY) + attested}
        parts = {"clientDataJSON": self._client("webauthn.create", options, turned)}
        return self._answer(parts | {"attestationObject": cbor2.dumps(said)}, transports=["internal", "hybrid"])

    def gets(self, options: str, user: bytes | None = None, **turned: Any) -> str:
        """The answer to ``navigator.credentials.get``, signed."""
        client, data = self._client("webauthn.get", options, turned), self._data(0)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ECDSA(SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return self._answer(parts | ({"userHandle": user} if user else {}))

    def _client(self, what: str, options: str, turned: dict[str, Any]) -> bytes:
        said = {"type": what, "challenge": json.loads(options)["challenge"]["bytes"], "origin": self.origin}
        return json.dumps(said | {"crossOrigin": self.framed} | turned).encode()

    def _data(self, more: int) -> bytes:
        return (
            hashlib.sha256(self.name.encode()).digest() + bytes([self.flags | more]) + self.counter.to_bytes(4, "big")
        )

    def _answer(self, parts: dict[str, bytes], **more: Any) -> str:
        response: dict[str, Any] = {name: base64url(part) for name, part in parts.items()}
        return json.dumps({"id": base64url(self.id), "type": "public-key", "response": response | more})
