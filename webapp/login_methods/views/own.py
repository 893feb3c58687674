"""One method that one holds: its name, whether it is asked for first, and taking it away."""

from flask import Response, abort
from flask_babel import gettext as _

from webapp.formats import local_day
from webapp.login_methods import actions, queries
from webapp.login_methods.actions.changing import removable
from webapp.login_methods.forms import NameForm, called, why_it_stays
from webapp.login_methods.method import LoginMethod, Strength
from webapp.login_methods.models import Enrolment
from webapp.login_methods.rights import held, let_in
from webapp.login_methods.views.blueprint import login_methods
from webapp.web import redirects
from webapp.web.access import for_the_upgraded, needs_fresh_proof
from webapp.web.announcements import announce
from webapp.web.context import db, me, my_session, now, outside
from webapp.web.pages import page


@login_methods.get("/<slug>/<public_id>")
@for_the_upgraded
@needs_fresh_proof
def own(slug: str, public_id: str) -> Response:
    """What is known of it, and what can be done."""
    method, enrolment = held(slug, public_id)
    return _show(method, enrolment, NameForm(name=enrolment.name))


@login_methods.post("/<slug>/<public_id>/name")
@for_the_upgraded
@needs_fresh_proof
def rename(slug: str, public_id: str) -> Response:
    """Another name."""
    method, enrolment = held(slug, public_id)
    form = NameForm()
    if not form.validate():
        return _show(method, enrolment, form, 422)
    if actions.rename(db(), outside(), me(), enrolment, form.name.data or ""):
        announce(_("The name has been saved."), "success")
    return redirects.to(".shelf")


@login_methods.post("/<slug>/<public_id>/preference")
@for_the_upgraded
@needs_fresh_proof
def prefer(slug: str, public_id: str) -> Response:
    """Asked for first from now on."""
    method, enrolment = held(slug, public_id)
    if method.strength is Strength.SPARE:
        abort(404)
    if actions.prefer(db(), outside(), me(), enrolment):
        announce(
            _("From now on you are asked for this first: %(method)s.", method=called(method, enrolment)), "success"
        )
    return redirects.to(".shelf")


@login_methods.get("/<slug>/<public_id>/removal")
@for_the_upgraded
@needs_fresh_proof
def removal(slug: str, public_id: str) -> Response:
    """Ask before it goes, or say why it must stay."""
    method, enrolment = held(slug, public_id)
    keep = removable(db(), outside().config, me(), enrolment, local_day(now()))
    stays = why_it_stays(keep) if keep else None
    return page("login_methods/removal.html", method=method, slug=slug, enrolment=enrolment, stays=stays)


@login_methods.post("/<slug>/<public_id>/removal")
@for_the_upgraded
@needs_fresh_proof
def remove(slug: str, public_id: str) -> Response:
    """It goes, unless nothing else would be left."""
    method, enrolment = held(slug, public_id)
    keep = actions.remove(db(), outside(), me(), my_session(), enrolment)
    if keep:
        announce(why_it_stays(keep), "problem")
        return redirects.to(".removal", slug=slug, public_id=public_id)
    let_in(proved=False)
    announce(_("This login method has been removed: %(method)s.", method=called(method, enrolment)), "success")
    return redirects.to(".shelf")


def _show(method: LoginMethod, enrolment: Enrolment, form: NameForm, status: int = 200) -> Response:
    asked = queries.asked_for(db(), outside().config, me(), local_day(now()))
    return page(
        "login_methods/own.html",
        method=method,
        slug=enrolment.method,
        enrolment=enrolment,
        first=asked[0].id == enrolment.id,
        may_be_first=method.strength > Strength.SPARE and enrolment in asked,
        form=form,
        status=status,
    )
