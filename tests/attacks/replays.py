"""A copied cookie that is brought again and again: for any page, whole or in part, and with any form."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from random import Random
from typing import Any

from flask import Flask

from tests.attacks.said import DRAWN

BROWSERS = (
    "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "w3m/0.5.3",
    "curl/8.5.0",
    "",
)
WAYS: tuple[dict[str, str], ...] = (
    {},
    {"HX-Request": "true", "HX-Target": "main"},
    {"HX-Request": "true", "HX-Target": "dialog"},
    {"HX-Request": "true", "HX-Boosted": "true"},
    {"HX-Request": "true", "HX-History-Restore-Request": "true"},
)
Answer = tuple[int | str, ...]


@dataclass(frozen=True)
class Wish:
    """What is asked for, and as whom the browser presents itself."""

    method: str
    path: str
    way: int = 0
    browser: int = 0

    def answer(self, app: Flask, name: str, cookie: str | None) -> Answer:
        """What somebody is told who has nothing but this cookie, or nothing: where one is sent, and what is said."""
        client = app.test_client()
        if cookie is not None:
            client.set_cookie(name, cookie)
        headers: dict[str, Any] = {"User-Agent": BROWSERS[self.browser], **WAYS[self.way]}
        answer = client.open(self.path, method=self.method, headers=headers)
        sent = [answer.headers.get(name, "") for name in ("Location", "HX-Redirect")]
        return answer.status_code, *sent, DRAWN.sub("", answer.data.decode(errors="replace"))


class Thief:
    """Knows what strangers are told, and holds it against what a copied cookie is told."""

    def __init__(self, app: Flask, name: str) -> None:
        self._app, self._name = app, name
        self._strangers: dict[Wish, Answer] = {}

    def succeeds(self, cookie: str, wish: Wish) -> bool:
        """Whether the cookie gets another answer than no cookie; as what a browser presents itself is all the same."""
        stranger = Wish(wish.method, wish.path, wish.way)
        if stranger not in self._strangers:
            self._strangers[stranger] = stranger.answer(self._app, self._name, None)
        return wish.answer(self._app, self._name, cookie) != self._strangers[stranger]

    def tries(self, cookies: Sequence[str], doors: Sequence[tuple[str, str]], times: int, seed: int) -> list[Wish]:
        """Of so many replays those that worked: each door in turn, each cookie in turn, the rest as it comes."""
        draw = Random(seed)
        turns = zip(range(times), cycle(doors), strict=False)
        wishes = [Wish(*door, draw.randrange(len(WAYS)), draw.randrange(len(BROWSERS))) for _number, door in turns]
        return [wish for wish, cookie in zip(wishes, cycle(cookies), strict=False) if self.succeeds(cookie, wish)]
