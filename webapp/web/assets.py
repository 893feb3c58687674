"""Style sheets, fonts and scripts: compressed once when the portal is set up, then sent as they are."""

import re
import shutil
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from webapp.config import ROOT, Config
from webapp.web.headers import always

SENT_AS_THEY_ARE = ("woff2", "png", "ttf")
MAX_AGE = 86_400  # seconds
COMMENT = re.compile(rb"^ *//[^\n]*\n|/\*.*?\*/\s*", re.MULTILINE | re.DOTALL)  # in our scripts and style sheets


def published(config: Config) -> Path:
    """Where the compressed copies stand."""
    return config.data / "static"


def publish(config: Config) -> None:
    """Copy what browsers ask for, each file also as Brotli and gzip, ours without what they tell their readers.

    What was there before is replaced.
    """
    fresh, old = published(config).with_suffix(".new"), published(config).with_suffix(".old")
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(ROOT / "static", fresh, ignore=shutil.ignore_patterns("letters"))
    for path in (*fresh.glob("js/*.js"), *fresh.glob("css/*.css")):
        path.write_bytes(COMMENT.sub(b"", path.read_bytes()))
    compressor = Compressor(extensions=SENT_AS_THEY_ARE, quiet=True)
    for path in [path for path in fresh.rglob("*") if path.is_file() and compressor.should_compress(path.name)]:
        list(compressor.compress(str(path)))
    if published(config).exists():
        published(config).rename(old)
    fresh.rename(published(config))
    shutil.rmtree(old, ignore_errors=True)


def init_app(app: Flask, config: Config) -> None:
    """Send the compressed copies where they were published; else Flask sends the sources."""
    if published(config).is_dir():
        pinned = always(secure=app.config["SECURE"])

        def add(headers: Headers, _path: str, _url: str) -> None:
            for name, value in pinned.items():
                headers[name] = value

        app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
            app.wsgi_app,
            root=published(config),
            prefix="static/",
            max_age=MAX_AGE,
            allow_all_origins=False,
            add_headers_function=add,
        )
