# Nothing but Python 3.11 and make is asked of the machine. `make help` lists the targets.

PYTHON   ?= python3
SHARED   ?= ../shared
SUPPLIER ?= Huawei
VENV     := .venv
BIN      := $(VENV)/bin
PIP      := $(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all:

.DEFAULT_GOAL := help
.PHONY: help demo test browser lint format bench endure screenshots diagrams score screening names weights models reader lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# One stamp for each lock: the environment is made anew only when a lock file or pyproject.toml changes.
$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("On Record needs Python 3.11 or newer; set PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime.stamp: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock requirements-followthemoney.lock $(VENV)/runtime.stamp
	$(PIP) -r requirements-dev.lock
	$(PIP) --target $(VENV)/followthemoney --upgrade --no-deps -r requirements-followthemoney.lock
	@touch $@

demo: $(VENV)/runtime.stamp ## read the example pages, print the dossier on SUPPLIER (Huawei), check a register
	@mkdir -p build && rm -f build/demo.db build/demo.db-* build/demo.html
	$(BIN)/onrecord --ledger build/demo.db read examples/pages
	$(BIN)/onrecord --ledger build/demo.db dossier "$(SUPPLIER)"
	@echo "The same as one HTML file, to open in a browser:"
	@$(BIN)/onrecord --ledger build/demo.db dossier "$(SUPPLIER)" --format html -o build/demo.html
	$(BIN)/onrecord --ledger build/demo.db lists add examples/lists/us-entity-list-excerpt.csv --issued 2019-10-09
	$(BIN)/onrecord --ledger build/demo.db check examples/register.csv --home DK

test: lint browser ## all checks and tests, as continuous integration runs them
	$(BIN)/pytest

# The tests use the workbench in Debian's Chromium; without it they are skipped, and say so.
browser:
	@command -v chromium >/dev/null || command -v chromium-headless-shell >/dev/null || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || \
	  echo "No Chromium: the tests in a browser will be skipped. Install it: apt-get install chromium"

lint: $(VENV)/dev.stamp ## ruff, mypy --strict and the import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(VENV)/dev.stamp ## put the code into its form
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

bench: $(VENV)/dev.stamp ## speed of reading, of a large ledger on both stores, of a check of 100,000 lines: make bench [ARGS="--pages 5000 --small 1000"]
	$(BIN)/python bench/bench.py examples/pages
	$(BIN)/python -m bench.record $(ARGS)

endure: $(VENV)/dev.stamp ## kill, crowd and pull ledgers on both stores, half an hour: make endure [ARGS="--seed 7"]
	$(BIN)/python -m bench.endure $(ARGS)

screenshots: $(VENV)/dev.stamp browser demo ## pictures of the workbench for the docs, of the example pages
	$(BIN)/python -m bench.screenshots build/demo.db docs/img

diagrams: $(VENV)/dev.stamp ## draw the diagrams of docs/dossier.md anew, from the rules
	$(BIN)/python -m bench.diagrams

score: $(VENV)/runtime.stamp ## score the reading against gold, dev and test apart: make score [ARGS="--show --by type"]
	$(BIN)/python -m bench.score "$(SHARED)" $(ARGS)

weights: $(VENV)/dev.stamp ## fit the weights for open slots and for confidence anew
	$(PIP) scikit-learn
	$(BIN)/python -m training.arguments "$(SHARED)"
	$(BIN)/python -m training.confidence "$(SHARED)" --reader patterns
	$(BIN)/python -m training.confidence "$(SHARED)" --reader learned

names: $(VENV)/runtime.stamp ## score the finding of names alone, on development gold: make names [ARGS="--show --unlisted"]
	$(BIN)/python -m bench.names "$(SHARED)" $(ARGS)

# nomenklatura wants other versions of what On Record uses, and stays in a folder of its own.
$(VENV)/nomenklatura.stamp: requirements-nomenklatura.lock $(VENV)/runtime.stamp
	$(PIP) --target $(VENV)/nomenklatura --upgrade --no-deps -r requirements-nomenklatura.lock
	@touch $@

screening: $(VENV)/nomenklatura.stamp ## compare names beside nomenklatura: labelled pairs, disturbed names, speed: make screening [ARGS="--seed 2 --show"]
	$(BIN)/python -m bench.name_pairs "$(SHARED)" --peer $(VENV)/nomenklatura
	$(BIN)/python -m bench.screening "$(SHARED)" --peer $(VENV)/nomenklatura $(ARGS)

models: $(VENV)/runtime.stamp ## train the grammar models anew: make models TREEBANKS=FOLDER
	@test -n "$(TREEBANKS)" || { echo "say where the treebanks are: make models TREEBANKS=FOLDER (see training/README.md)" >&2; exit 2; }
	for language in da nl en de sv no fr; do \
	  $(BIN)/python training/train.py $$language --data "$(TREEBANKS)" --out build/models && \
	  rm -rf src/onrecord/language/data/$$language/model && \
	  cp -R build/models/$$language/model-best src/onrecord/language/data/$$language/model || exit; \
	done

# What is only needed to fit the networks is large, and stays out of the environment that is tested and shipped.
reader: $(VENV)/runtime.stamp ## fit the learned reader: make reader TREEBANKS=FOLDER, or ARGS="--start shipped"
	$(PIP) --target build/reader --upgrade -r training/reader/requirements.txt
	PYTHONPATH=build/reader:. $(BIN)/python -m training.reader.fit "$(SHARED)" $(if $(TREEBANKS),--treebanks "$(TREEBANKS)") $(ARGS)

# The dev lock is bound to the runtime lock, so that what is tested is what is shipped.
LOCK := $(BIN)/pip-compile --quiet --upgrade --allow-unsafe --strip-extras --no-header --no-annotate \
  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options
lock: $(VENV)/dev.stamp ## resolve the dependencies anew and write both lock files
	$(LOCK) --output-file requirements.lock pyproject.toml
	$(LOCK) --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

clean: ## remove the environment, what was built and all caches
	rm -rf $(VENV) build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests bench training -name __pycache__ -type d -prune -exec rm -rf {} +
