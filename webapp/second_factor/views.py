"""The second factor, asked for after the password."""

from flask import Blueprint, Response, abort, request, url_for

from webapp.login_methods import actions, queries
from webapp.login_methods.actions import Outcome
from webapp.login_methods.forms import explained, told
from webapp.login_methods.models import Enrolment
from webapp.login_methods.shelf import shelf
from webapp.messages.queries import held_up
from webapp.web import redirects, sessions
from webapp.web.access import half_signed_in
from webapp.web.announcements import announce
from webapp.web.context import db, me, my_session, now, outside
from webapp.web.pages import page

second_factor = Blueprint("second_factor", __name__, url_prefix="/sign-in/second-factor")


def ask_at_once() -> None:
    """Right after the password: whoever has a second factor is asked for it without another press."""
    held = queries.held_by(db(), me()) if me().factor_since else []
    if held:
        announce(*told(actions.ask(db(), outside(), me(), my_session(), held[0])))


@second_factor.get("")
@half_signed_in
def form() -> Response:
    """The question."""
    held = _held()
    return _show(held, shelf()[held.method].answer_form())


@second_factor.post("")
@half_signed_in
def answer() -> Response:
    """A right answer opens PartnerWeb 2.0, under a new word in the cookie."""
    held = _held()
    answers = shelf()[held.method].answer_form()
    if not answers.validate():
        return _show(held, answers, 422)
    given = actions.answer(db(), outside(), me(), my_session(), held, answers.code.data)
    if given.outcome is not Outcome.RIGHT:
        answers.code.errors = [explained(given)]
        answers.code.data = ""
        return _show(held, answers, 422)
    sessions.sign_in(me(), level=2)
    return redirects.whole(redirects.safe(request.args.get("next")) or url_for("home.show"))


@second_factor.post("/messages")
@half_signed_in
def send_again() -> Response:
    """Another text message."""
    announce(*told(actions.ask(db(), outside(), me(), my_session(), _held())))
    return redirects.to(".form")


def _held() -> Enrolment:
    held = queries.held_by(db(), me())
    return held[0] if held else abort(404)


def _show(held: Enrolment, answers: object, status: int = 200) -> Response:
    return page(
        "second_factor/form.html",
        method=shelf()[held.method],
        slug=held.method,
        held=held,
        question=queries.question_in(db(), my_session()),
        held_up=held_up(db(), me().id, now()),
        form=answers,
        status=status,
    )
