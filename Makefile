# Everything runs from here. On a fresh machine: Python 3.11 or newer, and make.
#
#   make demo     read the sample articles, show their claims, and make a record of them with its incidents
#   make test     run the tests
#   make assets   build what the workbench shows in a browser and others wrote (fonts, map, htmx)
#   make check    lint, formatting, types, layers
#   make eval     score the reading against the gold files, where they are, and hold the floors
#   make bench    speed, memory and start-up, beside spaCy; and how fast claims become incidents

# The first Python that runs and is new enough; say make PYTHON=/path/to/python for another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BENCH_READY := $(VENV)/.bench-ready
SHARED ?= ../shared
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help assets demo test check eval bench picture clean
.DEFAULT_GOAL := help

help:
	@sed -n '3,8s/^# *//p' Makefile

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer found; say make PYTHON=/path/to/python"; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON) ..."
	@$(PYTHON) -m venv --clear $(VENV) || { echo "No venv module: on Debian and Ubuntu, apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt hatchling editables
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --no-build-isolation --editable '.[dev]'
	@touch $@

$(BENCH_READY): $(READY) bench/requirements.txt
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --requirement bench/requirements.txt \
		|| echo "spaCy could not be installed; the comparison is left out"
	@touch $@

assets: $(READY)
	@$(BIN)/python tools/assets.py

demo: assets
	@mkdir -p demo
	@$(BIN)/marsad read src/marsad/samples --format table
	@$(BIN)/marsad read src/marsad/samples --format jsonl --output demo/claims.jsonl
	@echo "The same claims, one record a line: demo/claims.jsonl ($$(wc -l < demo/claims.jsonl | tr -d ' ') claims)"
	@test -e demo/marsad.db || $(BIN)/marsad init --db demo/marsad.db
	@$(BIN)/marsad add src/marsad/samples --db demo/marsad.db
	@$(BIN)/marsad incidents --db demo/marsad.db --from 2015-10-01 --to 2015-10-31 --format table
	@echo "The record is demo/marsad.db: try .venv/bin/marsad incidents --db demo/marsad.db, then show ID and why ID"

test: assets
	@$(BIN)/python -m tests.postgres
	@$(BIN)/python -m tests.browser
	$(BIN)/python -m pytest

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: $(READY)
	@$(BIN)/python tools/evaluate.py --shared $(SHARED)

bench: $(READY) $(BENCH_READY)
	@$(BIN)/python bench/read.py --shared $(SHARED)
	@$(BIN)/python bench/link.py
	@$(BIN)/python bench/capture.py
	@$(BIN)/python bench/evidence.py
	@$(BIN)/python -m bench.serve

picture: $(READY)
	@COLUMNS=100 $(BIN)/python tools/picture.py

clean:
	rm -rf $(VENV) demo build dist assets/node_modules src/marsad/server/static/built
