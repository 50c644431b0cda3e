# Everything a newcomer needs: `make demo` and `make test`. Both set up .venv by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test lint types rules docs snapshots wheel bench bench-memory clean

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

demo: $(STAMP)   ## check the examples and show what is found
	$(BIN)/cslint check --platform taobao --exit-zero examples

test: lint types rules   ## everything that must hold before a change lands
	$(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

rules: $(STAMP)   ## run the examples in every rule file
	$(BIN)/cslint test

docs: $(STAMP)   ## renew what is generated from the rulebook
	$(BIN)/cslint coverage > docs/coverage.md

snapshots: $(STAMP)   ## renew the golden files of the reporters and the command line
	UPDATE_SNAPSHOTS=1 $(BIN)/python -m pytest tests/reporters tests/cli

wheel: $(STAMP)   ## build sdist and wheel
	$(BIN)/python -m build

bench-memory: $(STAMP)   ## memory of large reads: files of 2 GB, a sheet of a million rows
	$(BIN)/python benchmarks/memory.py

bench: $(STAMP)   ## speed, as ratios
	$(BIN)/python benchmarks/speed.py

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
