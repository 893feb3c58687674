"""A stand-in for every provider of identities at once."""

from dataclasses import dataclass, field
from datetime import datetime

from tests.twins import Breakable
from webapp.ports import Doubt, Identity, Inquiry, NotIdentified


@dataclass
class OpenIdTwin(Breakable):
    """Every provider at once: ``people`` says whom a code stands for, once; ``asked`` keeps what it was asked with."""

    people: dict[str, Identity] = field(default_factory=dict)
    asked: list[Inquiry] = field(default_factory=list)

    def address(self, inquiry: Inquiry, language: str) -> str:
        """An address that nobody visits."""
        self._ask()
        self.asked.append(inquiry)
        return f"{inquiry.provider.issuer}/authorize?state={inquiry.state}&ui_locales={language}"

    def identity(self, inquiry: Inquiry, code: str, issuer: str | None, now: datetime) -> Identity:
        """Whoever the code stands for."""
        self._ask()
        if issuer not in (None, inquiry.provider.issuer):
            raise NotIdentified(Doubt.ISSUER)
        if code not in self.people:
            raise NotIdentified(Doubt.CODE)
        return self.people.pop(code)
