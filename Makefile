# `make demo` and `make test` do all set-up: they need Python 3.11 or newer, make, and the package registry.
PYTHON ?= python3
PIP := .venv/bin/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test lint format clean
.DELETE_ON_ERROR:

demo: .venv/.installed ## Translate the example notice and say where the results are
	.venv/bin/translate run examples/notice.docx --model builtin --force

test: lint ## Run every check: format, lint, types, tests
	.venv/bin/python -m pytest

lint: .venv/.dev
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy

format: .venv/.dev ## Put the code into its standard form
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.installed: .venv/bin/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

.venv/.dev: .venv/.installed
	$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean: ## Remove what was installed and built here; results under outputs/ stay
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
