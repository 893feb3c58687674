"""The code from the letter after a loss: with it, and the password of before, a new method may be registered."""

from flask import Response
from flask_babel import gettext as _

from webapp.second_factor.forms import RecoveryCodeForm
from webapp.second_factor.views.blueprint import second_factor
from webapp.second_factor.views.lost import half_way_only, standing
from webapp.upgrade.actions import redeeming
from webapp.upgrade.forms import why_refused
from webapp.upgrade.redemption import Outcome
from webapp.web import redirects
from webapp.web.access import half_signed_in
from webapp.web.announcements import announce
from webapp.web.context import db, me, my_session, outside
from webapp.web.pages import page

OPENED = (Outcome.REDEEMED, Outcome.RESUMED)


@second_factor.get("/lost/code")
@half_signed_in
@half_way_only
def lost_code() -> Response:
    """Type the code."""
    return _code_page(RecoveryCodeForm())


@second_factor.post("/lost/code")
@half_signed_in
@half_way_only
def recover() -> Response:
    """A right code opens the registration of a new login method, in this session; nothing else."""
    form = RecoveryCodeForm()
    if not form.validate():
        return _code_page(form, 422)
    redemption = redeeming.recover(db(), outside(), me(), form.code.data or "", my_session())
    if redemption.outcome not in OPENED:
        form.code.errors = [why_refused(redemption)]
        form.code.data = ""
        return _code_page(form, 422)
    announce(_("The code is right. Register a new login method now: it takes the place of the former one."), "success")
    return redirects.to("login_methods.shelf")


def _code_page(form: RecoveryCodeForm, status: int = 200) -> Response:
    return page("second_factor/lost_code.html", form=form, standing=standing(), status=status)
