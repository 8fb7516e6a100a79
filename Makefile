# `make help` lists the verbs.

PYTHON ?= python3
PORT ?= 8080
UV = uv==0.13.9
BIN = .venv/bin
PACKAGE = src/party.operations/party/operations

.DEFAULT_GOAL := help
.PHONY: help install start test lint format messages bench replay leaks lock clean debian-packages

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "PORT=9080 make start serves elsewhere (and on the port after it, for the Internet); PARTY_DEMO_PASSWORD sets the password of the demonstration's accounts."

install: .venv/installed ## make the virtual environment from the locked list

# $(call step,what is done,command): say it, do it, say how long it took
define step
@printf '%s … ' '$(1)'; began=$$(date +%s); $(2) && echo "$$(($$(date +%s) - began)) s"
endef

.venv/installed: requirements.txt src/party.operations/pyproject.toml
	@$(PYTHON) scripts/check-python
	$(call step,Making the virtual environment,test -x $(BIN)/python || $(PYTHON) -m venv .venv)
	$(call step,Fetching uv to install packages with,$(BIN)/python -m pip --disable-pip-version-check install -qq "$(UV)")
	$(call step,Installing the packages of requirements.txt,\
		$(BIN)/uv pip sync --python $(BIN)/python --require-hashes --quiet requirements.txt && \
		$(BIN)/uv pip install --python $(BIN)/python --no-deps --no-build-isolation --quiet -e src/party.operations)
	@touch $@

start: install ## start the demonstration on http://localhost:8080/, and :8081/ for the Internet (PORT=… moves both); Ctrl-C stops it
	@exec $(BIN)/python -m party.operations.supervisor --port $(PORT)

debian-packages: ## install what the tests and the recognition of scans need from Debian
	@scripts/debian-packages

test: install debian-packages ## run all tests
	$(BIN)/pytest

lint: install ## check the style of Python, ZCML, XML and page templates, and the types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/zpretty --check src

format: install ## bring Python, ZCML, XML and page templates into shape
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(BIN)/zpretty --inplace src

messages: install ## collect the texts of the code into the catalogues of party/operations/locales
	$(BIN)/python scripts/messages.py

bench: install ## run the benchmarks
	$(BIN)/python benchmarks/run.py

replay: install ## play the week of 13-19 June 2025 and check the report (SHARE=0.02 for a part, PORT, WORKERS at once, RESUME=1 goes on)
	$(BIN)/python -m replay $(if $(SHARE),--share $(SHARE)) --port $(PORT) $(if $(WORKERS),--workers $(WORKERS)) $(if $(RESUME),--resume)

leaks: install ## look for leaks in the site that `make start` runs (LEAKS_WAN, LEAKS_INTERNET, LEAKS_HOME name another)
	$(BIN)/python -m tests.leaks

lock: install ## turn requirements.in into requirements.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --python-version 3.11.7 requirements.in -o requirements.txt

clean: ## remove what the other verbs made, but for the data in var/ and their keys in keys/ (remove both for a new beginning)
	rm -rf .venv bin parts develop-eggs eggs .installed.cfg .mypy_cache .ruff_cache .pytest_cache .hypothesis test-results
	find $(wildcard src tests scripts benchmarks) -name __pycache__ -type d -prune -exec rm -rf {} +
	find $(PACKAGE) -name '*.mo' -delete
