"""A provider of identities that the test serves itself, honest until it is told to forge."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from webapp.config import OpenIdProvider

SECRET = "demo+Client/Secret 2026"
STRONG = "loa-2"


@dataclass
class Forger:
    """Signs what it is told: ``claims`` go over the honest ones, None takes one away."""

    server: HTTPServer
    key: str = "swissid"
    label: str = "SwissID"
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    says: dict[str, Any] = field(default_factory=dict)  # over its honest metadata
    token: dict[str, Any] = field(default_factory=dict)  # over the honest answer of the token endpoint
    signs_with: ECKey | None = None  # another key than the one it shows
    forges: Callable[[dict[str, Any]], str] | None = None  # writes the token itself
    subject: str = "anne-4711"
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)  # what was asked, by the code that was given
    redeemed: list[dict[str, str]] = field(default_factory=list)
    served: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Serve from now on."""
        self.signing = ECKey.generate_key("P-256", {"kid": "one", "use": "sig"})
        self.issuer = self.server.url_for(f"/{self.key}")
        for path, answer in {
            "/.well-known/openid-configuration": lambda _request: self.metadata(),
            "/jwks": lambda _request: KeySet([self.signing]).as_dict(private=False),
            "/token": self._token,
        }.items():
            self.server.expect_request(f"/{self.key}{path}").respond_with_handler(self._answering(path, answer))

    @property
    def provider(self) -> OpenIdProvider:
        """The settings that trust it."""
        return OpenIdProvider(self.key, self.label, self.issuer, "portal", SECRET, acr=(STRONG,))

    def metadata(self) -> dict[str, Any]:
        """What it says of itself."""
        paths = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/jwks"}
        says = {"issuer": self.issuer} | {name: self.issuer + path for name, path in paths.items()}
        return says | {"authorization_response_iss_parameter_supported": True} | self.says

    def signs_in(self, address: str, now: datetime, **more: Any) -> dict[str, str]:
        """Somebody signs in at ``address``: the query with which they are sent back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.codes)}-{self.key}"
        self.codes[code] = asked | {"now": now}
        return {"state": asked["state"], "code": code, "iss": self.issuer} | more

    def _token(self, request: Request) -> Any:
        form = request.form.to_dict()
        self.redeemed.append(form | {"authorization": request.headers.get("Authorization", "")})
        asked = self.codes.pop(form["code"], None)
        if asked is None:
            return Response('{"error": "invalid_grant"}', 400, mimetype="application/json")
        return {"access_token": "access", "token_type": "Bearer", "id_token": self._signed(asked)} | self.token

    def _signed(self, asked: dict[str, Any]) -> str:
        now = int(asked["now"].timestamp())
        claims = {"iss": self.issuer, "sub": self.subject, "aud": "portal", "nonce": asked["nonce"], "acr": STRONG}
        claims |= {"iat": now, "exp": now + 300, "auth_time": now} | self.claims
        told = {name: value for name, value in claims.items() if value is not None}
        if self.forges:
            return self.forges(told)
        header = {"alg": "ES256", "kid": "one"} | self.header
        return jwt.encode(header, told, self.signs_with or self.signing, algorithms=[header["alg"]])

    def _answering(self, path: str, answer: Any) -> Any:
        def answers(request: Request) -> Response:
            self.served.append(path)
            told = answer(request)
            return told if isinstance(told, Response) else _json(told)

        return answers


def unsigned(claims: dict[str, Any], algorithm: str = "none", signature: bytes = b"") -> str:
    """A token that says it needs no signature, or has a made-up one."""
    parts = (json.dumps({"alg": algorithm, "kid": "one"}).encode(), json.dumps(claims).encode(), signature)
    return ".".join(urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def _json(told: Any) -> Response:
    return Response(json.dumps(told), mimetype="application/json")


@contextmanager
def a_server(**options: Any) -> Iterator[HTTPServer]:
    """A server of its own, on a free port."""
    with HTTPServer(host="127.0.0.1", port=0, **options) as server:
        yield server
