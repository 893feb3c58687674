"""Headers of every answer, whatever it is: nothing foreign runs, nothing personal is kept."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request
from werkzeug.exceptions import BadRequest

from webapp.web.client_certificate import on_certificate_host
from webapp.web.context import outside

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class ForgedRequest(BadRequest):
    """A request that changes something came from another site."""


def refuse_other_sites() -> None:
    """Only our own pages may change anything: asked of the browser, besides the token in the form."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    if on_certificate_host():  # another site than our own pages', which tell it nothing but "null" of themselves
        if request.headers.get("Origin", "null") not in ("null", outside().config.address):
            raise ForgedRequest
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        raise ForgedRequest
    origin = request.headers.get("Origin")
    if site is None and origin is not None and urlsplit(origin).netloc != request.host:
        raise ForgedRequest


def refuse_unknown_hosts() -> None:
    """Only the names that the settings give us: a forged Host would end up in links."""
    if on_certificate_host():
        return
    named = {request.host, request.host.rpartition(":")[0]} if current_app.config["ANY_PORT"] else {request.host}
    if not named & current_app.config["HOSTS"]:
        abort(400)


def refuse_nothingness() -> None:
    """No database keeps the character NUL; no address of ours has it."""
    if "\0" in request.path or any("\0" in value for values in request.args.listvalues() for value in values):
        abort(404)


def always(*, secure: bool, forms_to: Sequence[str] = ()) -> dict[str, str]:
    """What every answer carries, a file's too; ``secure``: the portal is reached by HTTPS.

    ``forms_to``: origins besides our own where a form of ours leads; Chromium asks for those of redirects too.
    """
    headers = {
        "Content-Security-Policy": POLICY.replace("form-action 'self'", " ".join(["form-action 'self'", *forms_to])),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    return headers | ({"Strict-Transport-Security": "max-age=31536000; includeSubDomains"} if secure else {})


def add(response: Response) -> Response:
    """The same set for pages, files and errors; an answer with a stricter policy of its own keeps it."""
    headers, config = response.headers, current_app.config
    for name, value in always(secure=config["SECURE"], forms_to=config["FORMS_TO"]).items():
        headers.setdefault(name, value)
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
        vary(response, "Cookie")
    return response


def vary(response: Response, name: str) -> None:
    """The answer depends on this header of the request too; written without reading all the others anew."""
    named = response.headers.get("Vary")
    response.headers["Vary"] = f"{named}, {name}" if named else name


def init_app(app: Flask) -> None:
    """Before the doors: a forged request reaches nothing."""
    app.before_request(refuse_unknown_hosts)
    app.before_request(refuse_other_sites)
    app.before_request(refuse_nothingness)
    app.after_request(add)
