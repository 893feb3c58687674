"""The host on which browsers are asked for a certificate: it answers that one question, and nothing else answers it."""

import ssl
from collections.abc import Callable
from hmac import compare_digest
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from flask import Flask, Response, abort, current_app, request

from webapp.web.context import outside

View = TypeVar("View", bound=Callable[..., Any])
BY_PROXY, SECRET = "X-Client-Cert", "X-Client-Cert-Secret"  # what the proxy sets, in place of whatever it was sent


def for_certificates(view: View) -> View:
    """Answered on the host of certificates only."""
    view.for_certificates = True  # type: ignore[attr-defined]
    return view


def on_certificate_host() -> bool:
    """Whether this request came to the host that asks for certificates."""
    address = outside().config.certificate_address
    return bool(address) and request.host == urlsplit(address).netloc


def presented() -> bytes | None:
    """The certificate (DER) that was presented on this very connection; what cannot be one is empty.

    Who says it must be our proxy, which knows the secret, or our own end of the TLS connection; no header alone counts.
    """
    config = outside().config
    if config.certificate_from == "proxy":
        return _by_proxy(config.certificate_proxy_secret)
    connection = request.environ.get("gunicorn.socket")
    if config.certificate_from == "tls" and isinstance(connection, ssl.SSLSocket):
        return connection.getpeercert(binary_form=True)
    return None


def _by_proxy(secret: str) -> bytes | None:
    given = request.headers.get(SECRET, "")
    if not secret or not compare_digest(given.encode(), secret.encode()):
        current_app.logger.error("the proxy of %s does not send our secret", outside().config.certificate_address)
        return None
    written = request.headers.get(BY_PROXY)
    if not written:
        return None
    try:
        return ssl.PEM_cert_to_DER_cert(unquote(written))
    except ValueError:
        return b""


def keep_apart() -> Response | None:
    """Neither is the portal reached where certificates are asked for, nor are they noted elsewhere."""
    view = current_app.view_functions.get(request.endpoint or "")
    meant = getattr(view, "for_certificates", False)
    if on_certificate_host() and not meant:
        return Response("", 404, mimetype="text/plain")
    if meant and not on_certificate_host():
        abort(400)
    return None


def init_app(app: Flask) -> None:
    """Before anything else is looked at."""
    app.before_request(keep_apart)
