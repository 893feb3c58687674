"""w3m in a terminal of its own: a browser that never runs a script, driven by keys and read from the screen."""

import os
import re
import subprocess
import time
import uuid
from pathlib import Path

from tests.browser.journeys.words import said_in
from webapp.web.languages import OWN_NAMES

PATIENCE = 30
SIZE = ("-x", "110", "-y", "300")  # tall enough for every page: nothing has to be scrolled
OPTIONS = [
    "-cookie",
    "-no-mouse",
    "-graph",
    "-o",
    "confirm_qq=0",
    "-o",
    "use_history=0",
    "-o",
    "auto_image=0",
    "-o",
    "ignorecase_search=0",
]


class TextBrowser:
    """Finds links, buttons and fields by the words on the screen, as a person does with ``/`` and Tab."""

    def __init__(self, url: str, home: Path) -> None:
        self.language = "en"
        self._name = f"w3m-{uuid.uuid4().hex[:8]}"
        environment = {**os.environ, "HOME": str(home), "TERM": "xterm", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        command = " ".join(["exec", "w3m", *OPTIONS, f"'{url}'"])
        self._tmux("new-session", "-d", "-s", "w3m", *SIZE, command, environment=environment)

    @property
    def screen(self) -> str:
        """What is read now, without w3m's own last line."""
        return "\n".join(self._tmux("capture-pane", "-p").splitlines()[:-1])

    def sees(self, text: str) -> "TextBrowser":
        """Wait until ``text`` stands on the screen, in the language that is read; line ends count as blanks."""
        text = said_in(self.language, text)
        until = time.monotonic() + PATIENCE
        while " ".join(text.split()) not in " ".join(self.screen.split()):
            assert time.monotonic() < until, f"no “{text}” in\n" + re.sub(r"\n{3,}", "\n\n", self.screen)
            time.sleep(0.1)
        return self

    def follows(self, text: str) -> "TextBrowser":
        """Go to the first ``text``, a link or a box to tick, and press Enter."""
        self._go_to(text)
        return self._press("Enter")

    ticks = follows

    def reads(self, language: str) -> "TextBrowser":
        """Choose the language of the page, and from now on look for everything in it."""
        self.follows(OWN_NAMES[language])
        self.language = language
        return self

    def ticks_first(self) -> "TextBrowser":
        """Tick the first box that is not ticked."""
        self._go_to("[ ]")
        return self._press("Right", "Enter")

    def presses(self, text: str) -> "TextBrowser":
        """Go to the last ``text``, a button that may be called like its page, and press Enter."""
        self._go_to(text, "G", "?")
        return self._press("Enter")

    def fills(self, label: str, text: str) -> "TextBrowser":
        """Go to ``label``, on to its field, and type."""
        self._go_to(label)
        self._press("Tab", "Enter")
        self._press("C-u")
        self._tmux("send-keys", "-l", text)
        return self._press("Enter")

    def closes(self) -> None:
        """End it."""
        self._tmux("kill-server")

    def _go_to(self, text: str, end: str = "g", search: str = "/") -> None:
        """From the top, or the end, search: w3m puts the cursor on the first letter."""
        text = said_in(self.language, text)
        self.sees(text)
        self._press(end, search)
        self._tmux("send-keys", "-l", re.escape(text).replace(r"\ ", " "))
        self._press("Enter")

    def _press(self, *keys: str) -> "TextBrowser":
        for key in keys:
            self._tmux("send-keys", key)
            time.sleep(0.15)  # w3m drops what comes while it draws
        return self

    def _tmux(self, *words: str, environment: dict[str, str] | None = None) -> str:
        command = ["tmux", "-L", self._name, "-f", "/dev/null", *words]
        return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
