"""Coming back from where somebody proved who they are: a provider of identities, or the page of certificates."""

import json

from flask import Response, request
from flask_babel import gettext as _

from webapp.login_methods import actions, queries
from webapp.login_methods.actions import Outcome
from webapp.login_methods.forms import explained
from webapp.login_methods.models import Challenge, Enrolment
from webapp.login_methods.rights import elsewhere, let_in, may_register, way_on
from webapp.login_methods.shelf import shelf as all_methods
from webapp.login_methods.views.blueprint import login_methods
from webapp.web import redirects
from webapp.web.access import part_of_enrolment, writes
from webapp.web.announcements import announce
from webapp.web.context import db, me, my_session, outside

LONGEST = 4000


@login_methods.get("/arrival")
@part_of_enrolment
@writes
def arrival() -> Response:
    """The answer is what the address brings, or what was noted meanwhile; it counts as one that was typed."""
    question = queries.question_in(db(), my_session())
    enrolment = db().get(Enrolment, question.enrolment_id) if question else None
    if question is None or enrolment is None or enrolment.removed_at or not _comes_back(enrolment):
        announce(_("This answer was not expected here. Please start again."), "problem")
        return elsewhere()
    registering = enrolment.confirmed_at is None
    if registering and not may_register():
        return elsewhere()
    brought = json.dumps({name: value[:LONGEST] for name, value in request.args.items()})
    answer = actions.answer(db(), outside(), me(), my_session(), enrolment, brought)
    if answer.outcome is not Outcome.RIGHT:
        announce(explained(answer, all_methods()[enrolment.method]), "problem")
        return _back_to(enrolment, question)
    let_in()
    if answer.warning:
        announce(str(answer.warning), "problem")
    if registering:
        announce(_("The data has been saved successfully."), "success")
        return redirects.to(".shelf")
    return redirects.whole(way_on(question.onward))


def _comes_back(enrolment: Enrolment) -> bool:
    return all_methods()[enrolment.method].elsewhere


def _back_to(enrolment: Enrolment, question: Challenge) -> Response:
    if enrolment.confirmed_at is None:
        return redirects.to(".confirmation", slug=enrolment.method, public_id=enrolment.public_id)
    return redirects.to("second_factor.form", **({"next": question.onward} if question.onward else {}))
