# `make` lists what can be done. Everything happens in .venv, made from the pinned requirements, and in .local.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install -qq --require-hashes
EXEC := $(BIN)/python -m povtrack.embedded exec -- env INSECURE_HTTP=1 $(BIN)/python manage.py

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check check-white-paper format bench messages lock vendor clean

help:  ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/run.stamp  ## Run the whole system with demonstration data (PORT=8000, DEMO_PASSWORD=...)
	@$(BIN)/python -m povtrack.demo --port "$(PORT)"

# Tests start many processes, each of which would compile everything anew where bytecode may not be written.
test: $(VENV)/dev.stamp  ## Run the tests (ARGS="-k villages")
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest $(ARGS)

check: $(VENV)/dev.stamp  ## Check style, types, imports, migrations, deployment settings, templates, translations
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@SECRET_KEY=check DATABASE_URL=postgres:///check $(BIN)/mypy
	@$(BIN)/lint-imports
	@$(EXEC) makemigrations --check --dry-run
	@$(BIN)/python -m povtrack.embedded exec -- env INSECURE_HTTP=0 DEBUG=0 ALLOWED_HOSTS=povtrack.example \
		CSRF_TRUSTED_ORIGINS=https://povtrack.example $(BIN)/python manage.py check --deploy --fail-level WARNING
	@$(BIN)/djlint templates --lint --quiet
	@$(EXEC) check_translations

check-white-paper: $(VENV)/run.stamp  ## Load 148,000 villages and compare the white paper's figures (minutes)
	@rm -rf "$(WHITE_PAPER)"
	@POVTRACK_DATA="$(WHITE_PAPER)" $(EXEC) migrate --noinput --verbosity 0
	@POVTRACK_DATA="$(WHITE_PAPER)" $(EXEC) check_white_paper --load
WHITE_PAPER := $(CURDIR)/.local/white-paper

format: $(VENV)/dev.stamp  ## Put code and templates in shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/bench.stamp  ## Measure against the limits (ARGS="rollups")
	@$(BIN)/python -m benchmarks $(ARGS)

messages: $(VENV)/dev.stamp  ## Collect the texts to translate, and compile the translations
	@$(EXEC) makemessages --all --no-obsolete --no-wrap --ignore=.venv --ignore=.local
	@$(EXEC) compilemessages --ignore=.venv

# A plain requirements file, not uv.lock: that one names the package index that made it, and an installation behind a
# mirror must be able to install it unchanged.
lock:  ## Pin the newest allowed versions of all packages (needs uv)
	@uv pip compile $(LOCK) --extra embedded --extra parquet pyproject.toml -o requirements/run.lock
	@uv pip compile $(LOCK) --extra embedded --extra parquet -c requirements/run.lock --group test --group lint pyproject.toml \
		-o requirements/dev.lock
	@uv pip compile $(LOCK) -c requirements/run.lock -c requirements/dev.lock --group bench pyproject.toml \
		-o requirements/bench.lock
LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock"

vendor:  ## Fetch the pinned browser libraries into static/vendor (needs npm)
	@sh scripts/vendor.sh

clean:  ## Delete what was made here, but for the data in .local
	@rm -rf $(VENV) .local/static .local/static.stamp .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/dev.stamp: requirements/dev.lock $(VENV)/made.stamp
	@echo "Installing the packages for development (once) ..."
	@$(PIP) -r requirements/dev.lock
	@touch $@ $(VENV)/run.stamp

$(VENV)/bench.stamp: requirements/bench.lock $(VENV)/dev.stamp
	@echo "Installing what benchmarks compare with (once) ..."
	@$(PIP) -r requirements/bench.lock
	@touch $@

$(VENV)/run.stamp: requirements/run.lock $(VENV)/made.stamp
	@echo "Installing the packages (once) ..."
	@$(PIP) -r requirements/run.lock
	@touch $@

$(VENV)/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Povtrack needs Python 3.11 or newer. Name it, as in: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@
