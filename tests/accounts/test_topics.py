"""What somebody may do in a part of the portal: an administrator everything, others what is kept, else the usual."""

import pytest

from webapp.accounts.models import User
from webapp.accounts.objections import Objection, to_permit
from webapp.accounts.topics import NOTHING, USUAL, Level, Rights, Topic


def test_an_administrator_may_do_everything_whatever_is_kept() -> None:
    rights = Rights(administrator=True, kept={Topic.SALARIES: "none"})
    assert all(rights.allows(topic, Level.TRANSMIT) for topic in Topic)


def test_whoever_comes_from_the_first_portal_may_do_what_they_could_there() -> None:
    rights = Rights()
    assert {topic: rights.level(topic) for topic in Topic} == dict(USUAL)
    assert not rights.allows(Topic.ADMINISTRATION, Level.READ)


@pytest.mark.parametrize("level", Level)
def test_a_level_holds_those_before_it(level: Level) -> None:
    rights = Rights(kept={Topic.DOCUMENTS: level.word})
    assert [rights.allows(Topic.DOCUMENTS, asked) for asked in Level] == [asked <= level for asked in Level]


def test_a_word_that_there_is_not_is_no_right() -> None:
    assert Rights(kept={Topic.SALARIES: "everything"}).level(Topic.SALARIES) is Level.NONE


def test_a_clerk_has_no_rights_in_a_company() -> None:
    assert User(clerk=True).rights is NOTHING
    assert not any(NOTHING.allows(topic, Level.READ) for topic in Topic)


def test_only_what_is_different_changes() -> None:
    rights = Rights(kept={Topic.SALARIES: "read", Topic.DOCUMENTS: "none"})
    levels = {Topic.SALARIES: Level.READ, Topic.DOCUMENTS: Level.EDIT, Topic.EMPLOYEES: Level.TRANSMIT}
    assert rights.changes(levels) == {Topic.DOCUMENTS: (Level.NONE, Level.EDIT)}
    assert Rights(administrator=True).changes(levels) == {}


def test_what_is_usual_is_not_kept_and_what_was_not_chosen_stays() -> None:
    rights = Rights(kept={Topic.SALARIES: "read", Topic.DOCUMENTS: "none", "long gone": "edit"})
    assert rights.kept_with({Topic.SALARIES: Level.TRANSMIT}) == {"documents": "none"}
    assert rights.kept_with({Topic.EMPLOYEES: Level.NONE}) == {
        "salaries": "read", "documents": "none", "employees": "none",
    }  # fmt: skip


def test_nobody_is_changed_who_may_do_it_so_already() -> None:
    people = {1: Rights(administrator=True), 2: Rights(), 3: Rights(kept={Topic.SALARIES: "none"})}
    levels = {Topic.SALARIES: USUAL[Topic.SALARIES]}
    assert to_permit(people, levels) == {1: Objection.ADMINISTRATOR, 2: Objection.ALREADY}
