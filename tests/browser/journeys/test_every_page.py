"""Every page and state of the journeys, in the four languages: axe, reflow and the HTML checker.

By default the journeys in French, the login methods in German, which has the longest words; ``make prove``: in all.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from tests.browser.checks import Examiner
from tests.browser.journeys import (
    gallery,
    gallery_account,
    gallery_activity,
    gallery_factors,
    gallery_losses,
    gallery_many,
    gallery_methods,
    gallery_people,
    gallery_settings,
)
from tests.browser.journeys.person import Person
from tests.browser.journeys.served import Served
from tests.browser.journeys.stage import Stage
from tests.conftest import PROVE
from webapp.accounts.models import Employer, User
from webapp.letters.models import Reason
from webapp.upgrade.actions.placing import void_codes
from webapp.upgrade.actions.redeeming import redeem
from webapp.upgrade.code import draw
from webapp.upgrade.redemption import Outcome
from webapp.upgrade.terms import VERSIONS

SOME = 50  # pages and states, at least
ALL = ["fr-CH", "de-CH", "it-CH", "en-CH"]


@pytest.fixture
def tour(window: Page, stage: Stage, examiner: Examiner, locale: str) -> Iterator[gallery.Tour]:
    """A tour in one language; at its end also all HTML that was served must be without fault."""
    served, told, language = Served(window), [], locale[:2]

    def look(page: Page, name: str) -> None:
        told.append(name)
        served.keep()
        examiner.look(page, f"{language} {name}")

    yield gallery.Tour(window, stage, language, look)
    assert len(served.pages) > SOME
    assert len(set(told)) == len(told) > SOME
    examiner.faults += served.faults(examiner.validator)


@pytest.mark.parametrize("locale", ALL if PROVE else ["de-CH"], indirect=True)
def test_every_page_of_the_login_methods_is_without_fault(tour: gallery.Tour, stage: Stage) -> None:
    language = tour.language
    one, two, three, four, five, admin = (stage.administrator(language=language) for _ in range(6))
    gallery_factors.registering(tour, one)
    gallery_factors.signing_in(tour, two)
    gallery_factors.in_trouble(tour, three)
    clerk = stage.clerk(language=language)
    gallery_losses.loser(tour, four, clerk)
    gallery_losses.finisher(tour, five)
    colleague = stage.colleague(admin, language=language)
    gallery_losses.started_by_others(tour, admin, colleague, clerk)
    gallery_people.looked_after(tour, admin, colleague, clerk)
    gallery_people.newcomer(tour, admin)
    gallery_people.several(tour, admin, stage.colleague(admin, language=language))
    both = {"factor_since": stage.now(), "upgraded_at": stage.now(), "language": language}
    other = stage.administrator(**both)
    with stage.portal.db() as db:
        number = db.get_one(Employer, other.employer_id).member_number
    gallery_people.acting(tour, admin, other, number)


@pytest.mark.parametrize("locale", ALL if PROVE else ["fr-CH"], indirect=True)
def test_every_page_of_the_journeys_is_without_fault(tour: gallery.Tour, person: Person, stage: Stage) -> None:
    language = tour.language
    several, main, admin = (stage.administrator(language=language) for _ in range(3))
    gallery.strangers(tour, several)
    gallery_account.forgotten(tour, stage.administrator(language=language))
    gallery.codes(tour, several, refusals(stage, several))
    for name, (user, code) in the_past(stage, language).items():
        gallery.one_code(tour, user, name, code)
    gallery.methods(tour, main, stage.letter_to(main), person)
    gallery_methods.holder(tour, main)
    gallery_activity.activity(tour, main, stage.clerk(language=language))
    runs = {"in trouble": stage.run(handed_over=False), "to be posted": stage.run(handed_over=True)}
    gallery.ordering(tour, admin, stage.colleague(admin, language=language))
    gallery_many.administrators(tour)
    gallery_many.clerks(tour)
    gallery_settings.own(tour, several)
    gallery_account.own(tour, stage.administrator(language=language))
    gallery_settings.reading(tour)
    gallery.mistakes(replace(tour, page=tour.page.context.new_page()), main)  # the console is told of mistakes
    gallery.desk(tour, clerk := stage.clerk(language=language), runs)
    gallery.letters_back(tour, clerk, stage.administrator(language=language))


def refusals(stage: Stage, user: User) -> dict[str, str]:
    """What to type for each refusal; at the fifth code that could be one there is a pause."""
    replaced = stage.letter_to(user, days_ago=12)
    stage.letter_to(user, reason=Reason.LOST)
    wrong = {"wrong": draw(), "replaced": replaced, "wrong again": draw(), "one left": draw(), "pause": draw()}
    return {"too short": "4KTT", "letter O": "4KTT 78ZO TZ6M", "mistyped": "4KTT 78ZD TZ6M"} | wrong


def the_past(stage: Stage, language: str) -> dict[str, tuple[User, str]]:
    """People whose code opens nothing any more, and what they type."""
    expired, void, used = (stage.administrator(language=language) for _ in range(3))
    codes = {"expired": (expired, stage.letter_to(expired, days_ago=45))}
    codes["void"] = void, stage.letter_to(void, days_ago=3)
    codes["used"] = used, stage.letter_to(used, days_ago=3)
    with stage.portal.db() as db:
        void_codes(db, stage.outside, [void.id or 0])
        db.commit()
        stage.back = timedelta(days=2)
        done = redeem(db, stage.outside, db.merge(used), codes["used"][1], terms=VERSIONS[0], language=language)
        assert done.outcome is Outcome.REDEEMED
    stage.back = timedelta()
    return codes
