"""The signed token of a provider of identities: only what it signed for us, and for this question, counts."""

from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from webapp.ports import Doubt, Identity, Inquiry, NotIdentified

SKEW = timedelta(seconds=30)  # between our clock and a provider's
SIGNED_WITH = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
PUBLIC_KEYS = ("RSA", "EC", "OKP")  # a key that both sides hold would let us sign for the provider
LONGEST_SUBJECT = 255
GARBAGE = (JoseError, ValueError, KeyError, TypeError, AttributeError, OverflowError)  # what reading nonsense raises


class UnknownKey(Exception):
    """It is signed with a key that the provider has not shown yet."""


def signing_keys(shown: dict[str, Any]) -> KeySet:
    """The keys with which a provider signs, of all that it shows; raises one of ``GARBAGE``."""
    keys = [key for key in shown["keys"] if key["kty"] in PUBLIC_KEYS and key.get("use", "sig") == "sig"]
    return KeySet.import_key_set({"keys": keys})


def identity_in(token: dict[str, Any], inquiry: Inquiry, keys: KeySet, now: datetime) -> Identity:
    """Whom ``token["id_token"]`` names; NotIdentified says why it is not believed. acr and time are not judged here."""
    try:
        registry = JWSRegistry(algorithms=SIGNED_WITH, strict_check_header=False)
        signed = jwt.decode(token["id_token"], keys, registry=registry)
        claims = _checked(signed, token, inquiry, now)
        return Identity(claims["iss"], _subject(claims), _text(claims.get("acr")), _time(claims.get("auth_time")))
    except InvalidKeyIdError:
        raise UnknownKey from None
    except ExpiredTokenError:
        raise NotIdentified(Doubt.EXPIRED) from None
    except GARBAGE:
        raise NotIdentified(Doubt.TOKEN) from None


def _checked(signed: jwt.Token, token: dict[str, Any], inquiry: Inquiry, now: datetime) -> CodeIDToken:
    provider, nonce = inquiry.provider, str(signed.claims.get("nonce", ""))
    if not compare_digest(nonce.encode(), inquiry.nonce.encode()):
        raise NotIdentified(Doubt.NONCE)
    claims = CodeIDToken(
        signed.claims,
        signed.header,
        {
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": provider.client_id},
        },
        {"client_id": provider.client_id, "access_token": token.get("access_token"), "nonce": inquiry.nonce},
    )
    claims.validate(int(now.timestamp()), int(SKEW.total_seconds()))
    return claims


def _subject(claims: CodeIDToken) -> str:
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise ValueError("no subject")
    return subject


def _text(claim: Any) -> str | None:
    return claim if isinstance(claim, str) else None


def _time(claim: Any) -> datetime | None:
    return datetime.fromtimestamp(claim, UTC) if type(claim) in (int, float) else None
