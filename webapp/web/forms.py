"""What every form of the portal has: trimmed answers, our own words. Forged ones are refused before any view."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, ValidationError
from wtforms.validators import DataRequired, InputRequired

from webapp.accounts.email_address import as_kept, is_address


def trimmed(answer: Any) -> Any:
    """Blanks round an answer never count, nor the character NUL, which no database keeps."""
    return answer.replace("\0", "").strip() if isinstance(answer, str) else answer


def on_one_line(answer: Any) -> Any:
    """A name stands in lists and e-mails: on one line, with nothing that cannot be seen."""
    return " ".join("".join(sign for sign in answer if sign.isprintable() or sign.isspace()).split()) if answer else ""


class PortalForm(FlaskForm):
    """A form whose answers are trimmed, save passwords."""

    class Meta(FlaskForm.Meta):
        """How fields are bound; without a token of its own, for ``CSRFProtect`` asks for one in every request."""

        csrf = False

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Add trimming to each field of text."""
            filters = list(unbound_field.kwargs.get("filters", []))
            if "Password" not in unbound_field.field_class.__name__:
                filters.append(trimmed)
            return unbound_field.bind(form=form, filters=filters, **options)


def needed(sentence: Any = None) -> DataRequired:
    """An answer is needed; ``sentence`` says which. No ``required`` attribute: the server explains, not a bubble."""
    validator = DataRequired(message=_l("Fill in this field.") if sentence is None else sentence)
    validator.field_flags = {}
    return validator


def an_email_address() -> Callable[[Any, Field], None]:
    """An answer that is an e-mail address; capital letters do not count."""

    def looks(_form: Any, field: Field) -> None:
        if not is_address(as_kept(field.data or "")):
            raise ValidationError(_l("This is not an e-mail address. Enter it like name@company.ch."))

    return looks


def ticked(sentence: Any) -> InputRequired:
    """A box must be ticked; ``sentence`` says why."""
    validator = InputRequired(message=sentence)
    validator.field_flags = {}
    return validator
