"""The four catalogues: complete, fitting, and written as it is done in Switzerland."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from webapp.config import LANGUAGES, ROOT

PLACES = re.compile(r"%\(\w+\)[sd]|%%|(?<!%)\{\w*\}")


def catalogue(language: str) -> Catalog:
    with (ROOT / f"webapp/translations/{language}/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, language)


def words(message: str | tuple[str, ...] | list[str]) -> list[str]:
    return [message] if isinstance(message, str) else list(message)


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What the sources say now, collected as ``make translations`` does."""
    template = tmp_path_factory.mktemp("words") / "messages.pot"
    pybabel = str(Path(sys.executable).with_name("pybabel"))
    command = [pybabel, "-q", "extract", "-F", "pyproject.toml", "-k", "_l", "-o", str(template), "."]
    subprocess.run(command, check=True, cwd=ROOT)
    with template.open("rb") as file:
        return read_po(file)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str, collected: Catalog) -> None:
    known = catalogue(language)
    keys = {(message.id if isinstance(message.id, str) else message.id[0], message.context) for message in known}
    wanted = {(message.id if isinstance(message.id, str) else message.id[0], message.context) for message in collected}
    assert not sorted(str(key) for key in wanted - keys), "run make translations, then translate these"
    assert not sorted(str(key) for key in keys - wanted), "nobody says these any more: run make translations"
    for message in known:
        assert all(words(message.string)), f"empty: {message.id}"
        assert not message.fuzzy or not message.id, f"fuzzy: {message.id}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_is_the_same(language: str) -> None:
    for message in catalogue(language):
        if message.id:
            wanted = {frozenset(PLACES.findall(form)) for form in words(message.id)}
            for form in words(message.string):
                assert frozenset(PLACES.findall(form)) in wanted, f"{message.id}: {form}"


def test_german_is_swiss() -> None:
    assert not [message.string for message in catalogue("de") if "ß" in "".join(words(message.string))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_markup_hides_in_a_sentence(language: str) -> None:
    """What the source has as markup, the translation has too: the same tags in the same number."""
    tag = re.compile(r"</?[a-z]+")
    for message in catalogue(language):
        wanted = {tuple(sorted(tag.findall(form))) for form in words(message.id)}
        for form in words(message.string) if message.id else ():
            assert tuple(sorted(tag.findall(form))) in wanted, form
