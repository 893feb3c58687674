"""What somebody may do, in words."""

from typing import Any

from flask_babel import lazy_gettext as _l

from webapp.accounts.topics import Level, Levels, Rights, Topic

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


def in_words(levels: Levels) -> list[tuple[Any, Any]]:
    """Topics and levels as they are read."""
    return [(TOPICS[topic], LEVELS[level]) for topic, level in levels.items()]


def listed(rights: Rights) -> list[tuple[Any, Any]]:
    """Topic and level in words, for the page of a person."""
    return in_words({topic: rights.level(topic) for topic in Topic})


def by_level(rights: Rights) -> list[tuple[Any, str]]:
    """The levels that somebody has, the highest first, each with its topics in words."""
    topics = {level: [str(TOPICS[topic]) for topic in Topic if rights.level(topic) is level] for level in LEVELS}
    return [(LEVELS[level], ", ".join(topics[level])) for level in reversed(LEVELS) if topics[level]]


def moved(rights: Rights, levels: Levels) -> list[tuple[Any, Any, Any]]:
    """Topic, level before and level afterwards, in words, where ``levels`` change something for somebody."""
    return [(TOPICS[topic], LEVELS[was], LEVELS[then]) for topic, (was, then) in rights.changes(levels).items()]
