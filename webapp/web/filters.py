"""Dates and times as people read them, in the language of the page."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from webapp.formats import FORMATS, locale_of
from webapp.web.languages import language


def _spoken(shown: Callable[..., Any]) -> Callable[[Any], Any]:
    return lambda value: shown(value, locale=locale_of(language()))


def init_app(app: Flask) -> None:
    """The same filters as in messages and letters."""
    for name, shown in FORMATS.items():
        app.add_template_filter(_spoken(shown), name)
