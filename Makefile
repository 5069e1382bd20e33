# Two commands matter: `make run` and `make test`.  Everything that is missing is set up first.

PYTHON ?= python3
PORT ?= 5000
DEMO ?= 1
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --disable-pip-version-check --progress-bar on
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

export UITWIJK_SHARED ?= $(abspath ../shared)

.PHONY: run test bench lint unit faults fuzz safety screenshots setup setup-tests system

run: setup
	@[ "$(DEMO)" = 1 ] || [ -n "$$UITWIJK_SECRET_KEY" ] || [ -s var/secret_key ] || \
	  { mkdir -p var && umask 077 && $(PY) -c 'import secrets; print(secrets.token_urlsafe(48))' > var/secret_key; }
	@if [ "$(DEMO)" = 1 ]; then export UITWIJK_DEMO=1; \
	 else export UITWIJK_SECRET_KEY="$${UITWIJK_SECRET_KEY:-$$(cat var/secret_key)}"; fi; \
	 PORT=$(PORT) exec $(PY) app.py

test: setup-tests
	$(MAKE) --no-print-directory lint
	$(MAKE) --no-print-directory unit

# Two at a time; the tests of one file together: they share a server, a browser or a database.
unit: setup-tests
	$(PY) -m pytest -n 2 --dist loadfile

lint: setup-tests
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	cd tests/static && npx --no-install tsc --project tsconfig.json
	$(PY) -m tests.audit

bench: setup-tests
	@$(PIP) -r bench/requirements.txt
	$(PY) -m bench

# The fault test and the fuzzing at full size; `make test` runs both in small.
faults: setup-tests
	$(PY) -m tests.faults

fuzz: setup-tests
	$(PY) -m tests.fuzz

# Every safety control of docs/SAFETY.md is taken out once; `make test` repeats some.
safety: setup-tests
	$(PY) -m tests.safety

screenshots: setup-tests
	$(PY) -m tests.browser.screenshots

setup: $(VENV)/run.stamp

setup-tests: system $(VENV)/tests.stamp tests/static/node_modules/.stamp

$(VENV)/run.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@[ -x $(PY) ] || $(PYTHON) -m venv $(VENV)
	@echo "Installing the Python packages (about a minute, once) ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/tests.stamp: tests/requirements.txt $(VENV)/run.stamp
	@$(PIP) -r tests/requirements.txt
	@touch $@

tests/static/node_modules/.stamp: tests/static/package-lock.json | system
	cd tests/static && npm ci --no-audit --no-fund
	@touch $@

# The servers and the browser that the tests use, from the system's packages, when they are absent.
system:
	@missing=""; \
	 command -v redis-server >/dev/null || missing="$$missing redis-server"; \
	 ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	 command -v chromium >/dev/null || missing="$$missing chromium"; \
	 command -v sqlite3 >/dev/null || missing="$$missing sqlite3"; \
	 command -v npm >/dev/null || missing="$$missing nodejs npm"; \
	 [ -z "$$missing" ] || { $(SUDO) apt-get update -q && \
	   DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -q -y --no-install-recommends $$missing; }
