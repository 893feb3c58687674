# The portal's errands. On Debian and Ubuntu each sets up whatever it needs; a second time that takes seconds.

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
LANGUAGES := fr de it en
T ?= tests
AT_ONCE ?= $(shell echo $$(($$(nproc) + 1)))

TO_PRINT := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 libfontconfig1
TO_TEST = $(TO_PRINT) w3m tmux poppler-utils postgresql nginx $(JAVA) $(CHROMIUM)
JAVA = $(if $(shell command -v java),,default-jre-headless)
CHROMIUM = $(if $(shell command -v chromium || grep '^ID=ubuntu' /etc/os-release),,chromium)

.PHONY: run test prove bench fmt translations locks clean what-prints what-tests
.SILENT:

run: what-prints .venv/for-running webapp/translations/compiled  ## Run the portal on http://localhost:$(PORT)
	export PARTNERWEB_ADDRESS="$${PARTNERWEB_ADDRESS:-http://localhost:$(PORT)}"; \
	$(BIN)/flask --app wsgi setup && PORT=$(PORT) exec $(BIN)/python -m gunicorn -c python:webapp.serving wsgi:app

test: what-tests .venv/for-testing webapp/translations/compiled  ## Run every test; T=tests/upgrade runs some
	command -v chromium >/dev/null || $(BIN)/playwright install --with-deps chromium  # Ubuntu has it only as a snap
	$(BIN)/python -m pytest -n $(AT_ONCE) --dist worksteal $(T)

prove:  ## The same tests with more rounds: hours, not minutes
	PROVE=1 $(MAKE) test

bench: what-tests .venv/for-testing webapp/translations/compiled  ## Print how fast the portal is, as ratios
	$(BIN)/python -m tests.bench

fmt: .venv/for-testing  ## Bring the code into shape
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

translations: .venv/for-testing  ## Collect the words of the sources into the catalogues
	$(BIN)/pybabel -q extract -F pyproject.toml -k _l --no-wrap --sort-by-file --add-location=file \
	    --project=partnerweb --version=2 -o webapp/translations/messages.pot .
	for language in $(LANGUAGES); do $(BIN)/pybabel -q update --init-missing --no-fuzzy-matching --ignore-obsolete \
	    --no-wrap --ignore-pot-creation-date -l $$language -i webapp/translations/messages.pot -d webapp/translations; done

locks: .venv/for-testing  ## Choose the newest versions that fit, with their hashes
	for group in "-o requirements.lock" "--group dev -o requirements-dev.lock"; do $(BIN)/uv pip compile --quiet \
	    --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml $$group; done

clean:  ## Forget everything that was made here, the demo world included
	rm -rf .venv var .mypy_cache .ruff_cache .hypothesis webapp/translations/compiled
	find . -name __pycache__ -prune -exec rm -rf {} +

what-prints:
	$(call packages,$(TO_PRINT))

what-tests:
	$(call packages,$(TO_TEST))

.venv/for-running: requirements.lock
	$(call environment,$<,$@)

.venv/for-testing: requirements-dev.lock
	$(call environment,$<,$@)

webapp/translations/compiled: $(wildcard webapp/translations/*/LC_MESSAGES/*.po)
	if [ -n "$^" ]; then $(BIN)/pybabel -q compile -d webapp/translations; fi
	touch $@

# $(call environment,LOCK,STAMP): the packages of LOCK in .venv
define environment
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "The portal needs Python 3.11 or newer: name one with PYTHON=python3.12, say." >&2; exit 1; }
	$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { $(call install,python3-venv); }
	test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	echo "Installing the packages of $(1) ..."
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
	touch $(2)
endef

# $(call packages,NAMES): the system packages that are not there yet
define packages
	missing=$$(for name in $(1); do dpkg-query -W -f '$${db:Status-Status}' $$name 2>/dev/null | grep -q ^installed \
	    || echo $$name; done); \
	if [ -n "$$missing" ]; then $(call install,$$missing); fi
endef

# $(call install,NAMES): as root or with sudo; else one sentence that says what to do
define install
	command="apt-get install -y --no-install-recommends $$(echo $(1))"; \
	if ! command -v apt-get >/dev/null; then \
	    echo "This is not Debian or Ubuntu: install what is called there" $(1) >&2; exit 1; \
	elif [ "$$(id -u)" = 0 ]; then as=""; \
	elif sudo -n true 2>/dev/null; then as="sudo -n"; \
	else echo "Some system packages are missing. Please run: sudo $$command" >&2; exit 1; fi; \
	echo "Installing" $(1) "..."; quiet="env DEBIAN_FRONTEND=noninteractive"; \
	$$as $$quiet $$command -qq >/dev/null 2>&1 || \
	    { $$as $$quiet apt-get update -qq && $$as $$quiet $$command -qq >/dev/null; }
endef
