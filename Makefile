# Needs Python 3.11 or newer, git and make; everything else goes into .venv, from locks/.
# An interpreter of your own choice:  make run PYTHON=/path/to/python3

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check
HAVE := $(VENV)/.have

# Tried in this order; the first that runs and is new enough makes .venv.
PYTHONS := $(if $(PYTHON),"$(PYTHON)",python3 python3.13 python3.12 python3.11)
# ensurepip is what a Debian python3 lacks without python3-venv.
NEW_ENOUGH := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))

SHOW_VERSION := import sys; print("%d.%d" % sys.version_info[:2])

# Makes the locks and is no part of them.
UV_VERSION := 0.13.9
LOCK_VENV := .venv-lock

# With PYTHON named, .venv has to be of that version (see same-python).
GUARD := $(if $(PYTHON),same-python)

.DEFAULT_GOAL := help
.PHONY: help run test search soak mutants bench tables endings lock format clean
.NOTPARALLEL:
.SUFFIXES:

help: ## List the targets
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1	\2/p' Makefile | expand -t 16

run: $(GUARD) $(HAVE)-run ## Start the service (make run PORT=8080 for another port)
	$(BIN)/premia serve $(if $(PORT),--port $(PORT))

# The tests start dozens of processes; none is to translate the code anew, whatever the shell says of bytecode.
test soak: export PYTHONDONTWRITEBYTECODE =

test: $(GUARD) $(HAVE)-test ## Lint, check types and layers, run the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -n auto --dist worksteal

search: $(GUARD) $(HAVE)-test ## Look for mistakes at random, for ten minutes (make search SECONDS=60)
	$(BIN)/pytest -n auto -p tests.support.search --seconds $(or $(SECONDS),600)

soak: $(GUARD) $(HAVE)-test ## Run the tests with ten times the examples, and the long ones
	$(BIN)/pytest -n auto --dist worksteal --soak

mutants: $(GUARD) $(HAVE)-test ## Put small mistakes into the code and see which the tests notice (N=20 for fewer, AGAIN=1 for those missed)
	$(PY) -m mutants $(N) $(if $(AGAIN),--again)

bench: $(GUARD) $(HAVE)-bench ## Run the benchmarks
	$(PY) -m bench

tables: $(GUARD) $(HAVE)-run ## Work out the parse tables after a change of the grammar or of its words
	$(PY) -m dsl.parse.renew

endings: $(GUARD) $(HAVE)-run ## Work out the endings of Russian words anew, from the dictionary
	$(PIP) install --require-hashes -r locks/endings.txt
	$(PY) -m endings

format: $(HAVE)-test ## Format the code and fix what the linter can fix
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

clean: ## Remove .venv and everything else made here
	rm -rf $(VENV) $(LOCK_VENV) build dist
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .schemathesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment ---------------------------------------------------------------------------------
# One .venv for all: each lock contains the one before it, at the same versions, so a larger one adds
# to .venv what it lacks. A stamp in .venv tells which are in; it is renewed when its lock or
# pyproject.toml changes, and where every version is there already that needs no network.

# $(call install,LOCK,STAMPS)
define install
	$(PIP) install --require-hashes -r locks/$(1).txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $(2)
endef

$(HAVE)-run: locks/run.txt pyproject.toml | $(PY)
	$(call install,run,$(HAVE)-run)

$(HAVE)-test: locks/test.txt pyproject.toml | $(PY)
	$(call install,test,$(HAVE)-run $(HAVE)-test)

$(HAVE)-bench: locks/bench.txt pyproject.toml | $(PY)
	$(call install,bench,$(HAVE)-run $(HAVE)-test $(HAVE)-bench)

$(PY):
	@for p in $(PYTHONS); do \
	    if "$$p" -c '$(NEW_ENOUGH)' >/dev/null 2>&1; then \
	        echo "$$p -m venv --clear $(VENV)"; \
	        "$$p" -m venv --clear $(VENV) && exit 0; \
	        rm -f $(PY); exit 1; \
	    fi; \
	done; \
	echo "No Python 3.11 or newer with the venv module here (tried: $(PYTHONS)); name one: make PYTHON=/path/to/python3" >&2; \
	exit 1

# A named interpreter that is not the one .venv was made with is not passed over in silence.
.PHONY: same-python
same-python: | $(PY)
	@want=$$("$(PYTHON)" -c '$(SHOW_VERSION)') && have=$$($(PY) -c '$(SHOW_VERSION)') || exit 1; \
	test "$$want" = "$$have" || \
	    { echo "$(VENV) has Python $$have and PYTHON is $$want: make clean first, or leave PYTHON out" >&2; exit 1; }

# --- the locks ---------------------------------------------------------------------------------------
# Versions already locked stay as long as they fit; `make lock UPGRADE=1` takes the newest. The largest
# lock is made first and holds the smaller ones to its versions.

LOCKED = --no-config --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --annotation-style line --custom-compile-command "make lock"
COMPILE = $(LOCK_VENV)/bin/uv pip compile $(LOCKED) --group build --extra pictures --extra office pyproject.toml

lock: $(LOCK_VENV)/.uv-$(UV_VERSION) ## Resolve the dependencies anew (UPGRADE=1: to the newest versions)
	$(COMPILE) --extra test --extra parquet --extra bench $(if $(UPGRADE),--upgrade) --output-file locks/bench.txt
	$(COMPILE) --extra test --extra parquet --constraints locks/bench.txt --upgrade --output-file locks/test.txt
	$(COMPILE) --constraints locks/test.txt --upgrade --output-file locks/run.txt
	$(LOCK_VENV)/bin/uv pip compile $(LOCKED) --group endings $(if $(UPGRADE),--upgrade) --output-file locks/endings.txt

$(LOCK_VENV)/.uv-$(UV_VERSION): | $(PY)
	$(PY) -m venv --clear $(LOCK_VENV)
	$(LOCK_VENV)/bin/python -m pip --disable-pip-version-check install uv==$(UV_VERSION)
	@touch $@
