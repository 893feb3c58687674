"""An administrator creates a user: the person is invited by e-mail and by a letter."""

import secrets

from flask import Response, abort, request
from flask_babel import gettext as _

from webapp.accounts.email_address import as_kept
from webapp.accounts.newcomer import Newcomer
from webapp.accounts.queries import address_of
from webapp.administration.person_forms import NewcomerForm
from webapp.administration.views.placing import KEY
from webapp.administration.views.way import administration
from webapp.upgrade.actions.inviting import Invited, invite
from webapp.upgrade.forms import why_no_letter
from webapp.web import redirects
from webapp.web.access import administrators_only, for_the_upgraded, needs_fresh_proof
from webapp.web.announcements import announce
from webapp.web.context import db, here, me, outside
from webapp.web.pages import page


@administration.get("/users/new")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def newcomer() -> Response:
    """Ask who it is."""
    return _show(NewcomerForm(welcome=True, language=me().language))


@administration.post("/users/new")
@for_the_upgraded
@administrators_only
@needs_fresh_proof
def invite_newcomer() -> Response:
    """Make the account, order the letter, write the e-mail."""
    form, key = NewcomerForm(), request.form.get("key", "")
    if not KEY.fullmatch(key):
        abort(400)
    if not form.validate():
        return _show(form, 422, key)
    told = Newcomer(
        first_name=form.first_name.data or "",
        last_name=form.last_name.data or "",
        email=as_kept(form.email.data or ""),
        language=form.language.data,
        administrator=bool(form.administrator.data),
        key=key,
    )
    invited = invite(db(), outside(), told, here(), by=me(), by_mail=bool(form.welcome.data))
    if invited.user is None:
        form.email.errors = [_why_refused(invited)]
        return _show(form, 422, key)
    _tell(invited, by_mail=bool(form.welcome.data))
    return redirects.to(".person", public_id=invited.user.public_id)


def _why_refused(invited: Invited) -> str:
    if invited.too_many:
        return _("Too many addresses were refused today. Please try again tomorrow, or call the fund.")
    return _("This address cannot be used. Take another one, or call the fund.")


def _tell(invited: Invited, *, by_mail: bool) -> None:
    if invited.before:
        announce(_("You had created this user already. Nobody is invited twice."))
        return
    told = [_("The account is made.")]
    if by_mail:
        told.append(_("The welcome e-mail is on its way."))
    if invited.no_letter:
        told.append(_("No letter is ordered: %(why)s", why=why_no_letter(invited.no_letter, None)))
    else:
        told.append(_("The letter with the registration code is ordered."))
    announce(" ".join(told), "problem" if invited.no_letter else "success")


def _show(form: NewcomerForm, status: int = 200, key: str = "") -> Response:
    lines, postcode, town = address_of(db(), here())
    where = [here().name, *lines, f"{postcode} {town}".strip()]
    told = {"where": [line for line in where if line], "key": key or secrets.token_hex(16)}
    return page("administration/newcomer.html", form=form, status=status, **told)
