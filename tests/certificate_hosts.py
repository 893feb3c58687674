"""The host that asks for certificates, as the portal's makers ship it: behind nginx, or gunicorn's own."""

import os
import subprocess
import sys
from pathlib import Path

import requests
import urllib3

from tests import nginx
from tests.browser.live import Portal
from tests.certificates import SERVER, TestAuthority
from tests.postgres import free_port
from webapp.config import ROOT

SECRET = "a-secret-of-nginx-and-the-portal-only"
SHIPPED = ROOT / "webapp" / "serving_nginx.conf"


class CertificateHosts:
    """nginx with the shipped settings before a portal, and a host for certificates: nginx's ("proxy"), or gunicorn's.

    ``authority`` issues people's certificates; its list is published when this begins.
    """

    def __init__(
        self, database: str, folder: Path, authority: TestAuthority, way: str, app: str = "wsgi:app", **more: str
    ) -> None:
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
        self.folder, self.way = folder, way
        self._ports = {"portal": free_port(), "certificates": free_port()}
        self.address = f"https://localhost:{self._ports['portal']}"
        self.certificates = f"https://localhost:{self._ports['certificates']}"
        self.authorities, self.lists = authority.published(folder)
        server = TestAuthority(name="Invented Server CA").issues("localhost", purposes=(SERVER,), hosts=("localhost",))
        self._files = server.written(folder, "server")
        self.settings = more | {
            "ADDRESS": self.address,
            "PROXIES": "1",
            "CERTIFICATE_ADDRESS": self.certificates,
            "CERTIFICATE_FROM": way,
            "CERTIFICATE_PROXY_SECRET": SECRET,
            "CERTIFICATE_AUTHORITIES": str(self.authorities),
            "CERTIFICATE_REVOCATIONS": str(self.lists),
        }
        self.portal = Portal(database, folder, app=app, **self.settings)
        self._servers: list[subprocess.Popen[bytes]] = []
        try:
            self._starts(app)
        except BaseException:
            self.stop()
            raise

    def _starts(self, app: str) -> None:
        self._servers.append(self._nginx())
        if self.way == "tls":
            self._servers.append(self._gunicorn(app))
        for address in (self.address, self.certificates):
            self.portal.waits_for(lambda address=address: _answers(address), f"server at {address}: {self.log}")

    def stop(self) -> None:
        """End them all."""
        for server in self._servers:
            nginx.stop(server)
        self.portal.stop()

    @property
    def log(self) -> str:
        """What they have said."""
        return "\n".join(path.read_text() for path in self.folder.glob("*.log"))

    def _nginx(self) -> subprocess.Popen[bytes]:
        """The shipped settings, with names, ports, files and the secret of this place."""
        text = SHIPPED.read_text()
        asks = self._ports["certificates"] if self.way == "proxy" else free_port()
        ports = {"portal.example;": self._ports["portal"], "cert.portal.example;": asks}
        for name, port in ports.items():
            before = f"listen 443 ssl;\n    server_name {name}"
            assert before in text
            text = text.replace(before, f"listen 127.0.0.1:{port} ssl;\n    server_name {name}")
        for host in ("portal.example", "cert.portal.example"):
            text = text.replace(f"/etc/ssl/{host}/chain.pem", str(self._files[0]))
            text = text.replace(f"/etc/ssl/{host}/key.pem", str(self._files[1]))
        text = text.replace("127.0.0.1:8000", self.portal.url.removeprefix("http://").replace("localhost", "127.0.0.1"))
        text = text.replace("the value of PARTNERWEB_CERTIFICATE_PROXY_SECRET", SECRET)
        assert "listen 443" not in text
        assert "/etc/" not in text
        return nginx.start(self.folder, text)

    def _gunicorn(self, app: str) -> subprocess.Popen[bytes]:
        options = ["--certfile", str(self._files[0]), "--keyfile", str(self._files[1])]
        given = {"DATABASE": self.portal.database, "DATA": str(self.folder)} | self.settings
        own = {f"PARTNERWEB_{name}": value for name, value in given.items()}
        own["PORT"] = str(self._ports["certificates"])
        command = [sys.executable, "-m", "gunicorn", "-c", "python:webapp.serving_certificates", *options, app]
        usual = {key: value for key, value in os.environ.items() if not key.startswith("PARTNERWEB_")}
        with (self.folder / "certificates.log").open("w") as log:
            return subprocess.Popen(command, cwd=ROOT, env=usual | own, stdout=log, stderr=subprocess.STDOUT)


def _answers(address: str) -> bool:
    try:
        requests.get(f"{address}/healthz", timeout=5, verify=False)
    except requests.RequestException:
        return False
    return True
