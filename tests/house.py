"""The map of the house: what each file may know. Keep it true."""

import re

# What a file in a slice is: by its name, or here where it is named by what it does.
KINDS = ("models", "actions", "queries", "forms", "views", "cli")
NAMED_OTHERWISE = {
    "webapp/accounts/mandate_queries.py": "queries",
    "webapp/accounts/mandates.py": "models",
    "webapp/accounts/links.py": "models",  # codes sent by e-mail, as they are kept
    "webapp/accounts/settings_forms.py": "forms",
    "webapp/accounts/topic_words.py": "forms",
    "webapp/activity/words.py": "forms",  # what happened, in sentences
    "webapp/desk/returned_queries.py": "queries",
    "webapp/letters/printing.py": "actions",  # the jobs of a print run
    "webapp/login_methods/method.py": "method",  # what every method can do
    "webapp/login_methods/openid_sentences.py": "forms",
    "webapp/login_methods/questions.py": "forms",  # the page on which a method asks
    "webapp/login_methods/rights.py": "forms",  # who may register, and letting in
    "webapp/administration/mandate_forms.py": "forms",
    "webapp/administration/order_forms.py": "forms",
    "webapp/administration/topic_forms.py": "forms",
    "webapp/administration/ordering.py": "actions",  # what is ticked becomes an order
    "webapp/administration/person_forms.py": "forms",
    "webapp/administration/several.py": "actions",  # what is ticked is changed together
    "webapp/administration/several_forms.py": "forms",
    "webapp/upgrade/candidates.py": "queries",  # the facts that the rules are asked about
    "webapp/upgrade/letter_state.py": "queries",
    "webapp/upgrade/screening.py": "queries",  # the rules themselves, for ten thousand people at once
}
ANYBODY = (
    "config",
    "database",
    "attempts",
    "seal",
    "writing",
    "formats",
    "ports",
    "jobs",
    "hashing",
    "square",
    "codes",
)
OF_PAGES = ("flask", "flask_babel", "flask_login", "wtforms")
FORBIDDEN = {  # kind: (kinds it may not import, others' packages it may not import)
    "views": ((), ("sqlmodel", "sqlalchemy")),
    "forms": (("views",), ("sqlmodel", "sqlalchemy")),
    "actions": (("views", "forms"), OF_PAGES),
    "queries": (("views", "forms", "actions"), OF_PAGES),
    "models": (("views", "forms", "actions", "queries"), OF_PAGES),
    "method": (("views", "queries"), ("flask", "flask_login", "sqlalchemy")),
    "cli": (("views", "forms"), ()),
    "concept": (("views", "forms", "actions", "queries", "models"), (*OF_PAGES, "sqlmodel", "sqlalchemy")),
}
MAY_USE_WEB = ("views", "forms", "method", "cli")
BELOW = {  # whose models, actions, queries and concepts a slice may import
    "audit": set[str](),  # knows people and companies by their ids only
    "messages": set[str](),
    "accounts": {"audit", "messages"},
    "letters": {"audit", "accounts", "messages"},
    "login_methods": {"audit", "accounts", "messages"},
    "upgrade": {"audit", "letters", "login_methods", "accounts", "messages"},
}
SEEDS = "seed seed_accounts seed_desk seed_several seed_story".split()
ASSEMBLING = [*SEEDS, *"__init__ slices migrating cli serving serving_certificates resealing".split()]
ASSEMBLY = tuple(f"webapp/{name}.py" for name in ASSEMBLING)
NO_SLICE = {"web", "gateways", "jobs", "translations"}
ONE_PLACE = {  # nobody else may know them
    "argon2": "webapp/hashing.py",
    "authlib": "webapp/gateways/openid_",
    "cryptography": ("webapp/seal.py", "webapp/login_methods/certificates/"),
    "dbos": "webapp/jobs/",
    "jinja2": "webapp/writing.py",
    "joserfc": "webapp/gateways/openid_",
    "openpyxl": "webapp/gateways/",
    "phonenumbers": ("webapp/login_methods/methods/", "webapp/accounts/phone.py"),
    "requests": "webapp/gateways/",
    "segno": "webapp/square.py",
    "smtplib": "webapp/gateways/",
    "weasyprint": "webapp/gateways/press_weasyprint.py",
    "webauthn": "webapp/login_methods/authenticator.py",
    "zxcvbn": "webapp/accounts/password_strength.py",
}
NOWHERE = ("pickle", "random", "subprocess", "marshal", "shelve")
BETWEEN_TRANSACTIONS = ("webapp/web/sessions.py",)  # ends a reading transaction, so that an action may write
PRESCRIBED = re.compile("process_(bind_param|result_value)|handle_([A-Z]+|starttag|endtag|data)")  # by libraries
FLASK_IN = ("views", "forms", "cli")
