"""Words that leave the house: e-mails, text messages and letters, in the recipient's language, without a request."""

from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime
from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from webapp.config import ROOT, Config

TIME_ZONE = "Europe/Zurich"
TRANSLATIONS = Path(__file__).parent / "translations"


def locale_of(language: str) -> str:
    """The Swiss locale of a language: dates and numbers as they are written here."""
    return f"{language}_CH"


class TemplateWriter:
    """Fills the templates of ``messages/`` and ``letters/``; one Jinja environment a language."""

    def __init__(self, config: Config) -> None:
        self._config = config

    def write(self, template: str, language: str, **context: Any) -> str:
        """``template`` filled in; ``fund``, ``portal``, ``lang`` and ``language`` are always in reach."""
        return _environment(language).get_template(template).render(
            fund=self._config.fund,
            portal=self._config.address,
            lang=f"{language}-CH",
            language=language,
            **context,
        )


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=lambda name: bool(name) and name.endswith((".html", ".svg")),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(Translations.load(TRANSLATIONS, [language]), newstyle=True)  # type: ignore[attr-defined]
    locale = locale_of(language)
    environment.filters["long_date"] = lambda day: format_date(day, "long", locale)
    environment.filters["day"] = lambda day: format_date(day, "dd.MM.yyyy", locale)
    environment.filters["moment"] = lambda at: format_datetime(at, "dd.MM.yyyy HH:mm", TIME_ZONE, locale)
    environment.filters["clock"] = lambda at: format_datetime(at, "HH:mm", TIME_ZONE, locale)
    return environment
