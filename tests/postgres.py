"""A PostgreSQL server of the tests' own: made in a temporary folder, never as root, gone when the tests end."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

OLDEST = 15
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "200",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
    "timezone": "UTC",
}


class ThrowAwayServer:
    """One server on a free port; it also ends when the process that started it is killed."""

    def __init__(self) -> None:
        self._programs = programs()
        self._folder = Path(tempfile.mkdtemp(prefix="partnerweb-tests-"))
        self._as: Callable[..., list[str]] = lambda *_options: []
        if os.geteuid() == 0:
            owner = unprivileged()
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
            self._as = lambda *options: [
                *("setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups", *options)
            ]
        elif shutil.which("setpriv"):
            self._as = lambda *options: ["setpriv", *options] if options else []
        self._make()
        self._start()

    def url(self, name: str) -> str:
        """Where the database ``name`` is found."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def create(self, name: str, template: str = "template0") -> str:
        """A new database, a copy of ``template``; its URL. 30 ms."""
        self._tell(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'")
        self._tell(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database whoever is still connected."""
        self._tell(f'DROP DATABASE "{name}" WITH (FORCE)')

    def stop(self) -> None:
        """End the server and remove its folder."""
        self._server.kill()
        self._server.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _make(self) -> None:
        initdb = [str(self._programs / "initdb"), "-D", str(self._folder / "data"), "-U", "postgres"]
        options = ["--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]
        made = subprocess.run([*self._as(), *initdb, *options], cwd="/", capture_output=True, text=True, check=False)
        if made.returncode:
            raise RuntimeError(made.stderr)

    def _start(self) -> None:
        for _attempt in range(5):  # the port may be taken between looking and using
            self.port = free_port()
            settings = [f"--{key}={value}" for key, value in (SETTINGS | {"port": str(self.port)}).items()]
            server = [str(self._programs / "postgres"), "-D", str(self._folder / "data"), *settings]
            with (self._folder / "log").open("w") as log:
                self._server = subprocess.Popen(
                    [*self._as("--pdeathsig", "QUIT"), *server], cwd="/", stdout=log, stderr=subprocess.STDOUT
                )
            if self._answers():
                return
        raise RuntimeError((self._folder / "log").read_text())

    def _answers(self) -> bool:
        until = time.monotonic() + 30
        while time.monotonic() < until and self._server.poll() is None:
            try:
                self._tell("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return True
        return False

    def _tell(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=10) as connection:
            connection.execute(statement)


def programs() -> Path:
    """Where the newest installed server programs are; a sentence for the person when there are none."""
    found = shutil.which("postgres")
    folders = [Path(found).resolve().parent] if found else []
    folders += [folder / "bin" for folder in Path("/usr/lib/postgresql").glob("*") if folder.name.isdigit()]
    usable = [folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()]
    usable = [folder for folder in usable if not folder.parent.name.isdigit() or int(folder.parent.name) >= OLDEST]
    if not usable:
        raise RuntimeError(f"The tests need PostgreSQL {OLDEST} or newer: run `make test`, or install it.")
    return max(usable, key=lambda folder: int(folder.parent.name) if folder.parent.name.isdigit() else OLDEST)


def unprivileged() -> pwd.struct_passwd:
    """Somebody without rights: PostgreSQL refuses to run as root."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("The tests need a user `postgres` or `nobody` to run PostgreSQL.")


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port
