"""Where a browser presents its certificate, and is sent back to the portal at once."""

from flask import Blueprint, Response, request
from flask.blueprints import BlueprintSetupState

from webapp.login_methods.actions.presenting import present as note
from webapp.web import redirects
from webapp.web.access import open_to_anyone
from webapp.web.client_certificate import for_certificates, presented
from webapp.web.context import db, outside

certificates = Blueprint("certificates", __name__)


@certificates.post("/certificate")
@open_to_anyone
@for_certificates
def present() -> Response:
    """Whatever was presented, or not: the portal has the words for it."""
    back = note(db(), outside(), request.form.get("word", ""), presented())
    return redirects.to_the_portal("login_methods.arrival", **({"word": back} if back else {}))


@certificates.record
def without_token(state: BlueprintSetupState) -> None:
    """The form stands on the portal's host, whose cookie is not sent here: the sealed word in it is the token.

    A stranger who lures somebody here with a word of their own gains nothing: only that browser learns the way back.
    """
    state.app.extensions["csrf"].exempt(present)
