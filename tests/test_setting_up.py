"""``flask setup``, as ``make run`` calls it each time."""

import os
import subprocess
import sys
from pathlib import Path

from webapp.config import ROOT


def test_setting_up_twice_is_harmless(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PARTNERWEB_")}
    environment |= {
        "PARTNERWEB_DATABASE": f"sqlite:///{tmp_path}/a/new/folder/portal.sqlite",
        "PARTNERWEB_DATA": str(tmp_path),
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "setup"]
    for _time in range(2):  # the demo world is made once; then nothing is locked
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
