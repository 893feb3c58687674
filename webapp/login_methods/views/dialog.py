"""Registering a method in two questions: what it is, and the proof that one holds it."""

from flask import Response, url_for
from flask_babel import gettext as _

from webapp.login_methods import actions, queries
from webapp.login_methods.actions import Outcome
from webapp.login_methods.forms import explained, told
from webapp.login_methods.method import LoginMethod
from webapp.login_methods.models import Enrolment
from webapp.login_methods.questions import question_page
from webapp.login_methods.rights import let_in, on_shelf, own, own_and_asked, who_may_register
from webapp.login_methods.views.blueprint import login_methods
from webapp.web import redirects
from webapp.web.access import needs_fresh_proof, part_of_enrolment
from webapp.web.announcements import announce
from webapp.web.context import db, me, my_session, outside
from webapp.web.pages import page

QUESTION = "login_methods/confirmation.html"


@login_methods.get("/<slug>/new")
@part_of_enrolment
@needs_fresh_proof
@who_may_register
def new(slug: str) -> Response:
    """The first question of the dialog."""
    method = on_shelf(slug)
    return page("login_methods/new.html", method=method, slug=slug, form=method.enrolment_form(outside()))


@login_methods.post("/<slug>/new")
@part_of_enrolment
@needs_fresh_proof
@who_may_register
def create(slug: str) -> Response:
    """Begin; what has to be sent is sent at once."""
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
@who_may_register
def confirmation(slug: str, public_id: str) -> Response:
    """The second question: what only the holder can know."""
    method, enrolment, asked = own_and_asked(slug, public_id)
    if enrolment.confirmed_at:
        return redirects.to(".shelf")
    return question_page(QUESTION, method, enrolment, asked, method.answer_form())


@login_methods.post("/<slug>/<public_id>/confirmation")
@part_of_enrolment
@needs_fresh_proof
@who_may_register
def confirm(slug: str, public_id: str) -> Response:
    """Whoever holds the method holds it from now on; the session rises to both factors under a new word."""
    method, enrolment = own(slug, public_id)
    form = method.answer_form()
    if enrolment.confirmed_at:
        return redirects.to(".shelf")
    if not form.validate():
        return _refused(method, enrolment, form)
    answer = actions.answer(db(), outside(), me(), my_session(), enrolment, form.code.data)
    if answer.outcome is not Outcome.RIGHT:
        form.code.errors = [explained(answer, method)]
        form.code.data = ""
        return _refused(method, enrolment, form)
    let_in()
    announce(_("The data has been saved successfully."), "success")
    return redirects.whole(url_for(".shelf"))


@login_methods.post("/<slug>/<public_id>/messages")
@part_of_enrolment
@needs_fresh_proof
@who_may_register
def send_again(slug: str, public_id: str) -> Response:
    """Put the question again: another text message, or another try; only the newest question counts."""
    method, enrolment = own(slug, public_id)
    if enrolment.confirmed_at is None:
        asked = actions.ask(db(), outside(), me(), my_session(), enrolment)
        if method.sends:
            announce(*told(asked))
    return redirects.to(".confirmation", slug=slug, public_id=public_id)


def _refused(method: LoginMethod, enrolment: Enrolment, form: object) -> Response:
    return question_page(QUESTION, method, enrolment, queries.question_in(db(), my_session()), form, 422)
