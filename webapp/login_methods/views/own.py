"""One method that one holds: its name, whether it is asked for first, and taking it away."""

from flask import Response
from flask_babel import gettext as _

from webapp.login_methods import actions
from webapp.login_methods.actions.changing import removable
from webapp.login_methods.forms import NameForm, why_it_stays
from webapp.login_methods.models import Enrolment
from webapp.login_methods.rights import let_in
from webapp.login_methods.rights import own as own_method
from webapp.login_methods.views.blueprint import login_methods
from webapp.web import redirects
from webapp.web.access import needs_fresh_proof
from webapp.web.announcements import announce
from webapp.web.context import db, me, my_session, outside
from webapp.web.pages import page


@login_methods.get("/<slug>/<public_id>")
@needs_fresh_proof
def own(slug: str, public_id: str) -> Response:
    """What is known of it, and what can be done."""
    _method, enrolment = own_method(slug, public_id)
    return _show(enrolment, NameForm(name=enrolment.name))


@login_methods.post("/<slug>/<public_id>/name")
@needs_fresh_proof
def rename(slug: str, public_id: str) -> Response:
    """Another name."""
    _method, enrolment = own_method(slug, public_id)
    form = NameForm()
    if not form.validate():
        return _show(enrolment, form, 422)
    actions.rename(db(), outside(), me(), enrolment, form.name.data or "")
    announce(_("The name has been saved."), "success")
    return redirects.to(".shelf")


@login_methods.post("/<slug>/<public_id>/preference")
@needs_fresh_proof
def prefer(slug: str, public_id: str) -> Response:
    """Asked for first from now on."""
    method, enrolment = own_method(slug, public_id)
    actions.prefer(db(), outside(), me(), enrolment)
    announce(_("From now on you are asked for this first: %(method)s.", method=method.label), "success")
    return redirects.to(".shelf")


@login_methods.get("/<slug>/<public_id>/removal")
@needs_fresh_proof
def removal(slug: str, public_id: str) -> Response:
    """Ask before it goes, or say why it must stay."""
    method, enrolment = own_method(slug, public_id)
    keep = removable(db(), me(), enrolment)
    stays = why_it_stays(keep) if keep else None
    return page("login_methods/removal.html", method=method, slug=slug, enrolment=enrolment, stays=stays)


@login_methods.post("/<slug>/<public_id>/removal")
@needs_fresh_proof
def remove(slug: str, public_id: str) -> Response:
    """It goes, unless nothing else would be left."""
    method, enrolment = own_method(slug, public_id)
    keep = actions.remove(db(), outside(), me(), my_session(), enrolment)
    if keep:
        announce(why_it_stays(keep), "problem")
        return redirects.to(".removal", slug=slug, public_id=public_id)
    let_in()
    announce(_("This login method has been removed: %(method)s.", method=method.label), "success")
    return redirects.to(".shelf")


def _show(enrolment: Enrolment, form: NameForm, status: int = 200) -> Response:
    method, _own = own_method(enrolment.method, enrolment.public_id)
    return page(
        "login_methods/own.html", method=method, slug=enrolment.method, enrolment=enrolment, form=form, status=status
    )
