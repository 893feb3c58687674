"""What a form says of a wrong answer is said in our own words: none of WTForms' own stands on a page."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from wtforms import StringField
from wtforms.fields.core import UnboundField
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length, NumberRange, Regexp

from tests.sources import files
from webapp.web.forms import PortalForm

SPEAKING = (DataRequired, EqualTo, InputRequired, Length, NumberRange, Regexp)


def forms(kind: type[PortalForm] = PortalForm) -> Iterator[type[PortalForm]]:
    """Every form of the portal."""
    for one in kind.__subclasses__():
        yield one
        yield from forms(one)


def silent(kind: type[PortalForm]) -> list[str]:
    """The fields whose validators would speak WTForms' English."""
    fields = [(name, value) for name, value in vars(kind).items() if isinstance(value, UnboundField)]
    return [name for name, field in fields if any(_is_silent(one) for one in validators(field))]


def validators(field: UnboundField) -> list[Any]:
    """Given by position or by name."""
    by_place = [one for one in field.args if isinstance(one, list)]
    return [one for some in (*by_place, field.kwargs.get("validators", [])) for one in some]


def _is_silent(validator: Any) -> bool:
    return isinstance(validator, SPEAKING) and validator.message is None


def test_every_validator_has_our_words() -> None:
    for file in files("webapp/**/forms.py") + files("webapp/**/*_forms.py") + files("webapp/**/forms/*.py"):
        import_module(file.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    found = set(forms())
    assert len(found) > 15
    assert {kind.__name__: names for kind in found if (names := silent(kind))} == {}


def test_one_without_words_would_be_found() -> None:
    class Silent(PortalForm):
        """Not of the portal."""

        where = StringField(validators=[Length(max=200)])

    assert silent(Silent) == ["where"]
