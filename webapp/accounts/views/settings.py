"""One's own settings, and the language in which the portal speaks and writes."""

from flask import Response, session
from flask_babel import force_locale
from flask_babel import gettext as _
from wtforms import SelectChoice

from webapp.accounts import actions
from webapp.accounts.settings_forms import NOTICES, LanguageForm, SettingsForm, notices_for
from webapp.accounts.views.blueprint import account
from webapp.formats import locale_of
from webapp.web import redirects
from webapp.web.access import password_is_enough
from webapp.web.announcements import announce
from webapp.web.context import db, me, outside
from webapp.web.navigation import menu
from webapp.web.pages import page


@account.get("/settings")
@password_is_enough
def settings() -> Response:
    """How I am called and reached, what comes by e-mail, how things look."""
    user = me()
    form = _offered(SettingsForm(obj=user))
    form.notices.data = [notice for notice in notices_for(user.administrator) if notice not in user.notices_off.split()]
    return page("accounts/settings.html", form=form)


@account.post("/settings")
@password_is_enough
def save_settings() -> Response:
    """Keep what was chosen."""
    user = me()
    form = _offered(SettingsForm())
    if not form.validate():
        return page("accounts/settings.html", form=form, status=422)
    chosen = actions.Settings(
        shown_name=form.shown_name.data or "",
        phone=form.phone.data or "",
        notices=form.notices.data or (),
        low_rows=form.low_rows.data,
        large_print=form.large_print.data,
        longer_session=form.longer_session.data if form.longer_session else user.longer_session,
    )
    actions.change_settings(db(), outside(), user, chosen, offered=notices_for(user.administrator))
    announce(_("Your settings have been saved."), "success")
    return redirects.to("account.settings")


def _offered(form: SettingsForm) -> SettingsForm:
    """The form as far as it concerns whoever is here."""
    form.notices.choices = [SelectChoice(notice, NOTICES[notice]) for notice in notices_for(me().administrator)]
    if not outside().config.long_sessions:
        del form.longer_session
    return form


@account.get("/language")
@password_is_enough
def language() -> Response:
    """The language of one's account."""
    return page("accounts/language.html", form=LanguageForm(obj=me()))


@account.post("/language")
@password_is_enough
def save_language() -> Response:
    """From now on in this language, here too."""
    form = LanguageForm()
    if not form.validate():
        return page("accounts/language.html", form=form, status=422)
    actions.change_language(db(), outside(), me(), form.language.data)
    session.pop("language", None)
    with force_locale(locale_of(form.language.data)):
        announce(_("From now on PartnerWeb speaks and writes to you in English."), "success")
    return redirects.to(menu())
