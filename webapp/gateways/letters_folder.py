"""Hands print runs over as files: one folder a run, its documents, and the manifest as the last thing."""

import errno
import json
import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from webapp.ports import PrintedDocument, TryAgainLater

MANIFEST = "manifest.json"
DRAFT = ".part"


class FolderCarrier:
    """A folder that the printer empties; a file in it is whole or not there, also when the power fails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def hand_over(self, run: str, document: PrintedDocument) -> None:
        """Put the document into the run's folder; TryAgainLater when the disk is full or refuses."""
        self._leave(run, document.name, document.pdf)

    def finish(self, run: str, manifest: Mapping[str, Any]) -> None:
        """Put the manifest beside the documents: the printer may start."""
        self._leave(run, MANIFEST, json.dumps(manifest, indent=2, ensure_ascii=False).encode() + b"\n")

    def _leave(self, run: str, name: str, content: bytes) -> None:
        folder = self._folder / run
        draft = folder / f".{name}.{os.getpid()}-{threading.get_ident()}{DRAFT}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write(draft, content)
            draft.replace(folder / name)
            for left_by_the_dead in folder.glob(f".{name}.*{DRAFT}"):
                left_by_the_dead.unlink(missing_ok=True)
            for changed in (folder, self._folder):
                _remember(changed)
        except OSError as problem:
            _give_up(draft)
            code = errno.errorcode.get(problem.errno or 0, "unknown")
            raise TryAgainLater(f"the folder for letters: {code}") from None


def _give_up(draft: Path) -> None:
    with suppress(OSError):
        draft.unlink()


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        path.chmod(0o640)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _remember(folder: Path) -> None:
    """Have the names in ``folder`` survive a power cut, too."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
