"""Words that leave the house: e-mails, text messages and letters, in the recipient's language, without a request."""

from functools import cache, partial
from pathlib import Path
from typing import Any

from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from webapp.config import ROOT, Config
from webapp.formats import FORMATS, locale_of

TRANSLATIONS = Path(__file__).parent / "translations"


class TemplateWriter:
    """Fills the templates of ``messages/`` and ``letters/``; one Jinja environment a language."""

    def __init__(self, config: Config) -> None:
        self._config = config

    def write(self, template: str, language: str, **context: Any) -> str:
        """``template`` filled in; ``fund``, ``portal``, ``lang`` and ``language`` are always in reach."""
        return (
            _environment(language)
            .get_template(template)
            .render(
                fund=self._config.fund,
                portal=self._config.address,
                lang=f"{language}-CH",
                language=language,
                **context,
            )
        )


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=select_autoescape(("html", "svg")),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(Translations.load(TRANSLATIONS, [language]), newstyle=True)  # type: ignore[attr-defined]
    locale = locale_of(language)
    for name, shown in FORMATS.items():
        environment.filters[name] = partial(shown, locale=locale)
    return environment
