"""Who acts for the company without belonging to it: given, changed and ended by its administrators."""

from datetime import date

from flask import Response, abort
from flask_babel import gettext as _

from webapp.accounts import mandate_queries
from webapp.accounts.actions import mandating
from webapp.accounts.actions.mandating import Outcome
from webapp.accounts.mandate_days import Days, Phase
from webapp.accounts.mandates import Mandate
from webapp.accounts.models import User
from webapp.accounts.topic_words import by_level
from webapp.administration.mandate_forms import MandateForm, NewMandateForm
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
    """Who acts for us, with which rights, from when on and until when."""
    given = mandate_queries.given_by(db(), here().id, _today())
    return page("administration/mandates.html", given=given, today=_today(), by_level=by_level)


@administration.get("/mandates/new")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def new_mandate() -> Response:
    """Ask who, what and when."""
    return page("administration/mandate_new.html", form=NewMandateForm.beginning(_today()))


@administration.post("/mandates/new")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def give_mandate() -> Response:
    """Give it."""
    form = NewMandateForm()
    if form.validate() and form.fits(_today()) and _give(form):
        return redirects.to(".mandates")
    return page("administration/mandate_new.html", form=form, status=422)


@administration.get("/mandates/<public_id>")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def mandate(public_id: str) -> Response:
    """What it lets the person do."""
    mandate, user = _given(public_id)
    return _show(mandate, user, MandateForm.about(mandate))


@administration.post("/mandates/<public_id>")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def change_mandate(public_id: str) -> Response:
    """Other rights, other days."""
    (mandate, user), form = _given(public_id), MandateForm()
    if not (form.validate() and form.fits(_today(), mandate.days)):
        return _show(mandate, user, form, 422)
    days, name = form.days(_today()), user.full_name
    match mandating.change_mandate(db(), outside(), mandate, form.chosen, days, by=me()):
        case Outcome.CHANGED:
            announce(_("The mandate of %(name)s has been changed. They are told by e-mail.", name=name), "success")
        case Outcome.AS_IT_WAS:
            announce(_("The mandate of %(name)s is as it was.", name=name))
        case Outcome.ENDED:
            announce(_("Somebody ended the mandate of %(name)s meanwhile. Nothing was changed.", name=name), "problem")
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
    days = form.days(_today())
    if free_at:
        form.email.errors = [_("This went wrong too often. You can try again at %(time)s.", time=clock(free_at))]
    elif user is None:
        form.email.errors = [_("Nobody who could act for you has this address and this member number.")]
    elif not mandating.give_mandate(db(), outside(), here(), user, form.chosen, days, by=me()):
        form.email.errors = [_("This person has a mandate of your company already. Change that one, in the list.")]
    else:
        _tell(user.full_name, days)
        return True
    return False


def _tell(name: str, days: Days) -> None:
    if days.phase(_today()) is Phase.RUNNING:
        announce(_("%(name)s may act for your company now, and is told by e-mail.", name=name), "success")
    else:
        told = _(
            "%(name)s may act for your company from %(day)s on, and is told by e-mail.", name=name, day=day(days.first)
        )
        announce(told, "success")


def _today() -> date:
    return local_day(now())


def _show(mandate: Mandate, user: User, form: MandateForm, status: int = 200) -> Response:
    phase = mandate.days.phase(_today())
    return page("administration/mandate.html", mandate=mandate, user=user, phase=phase, form=form, status=status)


def _given(public_id: str) -> tuple[Mandate, User]:
    mandate = mandate_queries.given_one(db(), here().id, public_id) or abort(404)
    return mandate, mandate_queries.holder_of(db(), mandate)
