"""The form in which somebody's permissions are chosen, and the words for topics and levels."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField

from webapp.accounts.topics import GIVEN, Level, Rights, Topic, level_of
from webapp.web.forms import PortalForm

TOPICS = {
    Topic.SALARIES: _l("Salaries"),
    Topic.EMPLOYEES: _l("Employees"),
    Topic.ALLOWANCES: _l("Family allowances"),
    Topic.DOCUMENTS: _l("Documents"),
    Topic.ACCOUNTING: _l("Accounting"),
    Topic.ADMINISTRATION: _l("Administration"),
}
LEVELS = {
    Level.NONE: _l("None"),
    Level.READ: _l("Read"),
    Level.EDIT: _l("Read and edit"),
    Level.TRANSMIT: _l("Read, edit and transmit"),
}


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
    def of(cls, rights: Rights) -> "TopicsForm":
        """Filled in with what is true now."""
        return cls(data={topic.value: rights.level(topic).word for topic in Topic})


def listed(rights: Rights) -> list[tuple[Any, Any]]:
    """Topic and level in words, for the page of a person."""
    return [(TOPICS[topic], LEVELS[rights.level(topic)]) for topic in Topic]
