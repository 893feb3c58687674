"""What we took from others is what we took: nobody edits it in place."""

from hashlib import sha256

from webapp.config import ROOT

STATIC = ROOT / "static"


def recorded():
    lines = (STATIC / "vendor" / "MANIFEST").read_text().splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def test_every_vendored_file_is_recorded_as_it_is():
    ours = [*STATIC.glob("fonts/portal-sans*.woff2"), *STATIC.glob("vendor/htmx*")]
    assert {str(path.relative_to(STATIC)): sha256(path.read_bytes()).hexdigest() for path in ours} == recorded()


def test_every_vendored_thing_has_its_licence_beside_it():
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "OFL.txt").read_text()
    assert "Zero-Clause BSD" in (STATIC / "vendor" / "htmx-LICENSE.txt").read_text()
