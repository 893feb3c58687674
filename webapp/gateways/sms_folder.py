"""Text messages as files, for development: each one a JSON object with ``number`` and ``text``."""

import json
from pathlib import Path

from webapp.gateways.folder import leave
from webapp.ports import TryAgainLater


class FolderSms:
    """Leaves each text message in ``folder`` under its key; the same key twice is one file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, number: str, text: str, *, key: str) -> None:
        """Write the file; raises TryAgainLater when it can't be written."""
        content = json.dumps({"number": number, "text": text}, ensure_ascii=False, indent=1).encode()
        try:
            leave(self._folder, f"{key}.sms.json", content)
        except OSError:
            raise TryAgainLater("the outbox folder could not be written") from None
