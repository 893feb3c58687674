"""Asking a provider of identities over real sockets: only what it signed for us, for this question, counts."""

import hashlib
import logging
import ssl
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import ECKey
from werkzeug import Request, Response

from tests.gateways.mail_server import free_port, self_signed
from tests.openid.forger import SECRET, Forger, a_server
from tests.openid.rounds import NOW, identified, inquiry
from webapp.config import Config, OpenIdProvider
from webapp.gateways import careful_http
from webapp.gateways.openid_authlib import AuthlibOpenId
from webapp.ports import Identity, NotIdentified, TryAgainLater


@pytest.fixture
def forger() -> Iterator[Forger]:
    """A provider, honest so far."""
    with a_server() as server:
        yield Forger(server)


def test_the_way_there_says_everything(forger: Forger) -> None:
    address = AuthlibOpenId(Config(address="https://portal.example")).address(inquiry(forger.provider), "de")
    asked = parse_qs(urlsplit(address).query)
    digest = hashlib.sha256(b"verifier" * 6).digest()
    assert address.startswith(f"{forger.issuer}/authorize?")
    assert asked.pop("code_challenge") == [urlsafe_b64encode(digest).rstrip(b"=").decode()]
    assert {name: value for name, [value] in asked.items()} == {
        "response_type": "code",
        "client_id": "portal",
        "redirect_uri": "https://portal.example/login-methods/arrival",
        "scope": "openid",
        "state": "state" * 9,
        "nonce": "nonce" * 9,
        "max_age": "0",
        "acr_values": "loa-2",
        "ui_locales": "de",
        "code_challenge_method": "S256",
    }


def test_an_honest_provider_is_believed_and_looked_at_once(forger: Forger) -> None:
    ours = AuthlibOpenId(Config())
    assert identified(forger, ours) == Identity(forger.issuer, "anne-4711", "loa-2", NOW)
    identified(forger, ours)
    assert forger.served == ["/.well-known/openid-configuration", "/jwks", "/token", "/token"]
    assert forger.redeemed[0]["code_verifier"] == "verifier" * 6
    assert SECRET not in str(forger.redeemed), "it travels in the header, as RFC 6749 writes it"


@pytest.mark.parametrize("says", [["client_secret_post"], []])
def test_our_account_is_shown_as_the_provider_wants_it(says: list[str], forger: Forger) -> None:
    forger.says = {"token_endpoint_auth_methods_supported": says}
    identified(forger)
    [redeemed] = forger.redeemed
    assert (redeemed.get("client_secret") == SECRET) == bool(says)
    assert redeemed["authorization"].startswith("Basic ") != bool(says)


def test_a_code_counts_once(forger: Forger) -> None:
    ours, asked = AuthlibOpenId(Config()), inquiry(forger.provider)
    back = forger.signs_in(ours.address(asked, "fr"), NOW)
    ours.identity(asked, back["code"], back["iss"], NOW)
    with pytest.raises(NotIdentified, match="code"):
        ours.identity(asked, back["code"], back["iss"], NOW)


@pytest.mark.parametrize("named", ["https://evil.example", "", None])
def test_another_provider_can_not_answer(named: str | None, forger: Forger) -> None:
    with pytest.raises(NotIdentified, match="issuer"):
        identified(forger, iss=named)
    assert not forger.redeemed, "its code goes nowhere"


def test_a_provider_that_never_names_itself_need_not(forger: Forger) -> None:
    forger.says = {"authorization_response_iss_parameter_supported": False}
    assert identified(forger, iss=None).subject == "anne-4711"
    with pytest.raises(NotIdentified, match="issuer"):
        identified(forger, iss="https://evil.example")


def test_a_new_key_is_found(forger: Forger, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = AuthlibOpenId(Config())
    identified(forger, ours)
    forger.signing, forger.header = ECKey.generate_key("P-256", {"kid": "two"}), {"kid": "two"}
    with pytest.raises(NotIdentified):
        identified(forger, ours)  # it has just been asked
    monkeypatch.setattr("webapp.gateways.openid_authlib.NOT_SO_SOON", 0.0)
    assert identified(forger, ours).subject == "anne-4711"


NONSENSE: list[dict[str, Any]] = [
    {"issuer": "https://evil.example"},
    {"issuer": None},
    {"token_endpoint": None},
    {"jwks_uri": "ftp://127.0.0.1/keys"},
]


@pytest.mark.parametrize("says", NONSENSE)
def test_nonsense_about_itself_is_a_disturbance(says: dict[str, Any], forger: Forger) -> None:
    forger.says = says
    with pytest.raises(TryAgainLater):
        AuthlibOpenId(Config()).address(inquiry(forger.provider), "fr")


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/jwks", "/token"])
@pytest.mark.parametrize(
    "answer",
    [Response("<html>Sorry</html>", 200), Response("[]", 200), Response("", 503), Response("", 302, {"Location": "/"})],
    ids=["garbage", "a list", "disturbed", "elsewhere"],
)
def test_a_provider_out_of_order_is_a_disturbance(path: str, answer: Response, forger: Forger) -> None:
    forger.server.clear()
    forger.server.expect_oneshot_request(f"/swissid{path}").respond_with_response(answer)
    forger.__post_init__()
    with pytest.raises(TryAgainLater):
        identified(forger)


def test_our_own_account_refused_is_told_to_the_fund(forger: Forger, caplog: pytest.LogCaptureFixture) -> None:
    refusal = Response('{"error": "invalid_client"}', 401, mimetype="application/json")
    forger.server.clear()
    forger.server.expect_request("/swissid/token").respond_with_response(refusal)
    forger.__post_init__()
    with caplog.at_level(logging.WARNING), pytest.raises(TryAgainLater):
        identified(forger)
    assert "swissid does not know us: invalid_client" in caplog.text
    assert SECRET not in caplog.text
    assert "code-0" not in caplog.text


def test_a_provider_that_is_down_is_not_asked_again_at_once(forger: Forger) -> None:
    gone = OpenIdProvider("gone", "Gone", f"http://127.0.0.1:{free_port()}", "portal", acr=("loa-2",))
    ours = AuthlibOpenId(Config())
    for why in ("ConnectionError", "a moment ago"):
        with pytest.raises(TryAgainLater, match=why):
            ours.address(inquiry(gone), "fr")


@pytest.mark.parametrize("slow", ["silent", "dripping", "endless"])
def test_a_slow_provider_holds_nobody(slow: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("TIME_OUT", "IN_ALL"):
        monkeypatch.setattr(careful_http, limit, 0.3)
    parts = {"silent": (0.0, 1), "dripping": (0.1, 20), "endless": (0.0, 1_000)}[slow]

    def answers(_request: Request) -> Response:
        return Response(_slowly(*parts), 200)

    with a_server() as server:
        server.expect_request("/.well-known/openid-configuration").respond_with_handler(answers)
        provider = OpenIdProvider("slow", "Slow", server.url_for("").rstrip("/"), "portal", acr=("loa-2",))
        with pytest.raises(TryAgainLater):
            AuthlibOpenId(Config()).address(inquiry(provider), "fr")


def _slowly(pause: float, parts: int) -> Iterator[bytes]:
    import time  # noqa: PLC0415

    for _part in range(parts):
        time.sleep(pause or (1.0 if parts == 1 else 0.0))
        yield b" " * 1024


def test_only_a_certificate_that_is_vouched_for_is_believed(tmp_path: Path) -> None:
    pem = self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with a_server(ssl_context=context) as server:
        forger = Forger(server)
        assert forger.issuer.startswith("https://")
        with pytest.raises(TryAgainLater, match="SSLError"):
            identified(forger)
        assert not forger.served
        assert identified(forger, AuthlibOpenId(Config(), authority=str(pem))).subject == "anne-4711"
        forger.says = {"token_endpoint": forger.issuer.replace("https", "http") + "/token"}
        with pytest.raises(TryAgainLater):
            identified(forger, AuthlibOpenId(Config(), authority=str(pem)))
