"""Files that appear at once or not at all: what the development gateways leave behind."""

import os
import re
from pathlib import Path

KEY = re.compile(r"[A-Za-z0-9._-]+")


def leave(folder: Path, name: str, content: bytes) -> Path:
    """Put a file called ``name`` into ``folder``; the same name again replaces it. A torn file is never seen."""
    if not KEY.fullmatch(name) or name.startswith("."):
        raise ValueError("a file name of letters, digits, points and hyphens is needed")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / name
    draft = folder / f".{name}.{os.getpid()}"
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
    return target
