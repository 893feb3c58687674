"""Registering a method in two questions: what it is, and the proof that one holds it."""

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.login_methods import actions
from webapp.login_methods.actions import Outcome
from webapp.login_methods.forms import explained, told
from webapp.login_methods.method import LoginMethod
from webapp.login_methods.models import Enrolment
from webapp.login_methods.questions import question_page
from webapp.login_methods.rights import elsewhere, let_in, may_register, on_shelf, own
from webapp.login_methods.views.blueprint import login_methods
from webapp.web import redirects
from webapp.web.access import needs_fresh_proof, part_of_enrolment
from webapp.web.announcements import announce
from webapp.web.context import db, me, my_session, outside
from webapp.web.pages import page


@login_methods.get("/<slug>/new")
@part_of_enrolment
@needs_fresh_proof
def new(slug: str) -> Response:
    """The first question of the dialog."""
    if not may_register():
        return elsewhere()
    method = on_shelf(slug)
    return page("login_methods/new.html", method=method, slug=slug, form=method.enrolment_form(outside()))


@login_methods.post("/<slug>/new")
@part_of_enrolment
@needs_fresh_proof
def create(slug: str) -> Response:
    """Begin; what has to be sent is sent at once."""
    if not may_register():
        return elsewhere()
    method = on_shelf(slug)
    form = method.enrolment_form(outside())
    if not form.validate():
        return page("login_methods/new.html", method=method, slug=slug, form=form, status=422)
    enrolment, asked = actions.begin(db(), outside(), me(), my_session(), slug=slug, answers=form.data)
    if method.sends:
        announce(*told(asked))
    return redirects.to(".confirmation", slug=slug, public_id=enrolment.public_id)


@login_methods.get("/<slug>/<public_id>/confirmation")
@part_of_enrolment
@needs_fresh_proof
def confirmation(slug: str, public_id: str) -> Response:
    """The second question: what only the holder can know."""
    if not may_register():
        return elsewhere()
    method, enrolment = own(slug, public_id)
    if enrolment.confirmed_at:
        return redirects.to(".shelf")
    return _ask(method, enrolment, method.answer_form())


@login_methods.post("/<slug>/<public_id>/confirmation")
@part_of_enrolment
@needs_fresh_proof
def confirm(slug: str, public_id: str) -> Response:
    """Whoever holds the method holds it from now on; the session rises to both factors under a new word."""
    if not may_register():
        return elsewhere()
    method, enrolment = own(slug, public_id)
    form = method.answer_form()
    if enrolment.confirmed_at:
        return redirects.to(".shelf")
    if not form.validate():
        return _ask(method, enrolment, form, 422)
    answer = actions.answer(db(), outside(), me(), my_session(), enrolment, form.code.data)
    if answer.outcome is not Outcome.RIGHT:
        form.code.errors = [explained(answer, method)]
        form.code.data = ""
        return _ask(method, enrolment, form, 422)
    let_in()
    announce(_("The data has been saved successfully."), "success")
    return redirects.whole(url_for(".shelf"))


@login_methods.post("/<slug>/<public_id>/messages")
@part_of_enrolment
@needs_fresh_proof
def send_again(slug: str, public_id: str) -> Response:
    """Put the question again: another text message, or another try; only the newest question counts."""
    if not may_register():
        return elsewhere()
    method, enrolment = own(slug, public_id)
    if enrolment.confirmed_at is None:
        asked = actions.ask(db(), outside(), me(), my_session(), enrolment)
        if method.sends:
            announce(*told(asked))
    return redirects.to(".confirmation", slug=slug, public_id=public_id)


def _ask(method: LoginMethod, enrolment: Enrolment, form: object, status: int = 200) -> Response:
    return question_page("login_methods/confirmation.html", method, enrolment, form, status)
