"""A clerk orders for 500 of the 10,000 people of an imported register; the paper says exactly those, each once."""

import re
from collections import Counter
from html import unescape
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from tests.administration.ticking import ticks
from tests.doors import sign_in
from tests.factories import a_clerk
from tests.journeys.test_main_job import told
from tests.journeys.test_main_people import WHOLE, everybody, export
from tests.visitor import Visitor
from webapp.accounts.models import User
from webapp.letters.actions import start_run
from webapp.ports import Outside

COUNT = 500
ADDRESS = re.compile(r'class="address"[^>]*>(.*?)</p>', re.DOTALL)


@pytest.mark.parametrize(("database", "visitor"), [("sqlite", "plain"), ("postgresql", "htmx")], indirect=True)
def test_five_hundred_of_ten_thousand(
    visitor: Visitor, app: Flask, db: Session, outside: Outside, tmp_path: Path
) -> None:
    people = everybody(WHOLE)
    told(app, "users", "import", export(tmp_path, people, "csv"))
    may_have_one = [person for person in people if any(person.row[3:6])]
    chosen = {person.email: person for person in Random(500).sample(may_have_one, COUNT)}
    clerk = a_clerk(db, language="en", upgraded_at=outside.now(), factor_since=outside.now())
    ticks(db, clerk, db.exec(select(User).where(col(User.email).in_(chosen))).all())
    sign_in(visitor.client, db, outside, clerk, level=2)
    visitor.goes_to("/desk/orders/preview?lang=en").sees("500 people are selected.", "500 get a letter.", "page 1 of 5")
    visitor.presses("Order 500 letters").sees("500 letters are ordered.", "All 500 people were told by e-mail.")
    assert Counter(mail.recipient for mail in outside.mailer.sent) == Counter(chosen.keys())
    assert start_run(db, outside, None)
    wanted = Counter(" ".join(person.address) for person in chosen.values())
    assert printed(outside) == wanted
    assert start_run(db, outside, None) is None


def printed(outside: Outside) -> Counter[str]:
    """The addresses on all sheets that were handed over."""
    documents = [document for run in outside.carrier.handed.values() for document in run.values()]
    sheets = [sheet for document in documents for sheet in document.pdf.decode().split("<section")[1:]]
    addresses = [unescape(re.sub(r"<[^>]+>", " ", found[1])) for sheet in sheets if (found := ADDRESS.search(sheet))]
    return Counter(" ".join(address.split()) for address in addresses)
