"""Who acts for the company without belonging to it: given, changed and ended by its administrators."""

from flask import Response, abort
from flask_babel import gettext as _

from webapp.accounts import mandate_queries
from webapp.accounts.actions import mandating
from webapp.accounts.mandates import Mandate
from webapp.accounts.models import User
from webapp.accounts.topics import Rights
from webapp.administration.topic_forms import MandateForm, NewMandateForm, listed
from webapp.administration.views.way import administration
from webapp.formats import clock, day, local_day
from webapp.web import redirects
from webapp.web.access import administrators_only, for_the_upgraded, needs_fresh_proof
from webapp.web.announcements import announce
from webapp.web.context import db, here, me, now, outside
from webapp.web.pages import page


@administration.get("/mandates")
@for_the_upgraded
@administrators_only
def mandates() -> Response:
    """Who acts for us, with which rights, until when."""
    given = mandate_queries.given_by(db(), here().id)
    return page("administration/mandates.html", given=given, today=local_day(now()), listed=listed)


@administration.get("/mandates/new")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def new_mandate() -> Response:
    """Ask who, what and until when."""
    return page("administration/mandate_new.html", form=NewMandateForm.of(Rights()))


@administration.post("/mandates/new")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def give_mandate() -> Response:
    """Give it."""
    form = NewMandateForm()
    if form.validate() and _give(form):
        return redirects.to(".mandates")
    return page("administration/mandate_new.html", form=form, status=422)


@administration.get("/mandates/<public_id>")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def mandate(public_id: str) -> Response:
    """What it lets the person do."""
    mandate, user = _given(public_id)
    form = MandateForm.of(mandate.rights, until=day(mandate.ends_on))
    return page("administration/mandate.html", mandate=mandate, user=user, form=form)


@administration.post("/mandates/<public_id>")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def change_mandate(public_id: str) -> Response:
    """Other rights, another last day."""
    (mandate, user), form = _given(public_id), MandateForm()
    if not form.validate():
        return page("administration/mandate.html", mandate=mandate, user=user, form=form, status=422)
    mandating.change_mandate(db(), outside(), mandate, form.chosen, form.last_day, by=me())
    announce(_("The mandate has been changed."), "success")
    return redirects.to(".mandates")


@administration.post("/mandates/<public_id>/end")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def end_mandate(public_id: str) -> Response:
    """From now on it opens nothing."""
    mandate, user = _given(public_id)
    name = user.full_name
    mandating.end_mandate(db(), outside(), mandate, by=me())
    announce(_("%(name)s does not act for your company any more, and is told by e-mail.", name=name), "success")
    return redirects.to(".mandates")


def _give(form: NewMandateForm) -> bool:
    told = {"member_number": form.member_number.data or "", "email": form.email.data or ""}
    user, free_at = mandating.find_somebody(db(), outside(), here(), by=me(), **told)
    if free_at:
        form.email.errors = [_("This went wrong too often. You can try again at %(time)s.", time=clock(free_at))]
    elif user is None:
        form.email.errors = [_("Nobody who could act for you has this address and this member number.")]
    elif not mandating.give_mandate(db(), outside(), here(), user, form.chosen, form.last_day, by=me()):
        form.email.errors = [_("This person acts for your company already.")]
    else:
        announce(_("%(name)s may act for your company now, and is told by e-mail.", name=user.full_name), "success")
        return True
    return False


def _given(public_id: str) -> tuple[Mandate, User]:
    mandate = mandate_queries.given_one(db(), here().id, public_id) or abort(404)
    return mandate, mandate_queries.holder_of(db(), mandate)
