"""Asking another site while somebody waits: never for long, never for much, never more than a few at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any, TypeVar

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from webapp.ports import TryAgainLater

TIME_OUT = 3.0  # seconds to connect, and for each silence
IN_ALL = 6.0  # seconds until whoever waits is told that it does not work
LARGEST = 256 * 1024  # bytes of one answer
AT_ONCE = 4  # whoever comes when so many are waiting waits behind them, but not longer than ``IN_ALL``

Answer = TypeVar("Answer")


class CarefulAdapter(HTTPAdapter):
    """Reads a whole answer, within the limits, before anybody looks at it.

    ``authority`` is a file of certificates that counts instead of the usual ones, whatever the environment says.
    """

    def __init__(self, authority: str | None = None) -> None:
        super().__init__()
        self._authority = authority

    def send(self, request: requests.PreparedRequest, *_given: Any, **given: Any) -> requests.Response:
        """The answer; a RequestException when it is too slow or too large."""
        until = monotonic() + IN_ALL
        given |= {"stream": True, "timeout": (TIME_OUT, TIME_OUT)}
        given |= {"verify": self._authority} if self._authority else {}
        response = super().send(request, **given)
        content = b""
        try:
            while part := response.raw.read1(16_384):
                content += part
                if len(content) > LARGEST or monotonic() > until:
                    raise requests.ConnectionError("too large, or too slow")
        except HTTPError as broken:
            raise requests.ConnectionError(type(broken).__name__) from None
        finally:
            response.close()
        response._content = content  # noqa: SLF001 -- what ``content`` would read without limits
        return response


class Hurry:
    """Has things done in a few threads of its own, so that a slow site holds no more of ours than those."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="asking")

    def __call__(self, work: Callable[..., Answer], *given: Any) -> Answer:
        """What ``work(*given)`` gives; TryAgainLater when it takes too long, or no answer could be had."""
        under_way = self._threads.submit(work, *given)
        try:
            return under_way.result(IN_ALL)
        except TimeoutError:
            under_way.cancel()
            raise TryAgainLater("the other side was too slow") from None
        except requests.RequestException as problem:
            raise TryAgainLater(f"the other side did not answer: {type(problem).__name__}") from None
