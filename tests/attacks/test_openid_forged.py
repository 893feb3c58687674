"""Tokens that no honest provider would make for us: none is believed."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Any

import pytest
from joserfc.jwk import ECKey

from tests.openid.forger import Forger, a_server, unsigned
from tests.openid.rounds import NOW, identified
from webapp.ports import Doubt, NotIdentified

ELSEWHERE = ECKey.generate_key("P-256", {"kid": "one"})


@pytest.fixture
def forger() -> Iterator[Forger]:
    """A provider, honest so far."""
    with a_server() as server:
        yield Forger(server)


def by_our_secret(forger: Forger) -> Any:
    """Signs with what everybody can have: the public key, as if it were a secret of both."""

    def forged(claims: dict[str, Any]) -> str:
        body = unsigned(claims, "HS256").rpartition(".")[0]
        key = forger.signing.as_pem(private=False)
        return f"{body}.{urlsafe_b64encode(hmac.digest(key, body.encode(), 'sha256')).rstrip(b'=').decode()}"

    return forged


LATER, EARLIER = int(NOW.timestamp()) + 120, int(NOW.timestamp()) - 31
FORGED: dict[str, tuple[dict[str, Any], Doubt]] = {
    "another key": ({"signs_with": ELSEWHERE}, Doubt.TOKEN),
    "a key that nobody knows": ({"signs_with": ELSEWHERE, "header": {"kid": "two"}}, Doubt.TOKEN),
    "no signature": ({"forges": unsigned}, Doubt.TOKEN),
    "no signature, oddly written": ({"forges": lambda claims: unsigned(claims, "NonE")}, Doubt.TOKEN),
    "no signature where one is named": ({"forges": lambda claims: unsigned(claims, "ES256")}, Doubt.TOKEN),
    "no token": ({"token": {"id_token": None}}, Doubt.TOKEN),
    "half a token": ({"token": {"id_token": "e30.e30"}}, Doubt.TOKEN),
    "for somebody else": ({"claims": {"aud": "another"}}, Doubt.TOKEN),
    "for others, too": ({"claims": {"aud": ["portal", "another"]}}, Doubt.TOKEN),
    "for nobody": ({"claims": {"aud": None}}, Doubt.TOKEN),
    "in another's name": ({"claims": {"iss": "https://evil.example"}}, Doubt.TOKEN),
    "of nobody": ({"claims": {"sub": None}}, Doubt.TOKEN),
    "of a number": ({"claims": {"sub": 4711}}, Doubt.TOKEN),
    "made later": ({"claims": {"iat": LATER}}, Doubt.TOKEN),
    "for another token": ({"claims": {"at_hash": "AAAA"}}, Doubt.TOKEN),
    "long ago": ({"claims": {"auth_time": 1e300}}, Doubt.TOKEN),
    "expired": ({"claims": {"exp": EARLIER}}, Doubt.EXPIRED),
    "never expiring": ({"claims": {"exp": None}}, Doubt.TOKEN),
    "another question": ({"claims": {"nonce": "another"}}, Doubt.NONCE),
    "no question": ({"claims": {"nonce": None}}, Doubt.NONCE),
}


@pytest.mark.parametrize("forgery", FORGED)
def test_no_forgery_is_believed(forgery: str, forger: Forger) -> None:
    how, doubt = FORGED[forgery]
    for name, value in how.items():
        setattr(forger, name, value)
    with pytest.raises(NotIdentified) as refused:
        identified(forger)
    assert refused.value.doubt is doubt


def test_a_public_key_is_no_shared_secret(forger: Forger) -> None:
    forger.forges = by_our_secret(forger)
    with pytest.raises(NotIdentified, match="token"):
        identified(forger)
