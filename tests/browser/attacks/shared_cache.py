"""An nginx of our own between people and the portal, that keeps whatever it may and gives it to the next who asks."""

import shutil
import subprocess
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.postgres import free_port

SETTINGS = """
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    proxy_cache_path {folder}/kept keys_zone=kept:1m;
    proxy_set_header Host $http_host;
    add_header X-Cache $upstream_cache_status always;
    {servers}
}}
"""
CACHE = """
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass {behind};
            proxy_cache kept;
            proxy_cache_key $server_port$request_uri;
            {more}
        }}
    }}
"""
CARELESS = """
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass {behind};
            proxy_hide_header Cache-Control;
            proxy_hide_header Vary;
            proxy_hide_header Set-Cookie;
            add_header Cache-Control "public, max-age=60" always;
        }}
    }}
"""
AS_SOME_DO = "proxy_ignore_headers Vary;"  # many a content delivery network looks at the address only


class SharedCaches:
    """Three caches: one that keeps to the rules, one that forgets ``Vary``, one before a portal without our headers."""

    def __init__(self, portal: str, folder: Path) -> None:
        self._folder = folder
        careful, forgetful, twin, careless = (free_port() for _ in range(4))
        behind = portal.replace("localhost", "127.0.0.1")
        servers = [
            CACHE.format(port=careful, behind=behind, more=""),
            CACHE.format(port=forgetful, behind=behind, more=AS_SOME_DO),
            CACHE.format(port=twin, behind=f"http://127.0.0.1:{careless}", more=""),
            CARELESS.format(port=careless, behind=behind),
        ]
        settings = folder / "nginx.conf"
        settings.write_text(SETTINGS.format(folder=folder, servers="".join(servers)))
        self.careful, self.forgetful, self.twin = (f"http://localhost:{port}" for port in (careful, forgetful, twin))
        program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/opt/homebrew/bin")
        assert program, "The tests need nginx: run `make test`, or install it."
        command = [program, "-p", str(folder), "-c", str(settings), "-e", str(folder / "error.log")]
        self._server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._waits()

    def stop(self) -> None:
        """End it; its folder is the test's."""
        self._server.terminate()
        try:
            self._server.wait(10)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()

    def _waits(self) -> None:
        until = time.monotonic() + 30
        while True:
            try:
                with urlopen(f"{self.careful}/healthz", timeout=5):
                    return
            except (URLError, ConnectionError):
                said = self._folder / "error.log"
                assert self._server.poll() is None and time.monotonic() < until, said.exists() and said.read_text()  # noqa: PT018
                time.sleep(0.05)
