"""The form in which somebody's permissions are chosen."""

from typing import Any, ClassVar, Self

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import SelectChoice, SelectField

from webapp.accounts.topic_words import LEVELS, TOPICS
from webapp.accounts.topics import GIVEN, Level, Levels, Rights, Topic, level_of
from webapp.web.forms import PortalForm


def _levels(topic: Topic) -> Any:
    choices = [SelectChoice(level.word, LEVELS[level]) for level in GIVEN[topic]]
    return SelectField(TOPICS[topic], choices=choices)


class TopicsForm(PortalForm):
    """A level for each topic."""

    salaries = _levels(Topic.SALARIES)
    employees = _levels(Topic.EMPLOYEES)
    allowances = _levels(Topic.ALLOWANCES)
    documents = _levels(Topic.DOCUMENTS)
    accounting = _levels(Topic.ACCOUNTING)
    administration = _levels(Topic.ADMINISTRATION)

    @property
    def chosen(self) -> dict[Topic, Level]:
        """What was chosen."""
        return {topic: level_of(self[topic].data) for topic in Topic}

    @classmethod
    def of(cls, rights: Rights, **more: object) -> Self:
        """Filled in with what is true now."""
        return cls(data={topic.value: rights.level(topic).word for topic in Topic} | more)


class SomeTopicsForm(TopicsForm):
    """A level for one topic at least; where none is chosen, everybody keeps their own."""

    def __init__(self, answers: MultiDict[str, str]) -> None:
        super().__init__(answers)
        for topic in Topic:
            field = self[topic]
            field.choices = [SelectChoice("", _l("Leave as it is")), *field.choices]
            field.data = field.data or ""

    @property
    def sent(self) -> bool:
        """Whether somebody has pressed the button, and not only come to the page."""
        return any(field.raw_data for field in self)

    def validate(self, extra_validators: Any = None) -> bool:
        """Something is chosen, and nothing that cannot be given."""
        if super().validate(extra_validators) and not self.chosen:
            self.form_errors = [_l("Choose a level for at least one topic.")]
        return not self.errors

    @property
    def chosen(self) -> dict[Topic, Level]:
        """What was chosen, as far as it can be given."""
        given = ((topic, level) for topic in Topic for level in GIVEN[topic] if self[topic].data == level.word)
        return dict(given)

    @property
    def answers(self) -> dict[str, str]:
        """The same as it is sent."""
        return {topic.value: level.word for topic, level in self.chosen.items()}


class NothingToChoose(PortalForm):
    """In the same place for what is the same for everybody."""

    sent = True
    chosen: ClassVar[Levels] = {}
    answers: ClassVar[dict[str, str]] = {}
