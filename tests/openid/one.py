"""The provider of PyPI, which ends with whoever has started it: when nothing holds the other end of its input."""

import os
import runpy
import sys
import threading
from typing import NoReturn


def ends_with_its_parent() -> NoReturn:
    """Wait until the input is closed."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=ends_with_its_parent, daemon=True).start()
    runpy.run_module("oidc_provider_mock", run_name="__main__")
