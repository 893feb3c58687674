"""A page as a person finds it: fields by their label, buttons and links by their words."""

from collections.abc import Iterator
from typing import Any

from justhtml import JustHTML, matches

Element = Any  # justhtml's nodes are built without types worth naming
CONTROLS = ("input", "select", "textarea")
UNTYPED = ("hidden", "submit", "button", "reset", "image")


class Unfindable(AssertionError):
    """What a person was told to use is not there, or is there more than once."""


def parsed(html: str, *, fragment: bool = False) -> JustHTML:
    """The document, or StrictModeError where a browser would have to guess what was meant."""
    return JustHTML(html, sanitize=False, strict=True, fragment=fragment)


def elements(node: Element, *names: str) -> list[Element]:
    """All elements below ``node`` in the order of the document, only those of ``names`` if given.

    One walk: a page is asked dozens of times, and a selector is matched against each element anew.
    """
    found, ahead = [], list(reversed(getattr(node, "root", node).children or ()))
    while ahead:
        one = ahead.pop()
        if one.name[0] not in "#!" and (not names or one.name in names):
            found.append(one)
        ahead.extend(reversed(getattr(one, "children", None) or ()))
    return found


def text_of(node: Element) -> str:
    """The words of an element with single blanks, as they are read out."""
    return " ".join("".join(_words(node)).split())


def _words(node: Element) -> Iterator[str]:
    if node.name in ("script", "style", "template", "head"):
        return
    if node.name == "dialog" and "open" not in node.attrs:
        return
    if node.name == "#text":
        yield node.data
        return
    if node.name not in INLINE:
        yield " "
    for child in node.children or ():
        yield from _words(child)
    if node.name not in INLINE:
        yield " "


INLINE = ("a", "abbr", "b", "bdi", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub")
INLINE += ("sup", "time", "u", "wbr")


def closest(node: Element, selector: str) -> Element:
    """The nearest element round ``node``, itself included, that ``selector`` matches; None without one."""
    while node is not None and node.name not in ("#document", "#document-fragment"):
        if matches(node, selector):
            return node
        node = node.parent
    return None


class Page:
    """What stands in the window: the whole document with whatever htmx put into it."""

    def __init__(self, html: str) -> None:
        self.document = parsed(html)

    @property
    def reach(self) -> Element:
        """Where a person can act: an open dialog leaves the rest of the page out of reach."""
        dialogs = [dialog for dialog in elements(self.document, "dialog") if "open" in dialog.attrs]
        return dialogs[0] if dialogs else self.document

    @property
    def text(self) -> str:
        """All words of the page."""
        return text_of(elements(self.document, "body")[0])

    def by_id(self, name: str) -> Element:
        """The element with that id; None without one."""
        return next((node for node in elements(self.document) if node.attrs.get("id") == name), None)

    def put(self, box: Element, contents: Element) -> None:
        """Replace what stands in ``box``, as innerHTML does."""
        for child in list(box.children or ()):
            box.remove_child(child)
        for child in list(contents.children or ()):
            box.append_child(child)

    def label_of(self, control: Element) -> str:
        """What the control is called; empty when it has no name."""
        identifier = control.attrs.get("id")
        for label in elements(self.document, "label"):
            if identifier and label.attrs.get("for") == identifier:
                return text_of(label)
        if around := closest(control, "label"):
            return text_of(around)
        named = [self.by_id(name) for name in (control.attrs.get("aria-labelledby") or "").split()]
        return " ".join(text_of(node) for node in named if node) or control.attrs.get("aria-label") or ""

    def field(self, label: str, *kinds: str) -> Element:
        """The one control called ``label``, or whose label begins so; of one of ``kinds`` if given."""
        typed = [node for node in elements(self.reach, *CONTROLS) if kind_of(node) not in UNTYPED]
        typed = [node for node in typed if not kinds or kind_of(node) in kinds]
        return _only(label, {id(node): (self.label_of(node), node) for node in typed}, "field")

    def button(self, text: str, beside: str = "") -> Element:
        """The one button with these words, in the row, item or section that also says ``beside``."""
        buttons = [node for node in elements(self.reach, "button", "input") if kind_of(node) in ("button", "submit")]
        return _only(text, _worded(buttons, beside), "button")

    def link(self, text: str, beside: str = "") -> Element:
        """The one link with these words, in the row, item or section that also says ``beside``."""
        links = [node for node in elements(self.reach, "a") if "href" in node.attrs]
        return _only(text, _worded(links, beside), "link")


def _worded(nodes: list[Element], beside: str) -> dict[int, tuple[str, Element]]:
    found = {id(node): (_name(node), node) for node in nodes}
    if not beside:
        return found
    return {key: pair for key, pair in found.items() if any(beside in text_of(near) for near in _around(pair[1]))}


def _around(node: Element) -> list[Element]:
    """The row, item, section or form it stands in; and the row or item round that form."""
    near = [closest(node, "tr, li, section, form"), closest(node, "tr, li")]
    return [one for one in near if one is not None]


def kind_of(control: Element) -> str:
    """``text``, ``checkbox``, ``radio``, ``hidden`` …, ``select`` or ``textarea``."""
    return control.attrs.get("type", "text") if control.name == "input" else control.name


def _name(node: Element) -> str:
    return (
        node.attrs.get("aria-label") or node.attrs.get("value", "")
        if node.name == "input"
        else (node.attrs.get("aria-label") or text_of(node))
    )


def _only(wanted: str, named: dict[int, tuple[str, Element]], what: str) -> Element:
    for fits in (str.__eq__, str.startswith):
        found = [node for name, node in named.values() if fits(name, wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            raise Unfindable(f"{len(found)} times the {what} “{wanted}”")
    raise Unfindable(f"no {what} “{wanted}” among {sorted({name for name, _ in named.values()})}")


def answers(form: Element, pressed: Element = None) -> list[tuple[str, str]]:
    """What a browser would send: every named control that counts, and the button that was pressed."""
    sent = []
    for control in elements(form, *CONTROLS, "button"):
        name, kind = control.attrs.get("name"), kind_of(control)
        if not name or "disabled" in control.attrs:
            continue
        if kind in ("submit", "button", "reset"):
            if control is pressed:
                sent.append((name, control.attrs.get("value", "")))
        elif kind in ("checkbox", "radio"):
            if "checked" in control.attrs:
                sent.append((name, control.attrs.get("value", "on")))
        else:
            sent.append((name, value_of(control)))
    return sent


def value_of(control: Element) -> str:
    """What stands in a field."""
    if control.name == "textarea":
        return (control.attrs.get("typed") or "".join(child.data for child in control.children or ())).removeprefix(
            "\n"
        )
    if control.name == "select":
        options = elements(control, "option")
        chosen = [option for option in options if "selected" in option.attrs] or options[:1]
        return chosen[0].attrs.get("value", text_of(chosen[0])) if chosen else ""
    return control.attrs.get("value") or ""


def speaks_htmx(node: Element) -> bool:
    """Whether htmx would take the press instead of the browser."""
    return "data-hx-get" in node.attrs or "data-hx-post" in node.attrs
