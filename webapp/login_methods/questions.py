"""The page on which a method asks: the same when it is registered, at each sign-in, and for a fresh proof."""

from typing import Any

from flask import Response

from webapp.login_methods import actions, queries
from webapp.login_methods.method import LoginMethod
from webapp.login_methods.models import Challenge, Enrolment
from webapp.messages.queries import held_up
from webapp.web.context import db, me, my_session, now, outside
from webapp.web.pages import page


def question_page(
    template: str, method: LoginMethod, enrolment: Enrolment, form: object, status: int = 200, **more: Any
) -> Response:
    """``template`` with the question that is open in this session, if it is this enrolment's."""
    question = waiting_for(enrolment)
    asking = actions.circumstances(db(), outside(), me(), my_session(), question.expires_at if question else now())
    kept = outside().seal.open(enrolment.kept)
    asked = outside().seal.open(question.kept) if question else None
    return page(
        template,
        method=method,
        slug=enrolment.method,
        enrolment=enrolment,
        question=question,
        shown=method.shown(kept, asked, asking),
        held_up=method.sends and held_up(db(), me().id, now()),
        form=form,
        status=status,
        **more,
    )


def waiting_for(enrolment: Enrolment) -> Challenge | None:
    """The question to this enrolment that can still be answered."""
    question = queries.question_in(db(), my_session())
    return question if question and question.enrolment_id == enrolment.id and question.waits(now()) else None
