"""The second factor is lost: a letter is ordered, and followed. Nothing changes before its code is used."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response
from flask_babel import gettext as _

from webapp.letters.models import Purpose, Reason
from webapp.login_methods.rights import open_ticket
from webapp.second_factor.views.blueprint import second_factor
from webapp.upgrade import queries
from webapp.upgrade.actions import closing, ordering
from webapp.upgrade.forms import AddressReportForm, order_form, why_no_letter
from webapp.upgrade.standing import Standing
from webapp.web import redirects
from webapp.web.access import half_signed_in
from webapp.web.announcements import announce
from webapp.web.context import db, me, my_employer, my_session, now, outside
from webapp.web.forms import PortalForm
from webapp.web.pages import page


def half_way_only(view: Callable[..., Response]) -> Callable[..., Response]:
    """For whoever has given the password and nothing else; with both factors there is nothing to recover."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Response:
        if my_session().level == 1:
            return view(*args, **kwargs)
        announce(_("To register a new login method without the present one, sign out first."), "notice")
        return redirects.to("second_factor.form")

    return guarded


def standing() -> Standing:
    """Everything that is true now about the letter after a loss."""
    return queries.recovery(db(), me(), now(), outside().config.fund.canton)


def no_longer_lost() -> None:
    """Right after both factors: what was ordered after a loss is of no use any more."""
    if closing.close_recovery(db(), outside(), me()):
        announce(_("You have signed in with your login method: the letter for a new one is cancelled."), "notice")


@second_factor.get("/lost")
@half_signed_in
@half_way_only
def lost() -> Response:
    """What happens, what is true now about the letter, and how to order one."""
    return _lost_page()


@second_factor.post("/lost/letters")
@half_signed_in
@half_way_only
def order() -> Response:
    """Order the letter, to the address in the fund's register."""
    known = standing()
    form = order_form(known)
    if not form.validate():
        return _lost_page(form, status=422)
    reason = Reason(form.reason.data) if known.asks_why else Reason.FIRST
    refusal = ordering.order_recovery(db(), outside(), me(), by=me(), reason=reason)
    if refusal:
        announce(why_no_letter(refusal, standing().free_at), "problem")
    else:
        announce(_("Your letter is ordered."), "success")
    return redirects.to(".lost")


@second_factor.post("/lost/lost-letters")
@half_signed_in
@half_way_only
def letter_lost() -> Response:
    """Make the codes sent so far void, whether or not a new letter may be ordered now."""
    if ordering.report_lost(db(), outside(), me()):
        announce(_("The code in your letter does not work any more."), "success")
    else:
        announce(_("No code sent to you works now."), "notice")
    return redirects.to(".lost")


@second_factor.get("/lost/address-report")
@half_signed_in
@half_way_only
def address() -> Response:
    """Say that the address is wrong."""
    return _address_page(AddressReportForm())


@second_factor.post("/lost/address-report")
@half_signed_in
@half_way_only
def report_address() -> Response:
    """The letter waits until the fund has checked the address."""
    form = AddressReportForm()
    if not form.validate():
        return _address_page(form, 422)
    ordering.report_address(db(), outside(), me(), form.remark.data or "", Purpose.RECOVERY)
    announce(_("Thank you. The fund checks the address; until then no letter leaves."), "success")
    return redirects.to(".lost")


def _address() -> tuple[str, ...]:
    employer = my_employer()
    return me().address(employer.name if employer else "").masked


def _address_page(form: AddressReportForm, status: int = 200) -> Response:
    return page("second_factor/lost_address.html", form=form, address=_address(), status=status)


def _lost_page(form: PortalForm | None = None, status: int = 200) -> Response:
    known = standing()
    return page(
        "second_factor/lost.html",
        standing=known,
        why_not=why_no_letter(known.refusal, known.free_at) if known.refusal else None,
        address=_address(),
        ticket=open_ticket(),
        form=form or order_form(known),
        status=status,
    )
