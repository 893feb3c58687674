"""Words that want to be more than words, and what a parsed page shows of them that it must not."""

import re
from typing import Any

from tests.pages import Element, Page, text_of

MARK = "canary"
PAYLOADS = [
    "<img src=x onerror=fetch('/canary')>",
    '"><div hx-post="/canary" hx-trigger="load">',
    "'><div data-hx-get='/canary' data-hx-trigger='load'>",
    '" data-hx-post="/canary" x="',
    "' autofocus onfocus='canary()' x='",
    "</title><script>canary()</script>",
    "</textarea><svg onload=canary()>",
    "<a href=javascript:canary()>x</a>",
    "&lt;b onclick=canary()&gt;",
    "{{ 7 * 7 }}{% canary %}",
    "%(canary)s %s",
    "<style>@import '/canary'</style>",
    "--><form action=/canary><input name=canary>",
    "<template><iframe srcdoc='canary'></iframe></template>",
    "javascript:canary()",
]
WORDS = ("alt", "aria-label", "content", "label", "placeholder", "title", "value")  # attributes that are read out
QUOTED = re.compile(r"/(?!canary|/)[^\s\"<>\\]*\?[^\s\"<>\\]*")  # an address of ours that repeats them, encoded


def came_alive(page: Page) -> list[str]:
    """Elements and attributes that came out of somebody's words."""
    found = []
    for node in page.document.query("*"):
        attributes: dict[str, Any] = node.attrs
        found += [f"<{node.name} {name}={value}>" for name, value in attributes.items() if _acts(name, str(value))]
        if node.name in ("script", "style", "iframe", "svg") and MARK in _inside(node):
            found.append(f"<{node.name}>")
        found += [f"<{node.name} {name}>" for name in attributes if MARK in name]
    return found


def _acts(name: str, value: str) -> bool:
    return MARK in value and name not in WORDS and not QUOTED.fullmatch(value)


def _inside(node: Element) -> str:
    return "".join(getattr(child, "data", None) or "" for child in node.children or ())


def shown(page: Page) -> list[str]:
    """The payloads that stand on the page as words."""
    text = " ".join(text_of(node) for node in page.document.query("body"))
    fields = " ".join(str(node.attrs.get("value", "")) for node in page.document.query("input"))
    return [payload for payload in PAYLOADS if payload in text or payload in fields]
