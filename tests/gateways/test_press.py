"""The press: it prints what is ours, completely, or not at all."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from webapp.config import ROOT, Config
from webapp.gateways.press_weasyprint import WeasyPress, harfbuzz_subset_present
from webapp.ports import Unprintable

LOGO = (ROOT / "static" / "brand" / "fund.svg").as_uri()


def html(body: str, sheets: int = 1) -> str:
    """A document with a title and a language."""
    meta = f'<meta name="sheets" content="{sheets}">'
    return f'<!DOCTYPE html><html lang="fr-CH"><head><title>Lettre</title>{meta}</head><body>{body}</body></html>'


@pytest.fixture(scope="module")
def press() -> WeasyPress:
    """One press, as in the application."""
    return WeasyPress(Config())


def test_this_machine_cuts_fonts_quickly() -> None:
    assert harfbuzz_subset_present()


def test_our_own_pictures_are_printed(press: WeasyPress) -> None:
    assert press.pdf(html(f'<img src="{LOGO}" alt="Logo">')).startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "../webapp/config.py",
        "http://127.0.0.1:9/logo.png",
        "https://fund.example/logo.svg",
        "file://fund.example/logo.svg",
        "brand/missing.svg",
        f"{(ROOT / 'static').as_uri()}/../pyproject.toml",
    ],
)
def test_anything_else_stops_the_printing(press: WeasyPress, address: str) -> None:
    with pytest.raises(Unprintable):
        press.pdf(html(f'<img src="{address}" alt="Logo">'))


def test_a_link_out_of_our_folder_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").symlink_to(ROOT / "static" / "brand" / "fund.svg")
    (tmp_path / "secret.svg").symlink_to("/etc/hostname")
    press = WeasyPress(replace(Config(), fund=replace(Config().fund, logo=tmp_path / "logo.svg")))
    assert press.pdf(html(f'<img src="{(tmp_path / "logo.svg").as_uri()}" alt="Logo">'))
    with pytest.raises(Unprintable):
        press.pdf(html(f'<img src="{(tmp_path / "secret.svg").as_uri()}" alt="Logo">'))


def test_a_letter_that_needs_a_second_sheet_is_not_printed(press: WeasyPress) -> None:
    assert press.pdf(html('<section class="sheet">a</section><section class="sheet">b</section>', sheets=2))
    with pytest.raises(Unprintable, match="1 letters became 3 sheets"):
        press.pdf(html('<section class="sheet">a</section>' * 3, sheets=1))


def test_a_press_that_stopped_goes_on(press: WeasyPress) -> None:
    with pytest.raises(Unprintable):
        press.pdf(html('<img src="brand/missing.svg" alt="Logo">'))
    assert press.pdf(html("<p>a</p>"))


def test_several_may_print_at_once(press: WeasyPress) -> None:
    documents = [html(f"<p>{number} {'palabra ' * 200}</p>") for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(press.pdf, documents))
    alone = [press.pdf(document) for document in documents]
    assert [len(pdf) for pdf in together] == [len(pdf) for pdf in alone]
