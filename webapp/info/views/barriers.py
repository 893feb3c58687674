"""Telling the fund about a barrier: open to anyone, for whoever meets one may be unable to sign in."""

from flask import Response, request
from flask_babel import gettext as _

from webapp.formats import clock
from webapp.info import actions
from webapp.info.forms import BarrierForm
from webapp.info.views.blueprint import info
from webapp.web import redirects
from webapp.web.access import open_to_anyone
from webapp.web.announcements import announce
from webapp.web.context import db, me_or_nobody, outside
from webapp.web.pages import page


@info.get("/accessibility/barrier")
@open_to_anyone
def barrier() -> Response:
    """The form."""
    return page("info/barrier.html", form=BarrierForm(obj=me_or_nobody()))


@info.post("/accessibility/barrier")
@open_to_anyone
def tell_of_barrier() -> Response:
    """Send it to the fund."""
    form = BarrierForm()
    if not form.validate():
        return page("info/barrier.html", form=form, status=422)
    told = {"words": form.words.data or "", "where": form.where.data or "", "answer_to": form.email.data or ""}
    taken = actions.tell_of_barrier(db(), outside(), address=request.remote_addr or "", **told)
    if taken.free_at:
        sentence = _("A lot has come from here today. Try again at %(time)s, or call us.", time=clock(taken.free_at))
        form.form_errors.append(sentence)
        return page("info/barrier.html", form=form, status=422)
    announce(_("Thank you. Your message has gone to the fund."), "success")
    return redirects.to("info.accessibility")
