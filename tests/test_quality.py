"""The tools that read the code find nothing; the locks name versions and hashes, and no place to fetch them from."""

import subprocess
import sys

import pytest

from tests.sources import files
from webapp.config import ROOT


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "--no-cache", "--quiet", "--output-format=concise", "."],
        ["ruff", "format", "--no-cache", "--check", "--quiet", "."],
        ["mypy", "--no-error-summary"],
    ],
    ids=["rules", "shape", "types"],
)
def test_nothing_is_found(command: list[str]) -> None:
    told = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("lock", files("*.lock"))
def test_a_lock_names_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert text.count("==") <= text.count("--hash=sha256:"), "each package has a hash"
