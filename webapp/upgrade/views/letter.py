"""The letter with the code: ordering it, asking for it, and saying that the address is wrong."""

from flask import Response, abort
from flask_babel import gettext as _

from webapp.accounts.postal_address import PostalAddress
from webapp.accounts.queries import administrators_of
from webapp.letters.models import Reason
from webapp.upgrade.actions import ordering
from webapp.upgrade.forms import AddressReportForm, order_form, why_no_letter
from webapp.upgrade.views.way import before_a_method, standing, upgrade
from webapp.web import redirects
from webapp.web.access import part_of_the_upgrade
from webapp.web.announcements import announce
from webapp.web.context import db, me, outside
from webapp.web.forms import PortalForm
from webapp.web.pages import page


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
    known = standing()
    form = order_form(known)
    if not form.validate():
        return _letter_page(form, status=422)
    reason = Reason(form.reason.data) if known.asks_why else Reason.FIRST
    outcome = ordering.order_letters(db(), outside(), [me()], by=me(), reason=reason)
    for refusal in outcome.refused.values():
        announce(why_no_letter(refusal, standing().free_at), "problem")
    if outcome.sent:
        announce(_("Your letter is ordered."), "success")
    return redirects.to(".letter")


@upgrade.get("/address-report")
@part_of_the_upgrade
@before_a_method
def address() -> Response:
    """Say that the address is wrong."""
    return page("upgrade/address.html", form=AddressReportForm(), address=_address())


@upgrade.post("/address-report")
@part_of_the_upgrade
@before_a_method
def report_address() -> Response:
    """The order waits until the fund has corrected the address."""
    form = AddressReportForm()
    if not form.validate():
        return page("upgrade/address.html", form=form, address=_address(), status=422)
    ordering.report_address(db(), outside(), me(), form.remark.data or "")
    announce(_("Thank you. The fund checks the address; until then no letter leaves."), "success")
    return redirects.to(".letter")


@upgrade.post("/lost-letters")
@part_of_the_upgrade
@before_a_method
def lost() -> Response:
    """Make the codes sent so far void, whether or not a new letter may be ordered now."""
    if ordering.report_lost(db(), outside(), me()):
        announce(_("The code in your letter does not work any more."), "success")
    else:
        announce(_("No code sent to you works now."), "notice")
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


def _letter_page(form: PortalForm | None = None, status: int = 200) -> Response:
    known = standing()
    return page(
        "upgrade/letter.html",
        standing=known,
        why_not=why_no_letter(known.refusal, known.free_at) if known.refusal else None,
        address=_address(),
        administrators=[] if me().administrator else administrators_of(db(), me().employer_id),
        form=form or order_form(known),
        status=status,
    )


def _address() -> PostalAddress:
    """Where one's letters go: to one's own company, whichever one is here for."""
    return me().address(standing().company or abort(404))
