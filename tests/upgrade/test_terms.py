"""The terms of use are complete in each language, plain, and found by their date."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.reading import lix, longest_sentence, words_of
from webapp.config import LANGUAGES, ROOT
from webapp.upgrade import terms

EACH = pytest.mark.parametrize(
    ("version", "language"), [(version, language) for version in terms.VERSIONS for language in LANGUAGES]
)


def text(version: str, language: str) -> str:
    return (Path(ROOT) / "templates" / terms.template(version, language)).read_text(encoding="utf-8")


def test_the_newest_version_whose_day_has_come_is_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "VERSIONS", ("2026-11-01", "2027-01-01"))
    assert terms.current_version(date(2026, 12, 31)) == "2026-11-01"
    assert terms.current_version(date(2027, 1, 1)) == "2027-01-01"


def test_before_the_first_version_the_first_one_counts() -> None:
    assert terms.current_version(date(2020, 1, 1)) == terms.VERSIONS[0]


def test_what_is_published_is_what_is_or_was_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "VERSIONS", ("2026-11-01", "2027-01-01"))
    assert terms.published(date(2026, 12, 31)) == ["2026-11-01"]
    assert terms.published(date(2027, 1, 1)) == ["2027-01-01", "2026-11-01"]


def test_a_version_that_was_never_published_is_no_path() -> None:
    with pytest.raises(KeyError):
        terms.template("../../layouts", "fr")


@EACH
def test_each_language_has_the_same_sections(version: str, language: str) -> None:
    def shape(html: str) -> list[str]:
        return re.findall(r"<(h2|p|ul|li)>", html)

    assert shape(text(version, language)) == shape(text(version, LANGUAGES[0]))


@EACH
def test_the_terms_are_plain(version: str, language: str) -> None:
    read = words_of(re.sub(r"\{\{.*?\}\}", "", text(version, language)))
    assert lix(read) <= 40
    assert longest_sentence(read) <= 20


@EACH
def test_the_terms_name_the_fund_and_speak_one_language(version: str, language: str) -> None:
    html = text(version, language)
    assert "{{ fund.name(language) }}" in html
    assert "_(" not in html
    assert "{%" not in html
