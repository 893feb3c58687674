"""An nginx of our own between people and the portal, that keeps whatever it may and gives it to the next who asks."""

import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests import nginx
from tests.postgres import free_port

KEEPING = """
    proxy_cache_path {folder}/kept keys_zone=kept:1m;
    proxy_set_header Host $http_host;
    add_header X-Cache $upstream_cache_status always;
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
        self.careful, self.forgetful, self.twin = (f"http://localhost:{port}" for port in (careful, forgetful, twin))
        self._server = nginx.start(folder, KEEPING.format(folder=folder) + "".join(servers))
        self._waits()

    def stop(self) -> None:
        """End it; its folder is the test's."""
        nginx.stop(self._server)

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
