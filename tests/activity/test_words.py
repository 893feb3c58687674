"""Every event has its sentence, and the sentence asks for nothing that may not be kept."""

import re

import pytest
from flask import Flask

from webapp.activity.words import NEARER, SENTENCES, kinds, told
from webapp.audit.events import DETAILS, Event

ASKED = re.compile(r"%\((\w+)\)s")
ONLY_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def spoken(app: Flask):  # type: ignore[no-untyped-def]
    """In English."""
    with app.test_request_context("/?language=en", headers={"Accept-Language": "en"}):
        yield


@ONLY_SQLITE
@pytest.mark.usefixtures("spoken")
def test_every_event_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Event)
    assert len({str(sentence) for sentence in SENTENCES.values()}) == len(Event)
    for sentence in (*SENTENCES.values(), *NEARER.values()):
        assert set(ASKED.findall(str(sentence))) <= {*DETAILS, "company"}


@ONLY_SQLITE
@pytest.mark.usefixtures("spoken")
def test_a_sentence_is_filled_in() -> None:
    assert told("method_added", '{"method":"sms"}') == "Login method added: SMS login"
    assert told("method_added", "{}") == "Login method added: –"
    assert told("run_posted", '{"letters":12,"run":3}') == "Print run 3 posted: 12 letters"
    assert told("signed_in", '{"factors":2}') == "Signed in with both factors"
    assert told("signed_in", "{}") == "Signed in"
    assert told("rights_changed", '{"level":"edit","topic":"salaries"}') == (
        "Permissions changed: Salaries, now “Read and edit”"
    )
    assert told("rights_changed", '{"level":"own","topic":"later"}') == "Permissions changed: later, now “own”"
    assert told("company_chosen", "{}", "Favre SA") == "Company chosen: Favre SA"
    assert told("company_chosen", "{}") == "Company chosen: –"
    assert told("settings_changed", '{"language":"fr"}') == "Language changed: Français"
    assert told("settings_changed", "{}") == "Personal settings changed"
    assert told("signed_out_elsewhere", '{"what":"all"}') == "Signed out on all devices"
    assert told("signed_out_elsewhere", "{}") == "Signed out on all other devices"
    assert told("of_a_later_version", "{}") == "of_a_later_version"


@ONLY_SQLITE
@pytest.mark.usefixtures("spoken")
def test_every_kind_can_be_looked_for() -> None:
    assert set(kinds()) == set(Event)
    assert all(words and "%" not in words for words in kinds().values())
