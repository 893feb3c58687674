"""The INFO tab: whom to ask and when, the terms with their versions, data, accessibility, help, and what is new."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader
from sqlmodel import Session

from tests.factories import a_user
from tests.journeys.places import signs_in
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.config import LANGUAGES
from webapp.info.news import NEWS
from webapp.info.views.reading import ACCESSIBILITY_STATED_ON
from webapp.login_methods.queries import offered
from webapp.ports import Outside
from webapp.upgrade import terms
from webapp.upgrade.models import TermsAcceptance

OLDER, NEWER = "2026-11-01", "2027-01-01"
IN_WORDS = {OLDER: "1 November 2026", NEWER: "1 January 2027"}


@pytest.fixture
def reader(visitor: Visitor, db: Session) -> Visitor:
    """Somebody who is signed in and opens the tab."""
    person = a_user(db, language="en")
    return signs_in(visitor, person.email).goes_to("/administration").follows("Info").is_at("/info/contact")


@pytest.fixture
def two_versions(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The terms of use change with the new year."""
    monkeypatch.setattr(terms, "VERSIONS", (OLDER, NEWER))
    newer = {terms.template(NEWER, language): f"<p>Whoever leaves, says so: {language}.</p>" for language in LANGUAGES}
    assert app.jinja_env.loader
    app.jinja_env.loader = ChoiceLoader([DictLoader(newer), app.jinja_env.loader])


def test_whom_to_ask_and_when(reader: Visitor, outside: Outside) -> None:
    fund = outside.config.fund
    reader.sees(fund.name("en"), fund.phone, fund.email, fund.opening("en"))
    assert reader.page.link(fund.email).attrs["href"] == f"mailto:{fund.email}"


def test_the_terms_with_both_versions(
    reader: Visitor, two_versions: None, db: Session, outside: Outside, clock: Clock
) -> None:
    reader.follows("Terms of use").is_at("/info/terms").sees("Version of 1 November 2026")
    reader.does_not_see(IN_WORDS[NEWER], "Whoever leaves")  # not before its day
    assert reader.goes_to("/info/terms?lang=en").client.get(f"/info/terms/{NEWER}").status_code == 404
    clock.time = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # half past midnight in Switzerland
    reader.goes_to("/info/terms?lang=en").sees("Whoever leaves, says so: en.", "All versions", *IN_WORDS.values())
    reader.sees(f"{IN_WORDS[NEWER]} (in force)").does_not_see("Version of 1 November 2026", "not in force any more")
    reader.follows(IN_WORDS[OLDER]).is_at(f"/info/terms/{OLDER}").sees("Version of 1 November 2026")
    reader.sees("This version is not in force any more.").does_not_see("Whoever leaves")
    reader.follows("Version in force").is_at("/info/terms").sees("Whoever leaves, says so: en.")
    reader.goes_to("/info/terms?lang=de").sees("Whoever leaves, says so: de.", "1. November 2026", "1. Januar 2027")


def test_which_version_one_has_accepted(
    visitor: Visitor, two_versions: None, db: Session, outside: Outside, clock: Clock
) -> None:
    person = a_user(db, language="en")
    db.add(TermsAcceptance(user_id=person.id, version=OLDER, language="en", accepted_at=outside.now()))
    db.commit()
    clock.time = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
    signs_in(visitor, person.email).goes_to("/info/terms").does_not_see("You accepted this version")
    visitor.sees(f"{IN_WORDS[OLDER]}, accepted on")
    visitor.follows(IN_WORDS[OLDER]).sees("You accepted this version on")


def test_data_protection(reader: Visitor) -> None:
    reader.follows("Data protection").is_at("/info/data-protection")
    reader.sees("What we keep about you", "How long we keep it", "Who sees it", "Your rights").follows("Contact")
    reader.is_at("/info/contact")


def test_accessibility_and_its_form(reader: Visitor, outside: Outside) -> None:
    stated = f"This statement is of {ACCESSIBILITY_STATED_ON.day} {ACCESSIBILITY_STATED_ON:%B %Y}."
    assert reader.page.document.query("main a[href='/info/accessibility']")
    reader.goes_to("/info/accessibility").sees("What we tested, and how", "What we have not tested", stated)
    reader.follows("Write to us").is_at("/info/accessibility/barrier")
    reader.presses("Send").sees("There is a problem", "Describe what kept you from it.")
    reader.fills("What did you want to do, and what kept you from it?", "The list of letters is silent.")
    reader.fills("On which page?", "My letters").presses("Send").is_at("/info/accessibility")
    reader.sees("Thank you. Your message has gone to the fund.")
    [mail] = outside.mailer.sent  # type: ignore[attr-defined]
    assert (mail.recipient, "The list of letters is silent." in mail.text) == (outside.config.fund.email, True)


def test_help_for_each_step(reader: Visitor, outside: Outside) -> None:
    methods = [str(method.label) for method in offered(outside.config, outside.now().date()).values()]
    assert "SMS login" in methods
    steps = (
        "Help with signing in",
        "About your session",
        "What PartnerWeb 2.0 brings, what you need, and how long it takes",
    )
    for step in (*steps, *methods):
        reader.goes_to("/info/contact").follows("Help for each step").is_at("/info/help").follows(step)
        assert reader.path != "/info/help", step
        assert reader.page.document.query("h1"), step


def test_what_is_new(reader: Visitor) -> None:
    reader.follows("What is new").is_at("/info/news")
    for entry in NEWS:
        reader.sees(f"{entry.on.day} {entry.on:%B %Y}")
    titles = [one.to_text() for one in reader.page.document.query("article h2")]
    assert len(titles) == len(set(titles)) == len(NEWS)
    assert [entry.on for entry in NEWS] == sorted((entry.on for entry in NEWS), reverse=True)
