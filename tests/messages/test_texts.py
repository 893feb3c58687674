"""Every message in every language: complete, escaped, without secrets, and short where it must be."""

import re
from dataclasses import replace

import pytest

from tests.messages.gsm import ONE_PART, septets
from tests.messages.samples import MAILS, PERSON, SMS, TO_THE_FUND, WITH_A_CODE
from tests.pages import parsed, text_of
from webapp.config import LANGUAGES, ROOT, Config
from webapp.messages.paragraphs import one_line, paragraphs
from webapp.writing import TemplateWriter

LONG_HOST = "partnerweb.kantonale-ausgleichskasse.example"
CONFIG = Config(address=f"https://{LONG_HOST}")
ADDRESS = re.compile(r"[a-z]+://[^\s\"<]+|www\.[^\s\"<]+")

in_every_language = pytest.mark.parametrize("language", LANGUAGES)
every_mail = pytest.mark.parametrize("name", sorted(MAILS))


def written(name: str, language: str, config: Config = CONFIG) -> tuple[str, list[str], str]:
    """Subject, paragraphs and HTML of an e-mail."""
    writer = TemplateWriter(config)
    subject = one_line(writer.write(f"messages/{name}/subject.txt", language, **MAILS[name]))
    body = paragraphs(writer.write(f"messages/{name}/body.txt", language, **MAILS[name]))
    return subject, body, writer.write("layouts/mail.html", language, subject=subject, paragraphs=body)


def test_every_message_has_a_sample() -> None:
    folders = [folder for folder in (ROOT / "templates" / "messages").iterdir() if folder.is_dir()]
    assert {folder.name for folder in folders if (folder / "body.txt").exists()} == set(MAILS)
    assert {folder.name for folder in folders if (folder / "sms.txt").exists()} == set(SMS)


def test_the_last_recovery_code_is_told_as_such() -> None:
    given = MAILS["recovery_code_used"] | {"left": 0}
    text = TemplateWriter(CONFIG).write("messages/recovery_code_used/body.txt", "en", **given)
    assert "It was your last recovery code." in text
    assert "left" not in text


@in_every_language
@pytest.mark.parametrize("name", sorted(SMS))
def test_a_text_message_is_one_part(name: str, language: str) -> None:
    text = TemplateWriter(CONFIG).write(f"messages/{name}/sms.txt", language, host=LONG_HOST, **SMS[name]).strip()
    assert 0 < septets(text) <= ONE_PART


@in_every_language
@pytest.mark.parametrize("name", sorted(WITH_A_CODE))
def test_a_text_message_has_the_code_first_and_the_host_last(name: str, language: str) -> None:
    text = TemplateWriter(CONFIG).write(f"messages/{name}/sms.txt", language, host=LONG_HOST, **SMS[name]).strip()
    assert text.startswith("376649 ")
    assert text.splitlines()[-1] == f"@{LONG_HOST} #376649"
    assert "14:46" in text


def test_the_counter_knows_what_does_not_fit() -> None:
    assert septets("à é è ù ì ò ä ö ü ß Ç") == 21
    assert septets("€[]") == 6
    for foreign in "êçœ’—«":
        with pytest.raises(ValueError, match="alphabet"):
            septets(foreign)


@in_every_language
@every_mail
def test_an_e_mail_greets_by_name_says_why_it_came_and_where_to_call(name: str, language: str) -> None:
    subject, body, _html = written(name, language)
    greeted = CONFIG.fund.name(language) if name in TO_THE_FUND else PERSON
    assert greeted in body[0]
    assert CONFIG.fund.phone in body[-3]
    assert CONFIG.fund.opening(language) in body[-3]
    assert len(body) >= 6
    assert subject
    assert PERSON not in subject
    assert not re.search(r"\d", subject)


@in_every_language
@every_mail
def test_an_e_mail_leads_nowhere_but_to_the_portal(name: str, language: str) -> None:
    _subject, body, html = written(name, language)
    pages = set(ADDRESS.findall(" ".join(body)))
    assert pages
    assert all(page == CONFIG.address or page.startswith(f"{CONFIG.address}/") for page in pages)
    assert set(ADDRESS.findall(html)) == pages
    links = parsed(html).query("[href], [src], [background], [action], link, img, script")
    assert {link.attrs.get("href") for link in links} == pages


def as_read(text: str) -> str:
    """With a blank for whatever is blank."""
    return " ".join(text.split())


@in_every_language
@every_mail
def test_the_html_says_what_the_text_says(name: str, language: str) -> None:
    subject, body, html = written(name, language)
    page = parsed(html)
    assert page.query("html")[0].attrs["lang"] == f"{language}-CH"
    assert [text_of(title) for title in page.query("h1")] == [as_read(subject)]
    assert [text_of(paragraph) for paragraph in page.query("p")] == [CONFIG.fund.name(language), *map(as_read, body)]
    assert CONFIG.fund.accent in html


def test_the_fund_s_colour_is_the_mail_s_colour() -> None:
    green = replace(CONFIG, fund=replace(CONFIG.fund, accent="#11553c"))
    assert "#11553c" in written("code_voided", "de", green)[2]


@in_every_language
def test_who_ordered_the_letter_is_named_unless_it_was_the_person(language: str) -> None:
    facts = {key: value for key, value in MAILS["letter_ordered"].items() if key != "ordered_by"}
    own = TemplateWriter(CONFIG).write("messages/letter_ordered/body.txt", language, **facts)
    assert "Marc Exemple" not in own
    assert any("Marc Exemple" in paragraph for paragraph in written("letter_ordered", language)[1])
    assert len(paragraphs(own)) == len(written("letter_ordered", language)[1])


def test_a_subject_is_one_line() -> None:
    assert one_line(" Hello\r\nBcc: all@company.example\n") == "Hello Bcc: all@company.example"
