# make demo: the sample quotation in Word and PDF.   make test: set up and pass all checks.
# Nothing but git, make, python3 (3.11 or newer) and python3-venv is needed; the rest is installed into .venv.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
DEV    := $(VENV)/.dev
PARALLEL ?= auto
SECONDS_EACH ?= 60
RANDOM_TESTS := tests/pricing tests/solving tests/contracts/test_properties.py \
	tests/render/test_figures_of_generated_deals.py tests/safety/test_killed_and_crowded.py
ENGINE_TESTS := tests/pricing tests/approvals tests/solving tests/source tests/lists

.DEFAULT_GOAL := help
.PHONY: help demo test check lint types floors fonts schema goldens bench mutants thorough coverage fuzz clean machine

help:
	@echo "make demo     write the sample quotation (Word and PDF) into out/"
	@echo "make test     set up and pass all checks"
	@echo "make check    format, lint, types, floors, tests (what make test runs)"
	@echo "make goldens  write the expected texts of the samples anew"
	@echo "make bench    measure against peers"
	@echo "make mutants  see which wrong lines of pricing, configuration and approvals no test notices"
	@echo "make thorough try random deals and kills by the thousand"
	@echo "make coverage see which branches of the engine no test reaches"
	@echo "make fuzz     break files, templates and conditions at random, a minute for each reader"

machine:
	@command -v $(PYTHON) >/dev/null || { echo "python3 is missing: sudo apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "docgen needs Python 3.11 or newer; this is $$($(PYTHON) -V): sudo apt-get install python3.11 python3.11-venv, then make PYTHON=python3.11 …"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "python3-venv is missing: sudo apt-get install python3-venv"; exit 1; }

$(READY): pyproject.toml constraints.txt | machine
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(DEV): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(READY)
	@$(BIN)/docgen quote samples/huarui-erp/deal.yaml --out out

test: check

check: $(DEV) lint types floors
	$(BIN)/python -m pytest -n $(PARALLEL)

lint: $(DEV)
	$(BIN)/ruff format --check src tests tools
	$(BIN)/ruff check src tests tools

types: $(DEV)
	$(BIN)/mypy

floors: $(DEV)
	$(BIN)/lint-imports

schema: $(READY)
	$(BIN)/docgen schema deal > schema/deal.schema.json
	$(BIN)/docgen schema price-list > schema/price-list.schema.json
	$(BIN)/docgen schema approvals > schema/approvals.schema.json

goldens: $(DEV)
	$(BIN)/python -m pytest tests/test_samples.py --update-goldens

fonts: $(DEV)
	$(BIN)/python tools/make_fonts.py

bench: $(DEV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	$(BIN)/python tools/bench

fuzz: $(DEV)
	$(BIN)/python tools/fuzz.py --seconds $(SECONDS_EACH)

thorough: $(DEV)
	DOCGEN_THOROUGH=1 $(BIN)/python -m pytest -n $(PARALLEL) $(RANDOM_TESTS)

coverage: $(DEV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[coverage]'
	$(BIN)/python -m pytest -n $(PARALLEL) --cov --cov-report=term:skip-covered $(ENGINE_TESTS)

mutants: $(DEV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[mutation]'
	$(BIN)/python tools/mutate.py

clean:
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
