"""What every page must hold, whoever opens it: each rule finds what is wrong and says it in a sentence."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from tests.pages import CONTROLS, UNTYPED, Element, Page, closest, elements, kind_of, text_of

ERROR_PREFIXES = ("", "Error: ", "Erreur : ", "Erreur\u00a0: ", "Erreur\u202f: ", "Fehler: ", "Errore: ")
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-errormessage")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
Rule = Callable[[Page], Iterator[str]]


def problems(page: Page) -> list[str]:
    """Everything that is wrong with ``page``."""
    return [problem for rule in RULES for problem in rule(page)]


def language(page: Page) -> Iterator[str]:
    """The language is said."""
    if not elements(page.document, "html")[0].attrs.get("lang"):
        yield "<html> has no lang"


def one_heading(page: Page) -> Iterator[str]:
    """One h1 outside of the dialog, the title begins with it, and no level is skipped."""
    headings = [node for node in elements(page.document, *HEADINGS) if not closest(node, "dialog")]
    first = [node for node in headings if node.name == "h1"]
    if len(first) != 1:
        yield f"{len(first)} h1: {[text_of(node) for node in first]}"
        return
    title, heading = text_of(elements(page.document, "title")[0]), text_of(first[0])
    if not any(title.startswith(prefix + heading) for prefix in ERROR_PREFIXES):
        yield f"the title “{title}” does not begin with the heading “{heading}”"
    levels = [int(node.name[1]) for node in headings]
    for upper, lower in pairwise(levels):
        if lower > upper + 1:
            yield f"a heading of level {lower} follows one of level {upper}"


def identifiers(page: Page) -> Iterator[str]:
    """Each id stands once, and whatever is referred to exists."""
    counted = Counter(node.attrs["id"] for node in elements(page.document) if "id" in node.attrs)
    yield from (f"{count} times id={name}" for name, count in counted.items() if count > 1)
    for attribute in REFERENCES:
        for node in elements(page.document):
            if attribute not in node.attrs or (node.name == "dialog" and "open" not in node.attrs):
                continue  # a dialog's heading comes with its contents
            yield from (
                f"{attribute}={name} of nobody" for name in node.attrs[attribute].split() if name not in counted
            )
    for label in elements(page.document, "label"):
        if label.attrs.get("for", "") not in ("", *counted):
            yield f"a label for {label.attrs['for']}, which is not there"


def names(page: Page) -> Iterator[str]:
    """Whatever can be used has a name."""
    for node in elements(page.document, *CONTROLS):
        if kind_of(node) not in UNTYPED and not page.label_of(node):
            yield f"no label: {_shown(node)}"
    for node in elements(page.document, "button", "a"):
        pictures = [picture.attrs.get("alt", "") for picture in elements(node, "img")]
        if not (text_of(node) or node.attrs.get("aria-label") or "".join(pictures)):
            yield f"no words: {_shown(node)}"
    for node in elements(page.document, "img"):
        if "alt" not in node.attrs:
            yield f"no alt: {_shown(node)}"


def forms(page: Page) -> Iterator[str]:
    """Every form works by itself, and changes nothing without its token; no button is ever disabled."""
    for form in elements(page.document, "form"):
        method = form.attrs.get("method")
        if method == "dialog":
            continue
        if method not in ("get", "post") or not form.attrs.get("action"):
            yield f"needs method and action: {_shown(form)}"
        tokens = [
            node
            for node in elements(form, "input")
            if node.attrs.get("name") == "csrf_token" and node.attrs.get("value")
        ]
        if len(tokens) != (method == "post"):
            yield f"{len(tokens)} tokens: {_shown(form)}"
    for node in elements(page.document, "button", "input"):
        if "disabled" in node.attrs and (node.name == "button" or kind_of(node) == "submit"):
            yield f"disabled: {_shown(node)}"


def nothing_inline(page: Page) -> Iterator[str]:
    """No script, no style and no handler in the page: the policy would refuse them."""
    for node in elements(page.document):
        if node.name == "style" or (node.name == "script" and not node.attrs.get("src")):
            yield f"inline {node.name}"
        yield from (f"{name} on {node.name}" for name in node.attrs if name == "style" or name.startswith("on"))
        if (node.attrs.get("href") or "").lower().startswith("javascript:"):
            yield f"a script as link: {_shown(node)}"


def quiet(page: Page) -> Iterator[str]:
    """Nothing interrupts, nothing jumps the queue, one thing at most takes the focus."""
    for node in elements(page.document):
        for name, value in (("role", "alert"), ("aria-live", "assertive"), ("http-equiv", "refresh")):
            if node.attrs.get(name) == value:
                yield f"{name}={value}: {_shown(node)}"
        if "accesskey" in node.attrs:
            yield f"accesskey: {_shown(node)}"
        if node.attrs.get("tabindex", "0") not in ("0", "-1"):
            yield f"tabindex {node.attrs['tabindex']}: {_shown(node)}"
    if sum("autofocus" in node.attrs for node in elements(page.reach)) > 1:
        yield "more than one autofocus"


def tables(page: Page) -> Iterator[str]:
    """A table says what it is of, and its headers say what they head."""
    for table in elements(page.document, "table"):
        if not (elements(table, "caption") or table.attrs.get("aria-labelledby")):
            yield "a table without a caption"
        yield from (f"no scope: {_shown(node)}" for node in elements(table, "th") if not node.attrs.get("scope"))


def _shown(node: Element) -> str:
    attributes = "".join(f' {name}="{value or ""}"' for name, value in node.attrs.items())
    return f"<{node.name}{attributes}>{text_of(node)[:40]}"


RULES: tuple[Rule, ...] = (language, one_heading, identifiers, names, forms, nothing_inline, quiet, tables)
