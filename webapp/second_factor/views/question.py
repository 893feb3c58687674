"""The second factor, asked for after the password, and again for what needs a fresh proof."""

from typing import NamedTuple

from flask import Response, abort, request

from webapp.formats import local_day
from webapp.login_methods import actions, queries
from webapp.login_methods.actions import Outcome
from webapp.login_methods.forms import explained, told
from webapp.login_methods.models import Challenge, Enrolment
from webapp.login_methods.questions import question_page
from webapp.login_methods.rights import let_in, way_on
from webapp.login_methods.shelf import shelf
from webapp.second_factor.views.blueprint import second_factor
from webapp.web import redirects
from webapp.web.access import half_signed_in
from webapp.web.announcements import announce
from webapp.web.context import db, me, my_session, now, outside
from webapp.web.pages import page


class Turn(NamedTuple):
    """What may be asked for today, the preferred one first; whose turn it is; and what this session was asked last.

    It is the turn of the method that was asked for last in this session; before that, of the one that comes first.
    """

    held: list[Enrolment]
    asked: Enrolment
    question: Challenge | None


def ask_at_once() -> None:
    """Right after the password: whoever has a second factor is asked for it without another press."""
    held = _held() if me().factor_since else []
    if held:
        _ask(held[0])


@second_factor.get("")
@half_signed_in
def form() -> Response:
    """The question."""
    turn = _turn()
    return _show(turn, shelf()[turn.asked.method].answer_form())


@second_factor.post("")
@half_signed_in
def answer() -> Response:
    """A right answer opens PartnerWeb 2.0, under a new word in the cookie."""
    turn = _turn()
    method = shelf()[turn.asked.method]
    answers = method.answer_form()
    if not answers.validate():
        return _show(turn, answers, 422)
    given = actions.answer(db(), outside(), me(), my_session(), turn.asked, answers.code.data)
    if given.outcome is not Outcome.RIGHT:
        answers.code.errors = [explained(given, method)]
        answers.code.data = ""
        return _show(turn._replace(question=queries.question_in(db(), my_session())), answers, 422)
    let_in()
    if given.warning:
        announce(str(given.warning), "problem")
    return redirects.whole(way_on(request.args.get("next")))


@second_factor.post("/messages")
@half_signed_in
def send_again() -> Response:
    """The question again: another text message, or another try."""
    _ask(_turn().asked)
    return _to_the_question()


@second_factor.get("/others")
@half_signed_in
def others() -> Response:
    """Every method that the person holds."""
    turn = _turn()
    return page("second_factor/others.html", held=turn.held, methods=shelf(), asked=turn.asked)


@second_factor.post("/others/<public_id>")
@half_signed_in
def choose(public_id: str) -> Response:
    """Be asked for this one instead."""
    held = {enrolment.public_id: enrolment for enrolment in _held()}
    _ask(held.get(public_id) or abort(404))
    return _to_the_question()


def _held() -> list[Enrolment]:
    """What may be asked for today, the preferred one first."""
    return queries.asked_for(db(), outside().config, me(), local_day(now()))


def _turn() -> Turn:
    """404 for whoever holds nothing."""
    held = _held() or abort(404)
    question = queries.question_in(db(), my_session())
    chosen = (enrolment for enrolment in held if question and enrolment.id == question.enrolment_id)
    return Turn(held, next(chosen, held[0]), question)


def _ask(enrolment: Enrolment) -> None:
    asked = actions.ask(
        db(), outside(), me(), my_session(), enrolment, onward=redirects.safe(request.args.get("next")) or ""
    )
    if shelf()[enrolment.method].sends:
        announce(*told(asked))


def _to_the_question() -> Response:
    onward = request.args.get("next")
    return redirects.to(".form", **({"next": onward} if onward else {}))


def _show(turn: Turn, answers: object, status: int = 200) -> Response:
    method, more = shelf()[turn.asked.method], {"several": len(turn.held) > 1, "fresh": my_session().level > 1}
    return question_page("second_factor/form.html", method, turn.asked, turn.question, answers, status, **more)
