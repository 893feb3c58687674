"""Where somebody is sent who may not go on, and from there back to the page that they used."""

from flask import Response, current_app, request, url_for
from flask_babel import gettext as _

from webapp.web import redirects
from webapp.web.announcements import announce


def to(endpoint: str, *, and_back: bool) -> Response:
    """Instead of the page asked for; ``and_back`` to it later."""
    path = _asked_for() if and_back else None
    return redirects.to(endpoint, next=path) if path else redirects.to(endpoint)


def to_the_sign_in() -> Response:
    """What was sent after the session had ended is not done."""
    if request.method == "GET":
        return to("sign_in.form", and_back=True)
    announce(_("Your session has ended and nothing was sent. Please sign in, then try again."))
    return redirects.to("sign_in.form", next=_page_of_the_form())


def to_a_fresh_proof() -> Response:
    """By a real page load, also from htmx; what was sent with a proof that is too old is not done."""
    if request.method != "GET":
        announce(_("This is not saved yet: your last proof is too old. Please prove that it is you, then try again."))
    return redirects.whole(url_for("second_factor.form", next=_asked_for() or _page_of_the_form()))


def _asked_for() -> str | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "writes", False):  # a step of a protocol: it can't be taken later, and its query is secret
        return None
    path = request.full_path.rstrip("?")
    return path if request.method == "GET" and path != "/" else None


def _page_of_the_form() -> str:
    """The nearest page above the address that a form was sent to."""
    address, path = current_app.create_url_adapter(request), request.path
    while path and address and not address.test(path, "GET"):
        path = path.rpartition("/")[0]
    return path or "/"
