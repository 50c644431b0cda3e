# Everything a newcomer needs: `make demo` and `make test`. Both set up .venv by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

VERSION = $(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)

.PHONY: demo test lint types rules docs snapshots wheel release bench bench-memory clean

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

release: $(STAMP)   ## build sdist and wheel, and try each in a fresh environment
	rm -rf dist build/release
	$(BIN)/python -m build --outdir dist
	set -e; for made in dist/*.whl dist/*.tar.gz; do \
	  echo "== $$made"; rm -rf build/release; $(PYTHON) -m venv build/release; \
	  build/release/bin/python -m pip install --quiet --disable-pip-version-check "$$made[xlsx]"; \
	  test "$$(build/release/bin/cslint --version)" = "cslint $(VERSION)"; \
	  build/release/bin/cslint test --no-cache; \
	  build/release/bin/cslint check examples --platform taobao --exit-zero --quiet --statistics --no-cache; \
	  build/release/bin/cslint check examples --exit-zero --quiet --no-cache -f xlsx -o build/release/findings.xlsx; \
	done
	@echo "Both work. Next: date $(VERSION) in CHANGELOG.md and commit; git tag v$(VERSION); git push --tags (pre-commit pins tags)."

bench-memory: $(STAMP)   ## memory of large reads: files of 2 GB, a sheet of a million rows
	$(BIN)/python benchmarks/memory.py

bench: $(STAMP)   ## speed, as ratios
	$(BIN)/python benchmarks/speed.py

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
