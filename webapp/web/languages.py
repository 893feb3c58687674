"""Which language a page speaks: the one chosen, else the person's own, else what the browser asks for."""

from functools import cached_property
from typing import Any, cast
from urllib.parse import quote, urlencode

from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, Domain, get_translations

from webapp.config import LANGUAGES
from webapp.formats import locale_of
from webapp.web.context import me_or_nobody

OWN_NAMES = {"fr": "Français", "de": "Deutsch", "it": "Italiano", "en": "English"}


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


_catalogues: dict[str, NullTranslations] = {}
_written: dict[str, dict[str, str]] = {}  # language, sentence of the source: as it stands in a page


class Catalogues(Domain):
    """The words of each language; a request's are looked up once, for a page asks for fifty of them."""

    def get_translations(self) -> NullTranslations:
        """The words of this request's language."""
        try:
            return cast(NullTranslations, g.catalogue)
        except AttributeError:
            spoken = language()
            if spoken not in _catalogues:
                _catalogues[spoken] = super().get_translations()
            g.catalogue = _catalogues[spoken]
            return cast(NullTranslations, g.catalogue)


class Languages(Babel):
    """Flask-Babel with our catalogues."""

    @cached_property
    def domain_instance(self) -> Catalogues:
        """Where all words come from."""
        return Catalogues(domain=self.domain)


babel = Languages()


def _sentences() -> dict[str, str]:
    try:
        return cast(dict[str, str], g.sentences)
    except AttributeError:
        g.sentences = _written.setdefault(language(), {})
        return cast(dict[str, str], g.sentences)


def _speak(app: Flask) -> None:
    """Jinja's own way from a sentence of the source to a page, gone once for each that has no values in it."""
    words = app.jinja_env
    words.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda sentence: get_translations().gettext(sentence),
        ngettext=lambda one, many, num: get_translations().ngettext(one, many, num),
        newstyle=True,
    )
    filled: Any = words.globals["gettext"]
    nowhere = words.from_string("").new_context()

    def written(sentence: str, **values: Any) -> str:
        if values:
            return cast(str, filled(nowhere, sentence, **values))
        known = _sentences()
        if sentence not in known:
            known[sentence] = filled(nowhere, sentence)
        return known[sentence]

    words.globals["gettext"] = words.globals["_"] = written


def _choose() -> None:
    if request.args.get("lang") in LANGUAGES:
        g.language = session["language"] = request.args["lang"]


def init_app(app: Flask) -> None:
    """Choose before each request; say the language in each answer."""
    app.config.update(BABEL_TRANSLATION_DIRECTORIES="translations", BABEL_DEFAULT_TIMEZONE="Europe/Zurich")
    babel.init_app(app, locale_selector=lambda: locale_of(language()))
    _speak(app)
    app.before_request(_choose)
