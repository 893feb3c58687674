"""Seal what must wait before it is sent or printed, and recognise secrets without keeping them."""

import base64
import hashlib
import hmac
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Seal:
    """Authenticated encryption (Fernet, AES-128-CBC with HMAC-SHA256) under keys derived from the configuration.

    ``secrets`` are one or more words separated by blanks: the first seals, all of them open, so a key can be changed.
    """

    def __init__(self, secrets: str) -> None:
        words = secrets.split()
        self._fernet = MultiFernet([Fernet(base64.urlsafe_b64encode(_derive(word, b"seal"))) for word in words])
        self._key = _derive(words[0], b"recognise")

    def close(self, value: Any) -> bytes:
        """Seal any JSON value."""
        return self._fernet.encrypt(json.dumps(value).encode())

    def open(self, sealed: bytes) -> Any:
        """What was sealed; raises ``cryptography.fernet.InvalidToken`` when it was tampered with."""
        return json.loads(self._fernet.decrypt(sealed))

    def open_if_ours(self, sealed: str) -> Any:
        """What was sealed, or None for anything else that a stranger brings."""
        try:
            return self.open(sealed.encode())
        except (InvalidToken, ValueError):
            return None

    def close_bytes(self, content: bytes) -> bytes:
        """Seal a file."""
        return self._fernet.encrypt(content)

    def open_bytes(self, sealed: bytes) -> bytes:
        """The file that was sealed."""
        return self._fernet.decrypt(sealed)

    def recognise(self, purpose: str, secret: str) -> str:
        """A keyed fingerprint (HMAC-SHA256, hex): the same for the same purpose, useless without the key."""
        return hmac.new(self._key, f"{purpose}\0{secret}".encode(), hashlib.sha256).hexdigest()


def _derive(word: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"partnerweb " + purpose).derive(word.encode())
