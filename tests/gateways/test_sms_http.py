"""Text messages through a real HTTP server: what it receives, and what its answers mean."""

import socket
import traceback
from base64 import b64encode

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.gateways.mail_server import free_port
from tests.gateways.samples import KEY, NUMBER
from webapp.config import Config
from webapp.gateways.sms_http import HttpSms
from webapp.ports import NeverDeliverable, TryAgainLater

TEXT = "376649 est votre code PartnerWeb, valable jusqu'à 14:46 & pas après.\n\n@portal.example #376649"


def gateway(url: str) -> HttpSms:
    """Our side, with an account."""
    return HttpSms(Config(sms_url=url, sms_user="portal", sms_password="demo-Sms-2026"))


def test_a_message_arrives_as_a_form_with_account_and_key(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/sms", method="POST").respond_with_data("", 202)
    gateway(httpserver.url_for("/sms")).send(NUMBER, TEXT, key=KEY)
    [(request, _answer)] = httpserver.log
    assert request.form.to_dict() == {"number": NUMBER, "text": TEXT}
    assert request.headers["Idempotency-Key"] == KEY
    assert request.headers["Authorization"] == "Basic " + b64encode(b"portal:demo-Sms-2026").decode()
    assert not request.args


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_any_yes_is_a_yes(status: int, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/sms").respond_with_data("", status)
    gateway(httpserver.url_for("/sms")).send(NUMBER, TEXT, key=KEY)


@pytest.mark.parametrize("status", [400, 402, 410, 422])
def test_a_message_that_is_refused_is_never_deliverable(status: int, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/sms").respond_with_data(f"no: {NUMBER}", status)
    assert_silent(httpserver, NeverDeliverable)


@pytest.mark.parametrize("status", [301, 303, 307, 401, 403, 404, 408, 425, 429, 500, 502, 503, 504])
def test_what_is_not_the_message_s_fault_is_tried_later(status: int, httpserver: HTTPServer) -> None:
    elsewhere = {"Location": httpserver.url_for("/elsewhere")}
    httpserver.expect_request("/sms").respond_with_data(f"no: {NUMBER}", status, headers=elsewhere)
    assert_silent(httpserver, TryAgainLater)
    assert [request.path for request, _answer in httpserver.log] == ["/sms"]


def assert_silent(httpserver: HTTPServer, raised: type[Exception]) -> None:
    """It is refused so, and nothing tells number, words or password."""
    with pytest.raises(raised) as refused:
        gateway(httpserver.url_for("/sms")).send(NUMBER, TEXT, key=KEY)
    told = "".join(traceback.format_exception(refused.value))
    assert [secret for secret in (NUMBER, "376649", "demo-Sms-2026") if secret in told] == []


def test_a_gateway_that_is_down_is_tried_later() -> None:
    with pytest.raises(TryAgainLater):
        gateway(f"http://127.0.0.1:{free_port()}/sms").send(NUMBER, TEXT, key=KEY)


def test_a_gateway_that_says_nothing_is_tried_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.gateways.sms_http.TIME_OUT", (0.2, 0.2))
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(TryAgainLater):
        gateway(f"http://127.0.0.1:{silent.getsockname()[1]}/sms").send(NUMBER, TEXT, key=KEY)


def test_an_endless_answer_holds_nobody(httpserver: HTTPServer) -> None:
    def endless(_request: Request) -> Response:
        return Response((b"x" * 1024 for _ in range(1_000_000)), 200)

    httpserver.expect_request("/sms").respond_with_handler(endless)
    gateway(httpserver.url_for("/sms")).send(NUMBER, TEXT, key=KEY)
