"""The portal as it is delivered, in processes of its own, and a browser's connection to it."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from pathlib import Path
from urllib.parse import urlsplit

from tests.browser.live import ENDING_WITH_US, Portal
from webapp.config import ROOT, Config
from webapp.web.assets import publish


@contextmanager
def serve(url: str, **settings: str) -> Iterator[Portal]:
    """The server as ``make run`` starts it, its static files published, on the database ``url``."""
    with tempfile.TemporaryDirectory(prefix="partnerweb-bench-") as folder:
        publish(Config(data=Path(folder)))
        portal = Portal(url, Path(folder), **settings)
        try:
            yield portal
        finally:
            portal.stop()


@contextmanager
def worker(portal: Portal) -> Iterator[None]:
    """``flask worker``: jobs in a process of their own."""
    given = {"DATABASE": portal.database, "DATA": str(portal.data), "ADDRESS": portal.url, "EXECUTOR": "bench"}
    environment = os.environ | {f"PARTNERWEB_{name}": value for name, value in given.items()}
    command = [*ENDING_WITH_US, sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


class Connection:
    """One connection, kept alive."""

    def __init__(self, portal: Portal) -> None:
        self._http = HTTPConnection("127.0.0.1", urlsplit(portal.url).port or 80)

    def gets(self, path: str, headers: Mapping[str, str]) -> tuple[HTTPResponse, bytes]:
        """The answer and its body, as they came over the wire."""
        try:
            self._http.request("GET", path, headers=dict(headers))
            answer = self._http.getresponse()
        except RemoteDisconnected:  # the server has closed what was idle
            self._http.close()
            self._http.request("GET", path, headers=dict(headers))
            answer = self._http.getresponse()
        return answer, answer.read()

    def seconds(self, path: str, headers: Mapping[str, str]) -> float:
        """How long one answer took."""
        begun = time.perf_counter()
        answer, _body = self.gets(path, headers)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return time.perf_counter() - begun
