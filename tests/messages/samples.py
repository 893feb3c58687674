"""One plausible context for each message; a new message has to have one here."""

from datetime import UTC, date, datetime
from typing import Any

from webapp.accounts.topics import USUAL

WHEN = datetime(2026, 11, 23, 13, 46, tzinfo=UTC)  # 14:46 in Switzerland
PERSON = "Anne-Lise D'Exemple <Mayor> & Söhne"  # what HTML must not take for its own
NEW_EMAIL = "anne-lise@new.example"
MAILED_CODE = "41H5 2DD5 2BR3 9BM7 1Y7T YZYB RWXH"

BY_SOMEBODY = {"person": PERSON, "at": WHEN, "by": "Marc Exemple"}
LAST_DAY = {"company": "Boulangerie Exemple SA", "last": date(2027, 12, 31)}
ACTING = {"holder": "Nora Exemple", "office": "Fiduciaire Exemple SA", "mandate": "0123456789abcdef" * 2}
MANDATE = {
    "first": date(2026, 12, 1),
    **LAST_DAY,
    "levels": {topic.value: level.word for topic, level in USUAL.items()},
}
MAILS: dict[str, dict[str, Any]] = {
    "account_activated": BY_SOMEBODY,
    "account_changed": BY_SOMEBODY | {"was": "Anne Exemple", "other_language": True, "other_email": True},
    "account_deactivated": BY_SOMEBODY | {"by": None},
    "address_reported": {"about": PERSON, "company": "Boulangerie Exemple SA"},
    "barrier_reported": {"words": PERSON, "where": "Letters", "answer_to": "anne@company.example"},
    "code_voided": {"person": PERSON},
    "code_wished": {"person": PERSON, "asked_by": "Marc Exemple", "company": "Boulangerie Exemple SA"},
    "codes_voided_fund": {"about": PERSON, "company": "Boulangerie Exemple SA", "at": WHEN},
    "email_changed": {"person": PERSON, "at": WHEN, "new_email": NEW_EMAIL},
    "email_code": BY_SOMEBODY | {"own": False, "code": MAILED_CODE, "until": WHEN, "new_email": NEW_EMAIL},
    "email_wished": BY_SOMEBODY | {"own": True, "new_email": NEW_EMAIL},
    "invitation": BY_SOMEBODY
    | {"code": "7BZM 2FYS WQX6", "until": WHEN, "company": "Boulangerie Exemple SA", "again": True}
    | {"expected_by": date(2026, 11, 27)},
    "letter_ordered": {"person": PERSON, "expected_by": date(2026, 11, 27), "ordered_by": "Marc Exemple"},
    "letter_returned": {"person": PERSON, "number": "26-000017", "moved": True},
    "letter_posted": {"person": PERSON, "expected_by": date(2026, 11, 27)},
    **{
        f"method_{change}": {"person": PERSON, "at": WHEN, "method": "SMS login", "shown_as": "+41 79 ••• •• 67"}
        for change in ("added", "preferred", "removed", "renamed")
    },
    "password_changed": {"person": PERSON, "at": WHEN},
    "password_forgotten": {"person": PERSON, "code": MAILED_CODE, "until": WHEN},
    "recovery_code_used": {"person": PERSON, "at": WHEN, "left": 6},
    "recovery_ordered": {"person": PERSON, "expected_by": date(2026, 11, 27), "ordered_by": "Marc Exemple"},
    "recovery_ordered_fund": {"about": PERSON, "company": "Boulangerie Exemple SA", "ordered_by": "Marc Exemple"},
    "recovery_posted": {"person": PERSON, "expected_by": date(2026, 11, 27)},
    "mandate_ended": BY_SOMEBODY | {"company": "Boulangerie Exemple SA"},
    "mandate_given": BY_SOMEBODY | MANDATE | {"before": None},
    "mandate_changed": BY_SOMEBODY | MANDATE | {"last": None, "before": MANDATE["levels"] | {"salaries": "none"}},
    **{f"mandate_{what}": {"person": PERSON, **LAST_DAY} for what in ("ending", "run_out")},
    **{f"mandate_{what}_here": {"person": PERSON, **LAST_DAY, **ACTING} for what in ("ending", "run_out")},
    "permissions_changed": BY_SOMEBODY | {"changes": {"salaries": ("transmit", "read"), "documents": ("none", "edit")}},
    "rights_given": BY_SOMEBODY,
    "rights_taken": BY_SOMEBODY | {"by": None},
    "upgrade_reminder": BY_SOMEBODY | {"deadline": date(2026, 12, 31)},
    "upgrade_done": {"person": PERSON, "at": WHEN, "method": "Login par SMS", "shown_as": "+41 79 ••• •• 67"},
}
TO_THE_FUND = ("address_reported", "barrier_reported", "codes_voided_fund", "recovery_ordered_fund")
WITH_A_CODE: dict[str, dict[str, Any]] = {"sms_code": {"code": "376649", "until": WHEN}}
SMS: dict[str, dict[str, Any]] = {**WITH_A_CODE, "number_removed": {"until": None}}
