"""What somebody may do in each part of the portal, for one company."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Topic(StrEnum):
    """A part of the portal."""

    SALARIES = "salaries"
    EMPLOYEES = "employees"
    ALLOWANCES = "allowances"  # family allowances
    DOCUMENTS = "documents"
    ACCOUNTING = "accounting"
    ADMINISTRATION = "administration"  # the company's users


class Level(IntEnum):
    """How far; each holds those before it."""

    NONE = 0
    READ = 1
    EDIT = 2  # prepare, keep drafts
    TRANSMIT = 3  # send to the fund

    @property
    def word(self) -> str:
        """As it is kept."""
        return self.name.lower()


Levels = Mapping[Topic, Level]  # of all topics, or of some

USUAL: Levels = {  # whoever comes from PartnerWeb 1.0 could do everything there, save administer
    topic: Level.NONE if topic is Topic.ADMINISTRATION else Level.TRANSMIT for topic in Topic
}
GIVEN: Mapping[Topic, tuple[Level, ...]] = {  # more in the administration comes with administrator rights only
    topic: (Level.NONE, Level.READ) if topic is Topic.ADMINISTRATION else tuple(Level) for topic in Topic
}


def level_of(word: str) -> Level:
    """The level that is kept as ``word``; NONE for a word that there is not."""
    return next((level for level in Level if level.word == word), Level.NONE)


@dataclass(frozen=True)
class Rights:
    """What somebody may do: an administrator everything; others what is ``kept``, {topic: word}, else the usual."""

    administrator: bool = False
    kept: Mapping[str, str] = field(default_factory=dict)

    def level(self, topic: Topic) -> Level:
        """How far in one part."""
        if self.administrator:
            return Level.TRANSMIT
        word = self.kept.get(topic)
        return USUAL[topic] if word is None else level_of(word)

    def allows(self, topic: Topic, level: Level) -> bool:
        """Whether at least ``level``."""
        return self.level(topic) >= level

    def changes(self, levels: Levels) -> dict[Topic, tuple[Level, Level]]:
        """Where ``levels`` are others than now, from which to which; an administrator may do everything anyway."""
        moves = {topic: (self.level(topic), level) for topic, level in levels.items()}
        return {} if self.administrator else {topic: move for topic, move in moves.items() if move[0] is not move[1]}

    def told_changes(self, levels: Levels) -> dict[str, tuple[str, str]]:
        """The same changes in the words that are kept, for an e-mail."""
        return {topic.value: (was.word, then.word) for topic, (was, then) in self.changes(levels).items()}

    def kept_with(self, levels: Levels) -> dict[str, str]:
        """What is kept from then on: ``levels`` in their topics, the others as they are."""
        then = {topic: level_of(self.kept[topic]) for topic in Topic if topic in self.kept} | dict(levels)
        return {topic.value: level.word for topic, level in sorted(then.items()) if level is not USUAL[topic]}


NOTHING = Rights(kept=dict.fromkeys(Topic, Level.NONE.word))
