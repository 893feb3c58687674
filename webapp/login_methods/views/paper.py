"""The recovery codes on a sheet to be kept; as long as they are new, and never again."""

from flask import Response, abort, make_response

from webapp.login_methods import actions
from webapp.login_methods.rights import own, who_may_register
from webapp.login_methods.views.blueprint import login_methods
from webapp.web.access import needs_fresh_proof, part_of_enrolment
from webapp.web.context import db, me, my_session, now, outside
from webapp.web.languages import language

SLUG = "recovery_codes"
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@login_methods.get("/recovery_codes/<public_id>/paper")
@part_of_enrolment
@needs_fresh_proof
@who_may_register
def paper(public_id: str) -> Response:
    """A PDF of one sheet."""
    method, enrolment = own(SLUG, public_id)
    if enrolment.confirmed_at:
        abort(404)
    asking = actions.circumstances(db(), outside(), me(), my_session(), now())
    codes = method.shown(outside().seal.open(enrolment.kept), None, asking)["codes"]
    html = outside().writer.write(
        "login_methods/recovery_codes_paper.html", language(), codes=codes, person=me().full_name, drawn_on=now()
    )
    response = make_response(outside().press.pdf(html))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = 'attachment; filename="partnerweb-recovery-codes.pdf"'
    response.headers["Content-Security-Policy"] = PDF_POLICY
    return response
