"""A real nginx, with nothing but the servers that a test writes for it."""

import shutil
import subprocess
from pathlib import Path

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
    {servers}
}}
"""


def start(folder: Path, servers: str) -> subprocess.Popen[bytes]:
    """Begin to serve; what it has to say is in ``folder``, as ``error.log``."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/opt/homebrew/bin")
    assert program, "The tests need nginx: run `make test`, or install it."
    settings = folder / "nginx.conf"
    settings.write_text(SETTINGS.format(folder=folder, servers=servers))
    command = [program, "-p", str(folder), "-c", str(settings), "-e", str(folder / "error.log")]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def stop(server: subprocess.Popen[bytes]) -> None:
    """End this server, or another one, within ten seconds."""
    server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
