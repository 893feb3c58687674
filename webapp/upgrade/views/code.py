"""The code from the letter, and the terms of use."""

from flask import Response
from flask_babel import gettext as _

from webapp.formats import local_day
from webapp.upgrade import terms as terms_of_use
from webapp.upgrade.actions import redeeming
from webapp.upgrade.forms import CodeForm, why_refused
from webapp.upgrade.redemption import Outcome
from webapp.upgrade.views.way import before_a_method, standing, upgrade
from webapp.web import redirects
from webapp.web.access import part_of_the_upgrade
from webapp.web.announcements import announce
from webapp.web.context import db, me, now, outside
from webapp.web.languages import language
from webapp.web.pages import page


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
    if redemption.outcome is not Outcome.REDEEMED:
        form.code.errors = [why_refused(redemption)]
        form.code.data = ""
        return _code_page(form, 422)
    announce(_("The code is right. Now create your login."), "success")
    return redirects.to("login_methods.shelf")


def _code_page(form: CodeForm, status: int = 200) -> Response:
    version = terms_of_use.current_version(local_day(now()))
    return page(
        "upgrade/code.html",
        form=form,
        standing=standing(),
        terms_template=terms_of_use.template(version, language()),
        terms_version=version,
        status=status,
    )
