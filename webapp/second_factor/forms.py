"""The code from a letter after a loss."""

from flask_babel import lazy_gettext as _l

from webapp.upgrade.forms import LetterCodeForm, code_field


class RecoveryCodeForm(LetterCodeForm):
    """The code alone: the terms of use were accepted with the upgrade."""

    code = code_field(_l("Code from your letter"))
