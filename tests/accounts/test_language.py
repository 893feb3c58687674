"""The language of the account is that of text messages and letters too, and changes with it."""

from dataclasses import replace

from sqlmodel import Session

from tests.attacks.arranging import an_upgraded
from tests.factories import a_user, an_administrator
from tests.journeys.places import signs_in
from tests.letters.paper import sheets
from tests.twins import Clock
from tests.visitor import Visitor
from webapp.gateways.press_weasyprint import WeasyPress
from webapp.letters.actions import start_run
from webapp.ports import Outside

NAMES = {"de": "Deutsch", "it": "Italiano", "en": "English", "fr": "Français"}
SMS = {
    "fr": "est votre code PartnerWeb",
    "de": "ist Ihr PartnerWeb-Code",
    "it": "è il suo codice PartnerWeb",
    "en": "is your PartnerWeb code",
}
LETTER = {"fr": "Bonjour Anne", "de": "Guten Tag Anne", "it": "Buongiorno Anne", "en": "Good day Anne"}


def wants(visitor: Visitor, language: str) -> None:
    """On the page for it."""
    visitor.goes_to("/account/language?lang=en").chooses(NAMES[language]).presses("Save").is_at("/administration")


def said_in(sentences: dict[str, str], text: str) -> list[str]:
    """The languages in which ``text`` says this."""
    return [language for language, sentence in sentences.items() if sentence in text]


def test_of_text_messages(visitor: Visitor, db: Session, outside: Outside, clock: Clock) -> None:
    person = a_user(db, language="fr")
    an_upgraded(db, outside, person)
    languages = []
    for language in ("de", "it", "en", "fr"):
        clock.passes(days=1)
        signs_in(visitor, person.email)
        text = outside.sms.sent[-1].text  # type: ignore[attr-defined]
        languages += said_in(SMS, text)
        visitor.fills("SMS code", text[:6]).presses("OK")
        wants(visitor, language)
    assert languages == ["fr", "de", "it", "en"]


def test_of_letters(visitor: Visitor, db: Session, outside: Outside) -> None:
    real = replace(outside, press=WeasyPress(outside.config))
    outside.jobs.outside = real  # type: ignore[attr-defined]
    languages = []
    for before, language in (("fr", "de"), ("de", "it"), ("it", "en"), ("en", "fr")):
        person = an_administrator(db, language=before)
        wants(signs_in(visitor, person.email), language)
        visitor.goes_to("/upgrade/letter?lang=en").presses("Request the upgrade code")
        run = start_run(db, real, None)
        assert run
        [document] = outside.carrier.handed[run.name].values()  # type: ignore[attr-defined]
        [sheet] = sheets(document.pdf)
        languages += said_in(LETTER, " ".join(line.text for line in sheet))
    assert languages == ["de", "it", "en", "fr"]
