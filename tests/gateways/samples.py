"""E-mails and text messages as the gateways get them."""

from webapp.config import LANGUAGES

NUMBER = "+41790000067"
MAILBOX = "anne@company.example"
KEY = "20261123T134600000000-17"
WORDS = {
    "fr": "Votre lettre est à la poste. Où ? Ça s’écrit œuvre, « être », 12 €.",
    "de": "Ihr Brief ist unterwegs: Grüsse aus Zürich, äöü ÄÖÜ, 12 €.",
    "it": "La Sua lettera è alla posta: perché no, più tardi, l’indirizzo è giusto.",
    "en": "Your letter is in the post – it’s on its way.",
}
assert set(WORDS) == set(LANGUAGES)


def html_of(words: str, language: str = "fr") -> str:
    """A document with these words."""
    return f'<!DOCTYPE html>\n<html lang="{language}-CH"><body><p>{words}</p></body></html>\n'
