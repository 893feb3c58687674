"""Which language a page speaks: the one chosen, else the person's own, else what the browser asks for."""

from typing import cast
from urllib.parse import quote, urlencode

from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, get_translations

from webapp.config import LANGUAGES
from webapp.formats import locale_of
from webapp.web.context import me_or_nobody

OWN_NAMES = {"fr": "Français", "de": "Deutsch", "it": "Italiano", "en": "English"}

babel = Babel()


def language() -> str:
    """One of the four; the first outside of a request, where a command speaks to nobody in particular."""
    if not has_request_context():
        return LANGUAGES[0]
    if "language" not in g:
        g.language = _wanted()
    return str(g.language)


def _wanted() -> str:
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    person = me_or_nobody()
    if person and person.language in LANGUAGES:
        return person.language
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def choices() -> list[tuple[str, str, str]]:
    """For the header: each language's code, own name and the address of this page in it."""
    asked = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    return [
        (code, name, f"{quote(request.path)}?{urlencode([*asked, ('lang', code)])}") for code, name in OWN_NAMES.items()
    ]


def _catalogue() -> NullTranslations:
    """The words of this request's language; looked up once, for a page asks for fifty of them."""
    try:
        return cast(NullTranslations, g.catalogue)
    except AttributeError:
        g.catalogue = get_translations()
        return cast(NullTranslations, g.catalogue)


def _choose() -> None:
    if request.args.get("lang") in LANGUAGES:
        g.language = session["language"] = request.args["lang"]


def init_app(app: Flask) -> None:
    """Choose before each request; say the language in each answer."""
    app.config.update(BABEL_TRANSLATION_DIRECTORIES="translations", BABEL_DEFAULT_TIMEZONE="Europe/Zurich")
    babel.init_app(app, locale_selector=lambda: locale_of(language()))
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda sentence: _catalogue().gettext(sentence),
        ngettext=lambda one, many, num: _catalogue().ngettext(one, many, num),
        newstyle=True,
    )
    app.jinja_env.globals["_"] = app.jinja_env.globals["gettext"]  # Jinja's own looks it up at each word
    app.before_request(_choose)
