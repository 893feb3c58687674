"""The pages that explain are plain in each language, and open to anyone."""

import re
from itertools import product

from flask import Flask

from tests.reading import lix, longest_sentence, words_of
from webapp.config import LANGUAGES, MAILED_CODES_KEPT, SESSIONS_KEPT, TRIES_KEPT

EXPLAINING = (
    "/info/contact",
    "/info/data-protection",
    "/info/accessibility",
    "/info/sessions",
    "/info/terms",
    "/info/help",
    "/info/news",
    "/info/accessibility/barrier",
    "/sign-in/help",
    "/upgrade/information",
    "/login-methods/sms/help",
)


def test_what_is_explained_is_plain(app: Flask) -> None:
    hard = {}
    for address, language in product(EXPLAINING, LANGUAGES):
        answer = app.test_client().get(f"{address}?lang={language}")
        assert answer.status_code == 200, address
        assert f'<html lang="{language}' in answer.text
        main = re.search(r"<main.*?</main>", answer.text, re.DOTALL)
        read = words_of(main[0] if main else "")
        if lix(read) > 40 or longest_sentence(read) > 20:
            hard[address, language] = lix(read), longest_sentence(read)
    assert not hard


def test_a_hard_text_is_found_out() -> None:
    guide = (
        "Procédez à la mise à niveau gratuite vers PartnerWeb 2.0 et bénéficiez d'un traitement de vos dossiers "
        "encore plus rapide et de coûts administratifs optimisés."
    )
    assert lix(guide) > 40
    assert longest_sentence(guide) > 20


def test_the_terms_are_those_of_the_chosen_language(app: Flask) -> None:
    assert "Fassung vom 1. November 2026" in app.test_client().get("/info/terms?lang=de").text
    assert "Ausgleichskasse Beispiel" in app.test_client().get("/info/terms?lang=de").text
    assert "Versione del 1° novembre 2026" in app.test_client().get("/info/terms?lang=it").text


def test_the_session_page_tells_the_true_times(app: Flask) -> None:
    said = app.test_client().get("/info/sessions?lang=en").text
    assert "do nothing for 20 minutes" in said
    assert "you have 200 minutes" in said
    assert "after 12 hours" in said


def test_the_page_on_data_tells_the_true_times(app: Flask) -> None:
    said = app.test_client().get("/info/data-protection?lang=en").text
    assert f"a session {SESSIONS_KEPT.days} days after it began" in said
    assert f"a code from an e-mail {MAILED_CODES_KEPT.days} days after" in said
    assert f"{TRIES_KEPT.days} days after you could try again" in said
