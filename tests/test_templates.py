"""What every template must hold, before anybody fills it in."""

import re
from collections.abc import Iterator

import pytest

from tests.sources import files
from webapp.config import ROOT

TEMPLATES = files("templates/**/*.html")
ON_PAPER = ("templates/letters/", "templates/messages/", "templates/layouts/letter.html", "templates/layouts/mail.html")
ON_SCREEN = [file for file in TEMPLATES if not file.startswith(ON_PAPER)]
DIALECT = {"get", "post", "target", "trigger", "swap", "select", "push-url", "sync", "swap-oob", "encoding"}
TAG = re.compile(r"<([a-z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
ATTRIBUTE = re.compile(r"([\w:@-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')|([\w:@-]+)")
TRANSLATED = re.compile(r"\{%-?\s*trans\b.*?%\}.*?\{%-?\s*endtrans\s*-?%\}", re.DOTALL)
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SAME_EVERYWHERE = {"PartnerWeb", "SHA"}
READ_ALOUD = ("aria-label", "title", "placeholder", "alt", "summary")


def source(file: str) -> str:
    return (ROOT / file).read_text()


def tags(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every tag and its attributes, with each piece of Jinja as one word that is the same for the same piece."""
    pieces: dict[str, str] = {}
    flat = JINJA.sub(lambda found: pieces.setdefault(" ".join(found[0].split()), f"⟦{len(pieces)}⟧"), text)
    for name, rest in TAG.findall(flat):
        yield name, {one or bare: double or single for one, double, single, bare in ATTRIBUTE.findall(rest)}


@pytest.mark.parametrize("file", ON_SCREEN)
def test_htmx_is_spoken_in_our_dialect(file: str) -> None:
    for name, attributes in tags(source(file)):
        spoken = {attribute for attribute in attributes if attribute.startswith(("hx-", "data-hx-"))}
        assert spoken <= {f"data-hx-{word}" for word in DIALECT}, name
        assert "js:" not in " ".join(attributes[attribute] for attribute in spoken)
        for verb, plain in (("get", ("href", "action")), ("post", ("action", "formaction"))):
            if url := attributes.get(f"data-hx-{verb}"):
                assert url in [attributes.get(way) for way in plain], f"{name} works only with script: {url}"


@pytest.mark.parametrize("file", ON_SCREEN)
def test_the_policy_is_kept(file: str) -> None:
    for name, attributes in tags(source(file)):
        assert name != "style"
        assert name != "script" or attributes.get("src")
        assert not [attribute for attribute in attributes if attribute == "style" or attribute.startswith("on")], name


@pytest.mark.parametrize("file", files("templates/**/*.*"))
def test_nothing_is_marked_as_safe(file: str) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape\s+false|\bMarkup\(", source(file))


@pytest.mark.parametrize("file", files("webapp/**/*.py"))
def test_no_python_writes_html(file: str) -> None:
    assert "Markup(" not in source(file)


@pytest.mark.parametrize("file", [file for file in TEMPLATES if "/terms/" not in file])
def test_every_word_can_be_translated(file: str) -> None:
    text = JINJA.sub(" ", TRANSLATED.sub(" ", re.sub(r"<style.*?</style>", "", source(file), flags=re.DOTALL)))
    for name, attributes in tags(text):
        said = [attributes.get(attribute, "") for attribute in READ_ALOUD]
        assert not [words for words in said if re.search(r"[A-Za-z]{2}", words)], name
    left = re.sub(r"&\w+;", " ", TAG.sub(" ", re.sub(r"<!.*?>|</[a-z][\w-]*\s*>", " ", text)))
    assert not set(re.findall(r"[^\W\d_]{2,}", left)) - SAME_EVERYWHERE, " ".join(left.split())


def test_a_fault_would_be_found() -> None:
    seen = dict(tags('<form action="{{ a("x") }}" data-hx-post="{{ a("y") }}"><b style="x" disabled>'))
    assert seen["form"]["action"] != seen["form"]["data-hx-post"]
    assert set(seen["b"]) == {"style", "disabled"}
