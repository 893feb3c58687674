"""The page on which a method asks: the same when it is registered, at each sign-in, and for a fresh proof."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from flask import Response

from webapp.login_methods import actions
from webapp.login_methods.method import LoginMethod
from webapp.login_methods.models import Challenge, Enrolment
from webapp.login_methods.rights import elsewhere
from webapp.messages.queries import held_up
from webapp.web.context import db, me, my_session, now, outside
from webapp.web.pages import page


class Shown(Mapping[str, Any]):
    """What a method's page needs besides the form; unsealed only if the page looks at it."""

    def __init__(self, method: LoginMethod, enrolment: Enrolment, question: Challenge | None) -> None:
        self._method, self._enrolment, self._question = method, enrolment, question

    @cached_property
    def _found(self) -> dict[str, Any]:
        seal, question = outside().seal, self._question
        asking = actions.circumstances(db(), outside(), me(), my_session(), question.expires_at if question else now())
        asked = seal.open(question.kept) if question else None
        return self._method.shown(seal.open(self._enrolment.kept), asked, asking)

    def __getitem__(self, name: str) -> Any:
        """What the page looks at."""
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._found)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._found)


def question_page(
    template: str,
    method: LoginMethod,
    enrolment: Enrolment,
    asked: Challenge | None,
    form: object,
    status: int = 200,
    **more: Any,
) -> Response:
    """``template`` with the question that this session was ``asked`` last, if it is this enrolment's and still open."""
    if enrolment.removed_at:  # elsewhere, while it was answered here
        return elsewhere()
    waits = asked is not None and asked.enrolment_id == enrolment.id and asked.waits(now())
    question = asked if waits else None
    return page(
        template,
        method=method,
        slug=enrolment.method,
        enrolment=enrolment,
        question=question,
        shown=Shown(method, enrolment, question),
        held_up=method.sends and held_up(db(), me().id, now()),
        form=form,
        status=status,
        **more,
    )
