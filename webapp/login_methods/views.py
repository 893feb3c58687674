"""Registering multi-factor logins: the shelf, and the dialog of each method."""

from flask import Blueprint, Response, abort, url_for
from flask_babel import gettext as _

from webapp.login_methods import actions, queries
from webapp.login_methods.actions import Outcome
from webapp.login_methods.forms import explained, told
from webapp.login_methods.method import LoginMethod
from webapp.login_methods.models import Enrolment, EnrolmentTicket
from webapp.login_methods.shelf import shelf as all_methods
from webapp.messages.queries import held_up
from webapp.web import redirects, sessions
from webapp.web.access import open_to_anyone, part_of_the_upgrade
from webapp.web.announcements import announce
from webapp.web.context import db, me, my_session, now, outside
from webapp.web.pages import page

login_methods = Blueprint("login_methods", __name__, url_prefix="/login-methods")


@login_methods.get("")
@part_of_the_upgrade
def shelf() -> Response:
    """Every method that can be created, and those that were."""
    held = queries.held_by(db(), me()) if me().factor_since else []
    ticket = _right_to_enrol()
    if not held and not ticket:
        return redirects.to("upgrade.start")
    return page("login_methods/shelf.html", methods=all_methods(), held=held, ticket=ticket)


@login_methods.get("/<slug>/new")
@part_of_the_upgrade
def new(slug: str) -> Response:
    """The first question of the dialog."""
    method = _on_shelf(slug)
    if not _right_to_enrol():
        return redirects.to("upgrade.start")
    return page("login_methods/new.html", method=method, slug=slug, form=method.enrolment_form(outside()))


@login_methods.post("/<slug>/new")
@part_of_the_upgrade
def create(slug: str) -> Response:
    """Begin; the code is sent at once."""
    method = _on_shelf(slug)
    if not _right_to_enrol():
        return redirects.to("upgrade.start")
    form = method.enrolment_form(outside())
    if not form.validate():
        return page("login_methods/new.html", method=method, slug=slug, form=form, status=422)
    enrolment, asked = actions.begin(db(), outside(), me(), my_session(), slug=slug, answers=form.data)
    announce(*told(asked))
    return redirects.to(".confirmation", slug=slug, public_id=enrolment.public_id)


@login_methods.get("/<slug>/<public_id>/confirmation")
@part_of_the_upgrade
def confirmation(slug: str, public_id: str) -> Response:
    """The second question: what only the holder can know."""
    method, enrolment = _on_shelf(slug), _own(slug, public_id)
    if enrolment.confirmed_at:
        return redirects.to(".shelf")
    return _ask(method, slug, enrolment, method.answer_form())


@login_methods.post("/<slug>/<public_id>/confirmation")
@part_of_the_upgrade
def confirm(slug: str, public_id: str) -> Response:
    """Whoever holds the method holds it from now on; the session rises to both factors under a new word."""
    method, enrolment = _on_shelf(slug), _own(slug, public_id)
    form = method.answer_form()
    if not _right_to_enrol():
        return redirects.to("upgrade.start")
    if not form.validate():
        return _ask(method, slug, enrolment, form, 422)
    answer = actions.answer(db(), outside(), me(), my_session(), enrolment, form.code.data)
    if answer.outcome is not Outcome.RIGHT:
        form.code.errors = [explained(answer)]
        form.code.data = ""
        return _ask(method, slug, enrolment, form, 422)
    sessions.sign_in(me(), level=2)
    announce(_("The data has been saved successfully."), "success")
    return redirects.whole(url_for(".shelf"))


@login_methods.post("/<slug>/<public_id>/messages")
@part_of_the_upgrade
def send_again(slug: str, public_id: str) -> Response:
    """Another text message; only the code in the last one counts."""
    enrolment = _own(slug, public_id)
    if enrolment.confirmed_at is None and _right_to_enrol():
        announce(*told(actions.ask(db(), outside(), me(), my_session(), enrolment)))
    return redirects.to(".confirmation", slug=slug, public_id=public_id)


@login_methods.get("/<slug>/help")
@open_to_anyone
def help_(slug: str) -> Response:
    """What to do when the method gives trouble."""
    return page(f"login_methods/{slug}_help.html", method=_on_shelf(slug))


def _ask(method: LoginMethod, slug: str, enrolment: Enrolment, form: object, status: int = 200) -> Response:
    question = queries.question_in(db(), my_session())
    if question and question.enrolment_id != enrolment.id:
        question = None
    return page(
        "login_methods/confirmation.html",
        method=method,
        slug=slug,
        enrolment=enrolment,
        question=question,
        held_up=held_up(db(), me().id, now()),
        form=form,
        status=status,
    )


def _on_shelf(slug: str) -> LoginMethod:
    return all_methods().get(slug) or abort(404)


def _own(slug: str, public_id: str) -> Enrolment:
    enrolment = queries.own(db(), me(), public_id)
    return enrolment if enrolment and enrolment.method == slug else abort(404)


def _right_to_enrol() -> EnrolmentTicket | None:
    """What a letter's code opened, for whoever holds no method yet; a password alone opens nothing."""
    first = my_session().level == 1 and me().factor_since is None
    return queries.open_ticket(db(), me(), now()) if first else None
