# Every target is explained by `make help`. PYTHON chooses the interpreter the environment is made with.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(STAMP): pyproject.toml constraints.txt build_catalogues.py $(wildcard src/permadani/locale/*/LC_MESSAGES/*.po)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[all,test]'
	@touch $@

install: $(STAMP) ## make the environment in .venv and install Permadani with its test tools

demo: $(STAMP) ## make a fictional school hall, audit it, and leave the cards in ./demo
	$(BIN)/permadani demo demo

test: $(STAMP) lint ## style, types and the fast tests (under three minutes)
	$(BIN)/pytest -n auto --dist worksteal

test-slow: $(STAMP) ## the tests that take minutes
	$(BIN)/pytest -n auto --dist worksteal -m slow

test-servers: $(STAMP) ## install real servers into build/servers (once), and read them live on loopback
	@for install in tests/servers/*/install.sh; do $$install || exit 1; done
	$(BIN)/pytest -m servers tests/servers

lint: $(STAMP) ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP) ## measure import and audit speed and print a table
	$(BIN)/python benchmarks/choice.py
	$(BIN)/python benchmarks/network.py
	$(BIN)/python benchmarks/outbound.py
	$(BIN)/python benchmarks/run.py

calibrate: $(STAMP) ## try the verdicts on simulated accounts and networks and print the tables (hours; ARGS="--quick": minutes)
	PYTHONPATH=tests $(BIN)/python -m calibration $(ARGS)

fuzz: $(STAMP) ## try thousands of damaged files on every source and print the table (ARGS="--minutes 30 --source x")
	PYTHONPATH=tests $(BIN)/python -m fuzz $(ARGS)

catalogue: $(STAMP) ## gather the texts for people into the gettext catalogues
	$(BIN)/python scripts/catalogue.py

constraints: ## pin the newest versions that pass: a fresh environment, frozen by name and version only
	rm -rf build/fresh && $(PYTHON) -m venv build/fresh
	build/fresh/bin/python -m pip install --quiet --disable-pip-version-check '.[all,test]'
	build/fresh/bin/python -m pip freeze --exclude permadani | grep '==' > constraints.txt

clean: ## remove what make made
	rm -rf $(VENV) demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

.PHONY: help install demo test test-slow test-servers lint bench calibrate fuzz catalogue constraints clean
