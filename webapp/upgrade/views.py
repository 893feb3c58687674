"""The upgrade from the question after sign-in to the multi-factor login."""

from functools import wraps
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response
from flask_babel import gettext as _

from webapp.accounts.queries import administrators_of
from webapp.formats import local_day
from webapp.letters.models import Reason
from webapp.upgrade import queries, question as question_rules, terms as terms_of_use
from webapp.upgrade.actions import closing, ordering, redeeming
from webapp.upgrade.forms import AddressReportForm, CodeForm, OrderAgainForm, OrderForm, why_no_letter, why_refused
from webapp.upgrade.journey import Step
from webapp.web import redirects
from webapp.web.access import open_to_anyone, part_of_the_upgrade
from webapp.web.announcements import announce
from webapp.web.context import db, here, me, my_session, now, outside
from webapp.web.languages import language
from webapp.web.pages import page

upgrade = Blueprint("upgrade", __name__, url_prefix="/upgrade")

PLACES = {
    Step.LETTER: "upgrade.letter",
    Step.CODE: "upgrade.code",
    Step.METHOD: "login_methods.shelf",
    Step.DONE: "home.show",
}


def _step() -> Step:
    return queries.journey(db(), me()).step(now())


def before_a_method(view: Callable[..., Response]) -> Callable[..., Response]:
    """A step before the methods: who has passed it goes where they belong."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Response:
        step = _step()
        return redirects.to(PLACES[step]) if step in (Step.METHOD, Step.DONE) else view(*args, **kwargs)

    return guarded


@upgrade.get("")
@part_of_the_upgrade
def start() -> Response:
    """To the step that is next; every link to the upgrade leads here."""
    return redirects.to(PLACES[_step()])


@upgrade.get("/question")
@part_of_the_upgrade
@before_a_method
def question() -> Response:
    """Upgrade now? Asked after signing in, unless it was put off."""
    config, today = outside().config, local_day(now())
    postponed_at = queries.postponed_at(db(), me())
    if not question_rules.due(postponed_at, now(), today, config.question_every, config.deadline):
        return redirects.to("home.show")
    standing = queries.standing(db(), me(), now(), config.fund.canton)
    optional = question_rules.may_be_put_off(today, config.deadline)
    return page("upgrade/question.html", standing=standing, optional=optional, deadline=config.deadline)


@upgrade.post("/postponement")
@part_of_the_upgrade
def postpone() -> Response:
    """Not now."""
    closing.postpone(db(), outside(), me())
    announce(_("You can upgrade at any time: open “Administration”."))
    return redirects.to("home.show")


@upgrade.get("/information")
@open_to_anyone
def information() -> Response:
    """What PartnerWeb 2.0 brings, what is needed, and the risks of each method."""
    return page("upgrade/information.html")


@upgrade.get("/letter")
@part_of_the_upgrade
@before_a_method
def letter() -> Response:
    """What is true now about the letter, and how to order one."""
    return _letter_page()


@upgrade.post("/letters")
@part_of_the_upgrade
@before_a_method
def order() -> Response:
    """Order a letter for oneself: an administrator may."""
    if not me().administrator:
        return redirects.to(".letter")
    again = _standing().letters
    form = OrderAgainForm() if again else OrderForm()
    if not form.validate():
        return _letter_page(again_form=form, status=422)
    reason = Reason(form.reason.data) if again else Reason.FIRST
    outcome = ordering.order_letters(db(), outside(), [me()], by=me(), reason=reason)
    for refusal in outcome.refused.values():
        announce(why_no_letter(refusal, _standing()), "problem")
    if outcome.sent:
        announce(_("Your letter is ordered. The code comes by post in the next working days."), "success")
    return redirects.to(".letter")


@upgrade.get("/address-report")
@part_of_the_upgrade
@before_a_method
def address() -> Response:
    """Say that the address is wrong."""
    return page("upgrade/address.html", form=AddressReportForm(), address=me().address(here().name))


@upgrade.post("/address-report")
@part_of_the_upgrade
@before_a_method
def report_address() -> Response:
    """The order waits until the fund has corrected the address."""
    form = AddressReportForm()
    if not form.validate():
        return page("upgrade/address.html", form=form, address=me().address(here().name), status=422)
    ordering.report_address(db(), outside(), me(), form.remark.data or "")
    announce(_("Thank you. The fund checks the address; until then no letter leaves."), "success")
    return redirects.to(".letter")


@upgrade.post("/wishes")
@part_of_the_upgrade
@before_a_method
def wish() -> Response:
    """Ask the administrators for a code."""
    asked = ordering.ask_administrators(db(), outside(), me())
    names = ", ".join(person.full_name for person in asked)
    announce(_("We have written to %(names)s.", names=names) if asked else _("Your request is noted."), "success")
    return redirects.to(".letter")


@upgrade.get("/code")
@part_of_the_upgrade
@before_a_method
def code() -> Response:
    """Type the code, accept the terms."""
    return _code_page(CodeForm())


@upgrade.post("/code")
@part_of_the_upgrade
@before_a_method
def redeem() -> Response:
    """A right code opens the registration of a login method."""
    form = CodeForm()
    if not form.validate():
        return _code_page(form, 422)
    version = terms_of_use.current_version(local_day(now()))
    redemption = redeeming.redeem(db(), outside(), me(), form.code.data or "", terms=version, language=language())
    if redemption.outcome is not redeeming.Outcome.REDEEMED:
        form.code.errors = [why_refused(redemption)]
        form.code.data = ""
        return _code_page(form, 422)
    announce(_("The code is right. Now create your login."), "success")
    return redirects.to("login_methods.shelf")


@upgrade.post("/completion")
@part_of_the_upgrade
def complete() -> Response:
    """Close: from now on both factors are asked for, and PartnerWeb 2.0 opens."""
    if my_session().level == 2 and closing.close(db(), outside(), me(), my_session()):  # noqa: PLR2004 -- both factors
        announce(_("Your multi-factor login is active. Welcome to PartnerWeb 2.0."), "success")
    return redirects.to("home.show")


def _standing() -> queries.Standing:
    return queries.standing(db(), me(), now(), outside().config.fund.canton)


def _letter_page(again_form: Any = None, status: int = 200) -> Response:
    standing = _standing()
    return page(
        "upgrade/letter.html",
        standing=standing,
        why_not=why_no_letter(standing.refusal, standing) if standing.refusal else None,
        address=me().address(here().name),
        administrators=administrators_of(db(), me().employer_id),
        form=again_form or (OrderAgainForm() if standing.letters else OrderForm()),
        status=status,
    )


def _code_page(form: CodeForm, status: int = 200) -> Response:
    version = terms_of_use.current_version(local_day(now()))
    return page(
        "upgrade/code.html",
        form=form,
        standing=_standing(),
        terms_template=terms_of_use.template(version, language()),
        terms_version=version,
        status=status,
    )
