# Everything works on a machine that has python3 (3.11 or newer), venv, git and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SEED := fixtures/wild/000_765a52ba104f050f.txt
BENCH ?= ../shared/bench

.DEFAULT_GOAL := help
.PHONY: help demo test pages docs check lint types layers rules test-long test-versions test-pairs gauge wheel clean

help:  ## what there is
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 20

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(READY)  ## what is wrong with a machine-translated article, and what the repair would be
	@$(BIN)/cleaner check $(SEED) --lang en --from ru --exit-zero
	@echo; echo "And the repair, with --unsafe-fixes:"; echo
	@$(BIN)/cleaner fix $(SEED) --lang en --from ru --unsafe-fixes --diff || true

test: lint types layers rules unit  ## everything that must pass

check: test  ## the same

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports

rules: $(READY)
	$(BIN)/cleaner rules test

.PHONY: unit
unit: $(READY)
	$(BIN)/pytest -n auto -m 'not slow and not exhaustive'

test-long: $(READY)  ## the long checks: word frames, hostile texts, an installed wheel
	$(BIN)/pytest -n auto -m slow

test-versions:  ## the everyday tests under the other versions of Python that are installed
	@PYTHON=$(PYTHON) TESTS="$(TESTS)" .ci/versions

test-pairs: $(READY)  ## every pair of examples of all rules: many minutes
	$(BIN)/pytest -m exhaustive

gauge: $(READY)  ## the benchmark, when it is there
	@if [ -f $(BENCH)/gauge.py ]; then nice $(BIN)/python $(BENCH)/gauge.py; \
	else echo "skipped: no benchmark in $(BENCH)"; fi

pages: $(READY)  ## write docs/rules from the rules
	$(BIN)/python tools/build_pages.py

docs: pages  ## the pages as a web site in build/site
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	$(BIN)/mkdocs build --quiet --strict

wheel: $(READY)  ## build the wheel into dist/
	$(BIN)/python -m build --wheel

clean:  ## remove what was built
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.PHONY: test-spark
SPARK := build/spark
test-spark: $(SPARK)/.ready  ## the tests of cleaner.spark, with a real Spark in an environment of its own; needs Java 17
	$(SPARK)/bin/python -m pytest -rs -m 'not exhaustive' tests/corpus/test_spark.py || \
	    [ $$? = 5 ]  # no test was there to run: it says that there is no Java

$(SPARK)/.ready: pyproject.toml
	$(PYTHON) -m venv $(SPARK)
	$(SPARK)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,spark]'
	@touch $@

.PHONY: bench bench-tools
TOOLS := build/bench-tools
bench: $(READY) $(TOOLS)/.ready $(SPARK)/.ready  ## how fast: beside other tools, by size, rules, documents and processes
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.formats
	$(BIN)/python -m benchmarks.formats --memory
	$(BIN)/python -m benchmarks.others --tools $(TOOLS)
	$(BIN)/python -m benchmarks.processes --rows 0
	$(SPARK)/bin/python -m benchmarks.processes --files

bench-tools: $(TOOLS)/.ready  ## what we are measured beside, in a folder of its own

$(TOOLS)/.ready:
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check 'codespell>=2.4,<3' 'proselint>=0.16,<1'
	@if command -v npm >/dev/null; then npm install --silent --no-fund --no-audit --prefix $(TOOLS) textlint@15 \
	    @textlint-rule/textlint-rule-no-unmatched-pair@2 textlint-rule-date-weekday-mismatch@1; \
	else echo "skipped: textlint, npm is not here"; fi
	@touch $@

.PHONY: fuzz
FUZZ_SECONDS ?= 20
fuzz: $(READY)  ## every reader of files against mutated files, FUZZ_SECONDS each
	nice $(BIN)/python -m tests.fuzz $(FUZZ_SECONDS)

.PHONY: bench-formats
bench-formats: $(READY)  ## how fast files are taken apart, and in how much memory
	$(BIN)/python -m benchmarks.formats
	$(BIN)/python -m benchmarks.formats --memory

.PHONY: licences reproducible-wheel coverage
licences: $(READY)  ## write the licences of what is installed into docs/dependencies.md
	$(BIN)/python tools/licences.py

reproducible-wheel: $(READY)  ## build the wheel twice, in fresh folders, and compare
	$(BIN)/pytest tests/promises/test_supply_chain.py -m slow -k equal

coverage: $(READY)  ## lines and branches that the everyday tests run, processes of their own included
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'coverage>=7.10'
	nice $(BIN)/python -m coverage run -m pytest -m 'not slow and not exhaustive'
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report --skip-covered --show-missing

.PHONY: mutants
mutants: $(READY)  ## break the code in one place at a time: what do the tests not notice? ONLY="offsets.py judge.py"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'cosmic-ray>=8.7,<9'
	nice $(BIN)/python tools/mutants.py $(ONLY)
