# This file has every command of the project. README, CONTRIBUTING and CI call these targets, except for the CI job
# `windows`: it has no make, and repeats the commands of three targets.
# You need GNU make, a POSIX sh and Python 3.11 or later. `make` lists the lines that end in "## ...".

VENV := .venv
REQUIREMENTS := requirements/dev.txt
PY = $(VENV)/bin/python
VERSIONS := 3.11 3.12 3.13 3.14 3.15

# Nothing is written outside the checkout. The caches of the package managers are here, too, unless you set them elsewhere.
PIP_CACHE_DIR ?= $(CURDIR)/.cache/pip
UV_CACHE_DIR ?= $(CURDIR)/.cache/uv
npm_config_cache ?= $(CURDIR)/.cache/npm
PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_CACHE_DIR UV_CACHE_DIR npm_config_cache PIP_DISABLE_PIP_VERSION_CHECK

.PHONY: help setup demo test test-speed test-httpx2 test-all examples reliability fuzz soak parity contract clients bench bench-peers bench-plot check picture docs format generate check-generated breaking changelog drift requirements build release-check sbom clean

help:
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' Makefile

# --- Start ---

setup: $(VENV)/.project  ## make .venv and install everything in it; the other targets do this by themselves
	@echo "$(VENV) is up to date"

demo: $(VENV)/.project  ## create an agent and talk with it, on the stub, or on the service if MISTRAL_API_KEY is set
	@$(PY) examples/demo.py

# --- Test ---

PYTEST = $(PY) -m pytest --numprocesses auto

# The tests of the code that parses answers. `make test` runs them a second time with the extra `speed`.
SPEED_TESTS = tests/values $(addprefix tests/call/test_,$(addsuffix .py,any_json bad_input complete encoding limits_of_size time_limits)) \
	$(addprefix tests/streams/test_,$(addsuffix .py,assembly assembly_of_any_chunks assembly_of_tool_calls stream use wire)) tests/client/test_seeds.py

test: $(VENV)/.project  ## run the tests; those of the code that parses answers run again with the extra `speed`
	$(PYTEST)
	$(PYTEST) --speed $(SPEED_TESTS)

test-speed: $(VENV)/.project  ## run all tests with the extra `speed`
	$(PYTEST) --speed

# This writes a .pth file into the environment. Each Python process of the environment, also a child process, reads this
# file when it starts, and so calls `httpx2.alias_httpx()`.
test-httpx2:  ## run all tests with httpx2 in the place of httpx, in an environment of its own
	@$(MAKE) --no-print-directory setup VENV=.venv-httpx2 REQUIREMENTS=requirements/httpx2.txt
	@echo 'import httpx2; httpx2.alias_httpx()' > "$$(.venv-httpx2/bin/python -c 'import site; print(site.getsitepackages()[0])')/alias_httpx.pth"
	.venv-httpx2/bin/python -m pytest --numprocesses auto --httpx2 -W ignore::pytest.PytestAssertRewriteWarning

# Sets $$python to an interpreter of $$version, or to nothing.
FIND_PYTHON = python=; \
	for candidate in "python$$version" "$$HOME/.pyenv/versions/$$version".*/bin/python; do \
		found=$$("$$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null); \
		if [ "$$found" = "$$version" ]; then python=$$candidate; break; fi; \
	done

test-all:  ## run the tests on every supported Python that is found
	@passed=; failed=; missing=; \
	for version in $(VERSIONS); do \
		$(FIND_PYTHON); \
		if [ -z "$$python" ]; then missing="$$missing $$version"; continue; fi; \
		echo "=== Python $$version ($$python)"; \
		if $(MAKE) --no-print-directory test VENV=".venv-$$version" PYTHON="$$python"; \
		then passed="$$passed $$version"; else failed="$$failed $$version"; fi; \
	done; \
	echo "passed:$${passed:- none}; failed:$${failed:- none}; not found:$${missing:- none}"; \
	[ -n "$$passed" ] && [ -z "$$failed" ]

examples: $(VENV)/.project  ## test the examples that need FastAPI or Dask, in their own environment
	@$(MAKE) --no-print-directory setup VENV=.venv-examples REQUIREMENTS=requirements/examples.txt
	$(PY) -m mypy --python-executable .venv-examples/bin/python examples/*.py examples/tests/*.py
	$(PY) -m basedpyright --project examples
	.venv-examples/bin/python -m pytest examples/tests

reliability: $(VENV)/.project  ## write the tables of docs/reliability.md and docs/retries.md again, from what the tests see
	UPDATE_DOCS=1 $(PY) -m pytest tests/call/test_reliability.py tests/call/test_retry_table.py

fuzz: $(VENV)/.project  ## feed 200,000 damaged inputs to decoder, models and calls; SEED= repeats a run, INPUTS= sets the number
	$(PY) -m tools.stress.fuzz $(if $(SEED),--seed $(SEED)) $(if $(INPUTS),--inputs $(INPUTS))

# glibc has caches for each thread, which grow for a while. These settings turn them off, so that the measured memory is
# the memory in use.
soak: $(VENV)/.project  ## read 100 streams at once, ten times over, and look for lost events, descriptors and memory
	GLIBC_TUNABLES=glibc.malloc.arena_max=1:glibc.malloc.tcache_count=0 $(PY) -m tools.stress.soak

parity:  ## compare what this client and Mistral's own SDK send and read
	@$(MAKE) --no-print-directory setup VENV=.venv-parity REQUIREMENTS=requirements/parity.txt
	.venv-parity/bin/python -m tools.parity

contract:  ## check a service against openapi.yaml: the stub, or BASE_URL= with CONFIRM= and MISTRAL_API_KEY; SEED= repeats a run
	@$(MAKE) --no-print-directory setup VENV=.venv-contract REQUIREMENTS=requirements/contract.txt
	.venv-contract/bin/python -m pytest -p no:cacheprovider tests/project/test_mistral_common.py
	.venv-contract/bin/python -m tools.contract.check $(if $(BASE_URL),--base-url '$(BASE_URL)') \
		$(if $(CONFIRM),--confirm '$(CONFIRM)') $(if $(SEED),--seed $(SEED))

clients: $(VENV)/.project  ## let other clients use the stub, and write a table in docs/; skips clients whose program (node, curl, a browser) is not installed
	@$(MAKE) --no-print-directory setup VENV=.venv-parity REQUIREMENTS=requirements/parity.txt
	@$(MAKE) --no-print-directory setup VENV=.venv-peer-openai REQUIREMENTS=requirements/peer-openai.txt
	$(PY) -m tools.clients

BENCH = $(PY) -m benchmarks $(if $(CASES),--cases "$(CASES)") $(if $(ROUNDS),--rounds $(ROUNDS))

bench: $(VENV)/.project  ## compare with bare httpx and check the budgets; CASES= and ROUNDS= as in benchmarks/README.md
	@$(BENCH)

bench-peers: $(VENV)/.project  ## the same, also with the SDKs of Mistral and OpenAI
	@$(MAKE) --no-print-directory setup VENV=.venv-parity REQUIREMENTS=requirements/parity.txt
	@$(MAKE) --no-print-directory setup VENV=.venv-peer-openai REQUIREMENTS=requirements/peer-openai.txt
	@$(BENCH) --peers

# The cases that the picture and the table show. If a budget is missed, `bench-plot` writes both, and then fails.
bench-plot: CASES ?= stream-coalesced stream-written conversation-coalesced conversation-written \
	stream-tools stream-parts json-small json-large import first-answer memory
bench-plot: $(VENV)/.project  ## the same, and write the figures and their picture into README and docs/performance.md
	@$(MAKE) --no-print-directory setup VENV=.venv-parity REQUIREMENTS=requirements/parity.txt
	@$(MAKE) --no-print-directory setup VENV=.venv-peer-openai REQUIREMENTS=requirements/peer-openai.txt
	@$(BENCH) --peers --draw

check: $(VENV)/.project check-generated  ## check format, lint, types, the contract and generated/: everything except the tests
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m basedpyright
	$(PY) -m openapi_spec_validator openapi.yaml
	$(PY) -m tools.checks
	@if command -v npx >/dev/null 2>&1; then set -x; \
		REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true npx --yes @redocly/cli@2.77.0 lint openapi.yaml; \
	else echo "redocly lint: skipped, because there is no npx"; fi

picture: $(VENV)/.project  ## draw the pictures of docs/architecture.md again, from the imports of the code
	@$(PY) -m tools.picture

# The site is built from a copy in which the pages have the same places as in the checkout, so that their links work.
# `--strict` makes the warnings of zensical errors, but not those of griffe, which reads the docstrings.
docs:  ## build the documentation as a site in build/site; a warning is an error
	@$(MAKE) --no-print-directory .venv-docs/.requirements VENV=.venv-docs REQUIREMENTS=requirements/docs.txt
	@rm -rf build/pages build/site build/zensical.toml
	@mkdir -p build/pages/benchmarks build/pages/examples
	@cp -R *.md LICENSE docs build/pages
	@cp benchmarks/README.md build/pages/benchmarks
	@cp examples/*.py examples/README.md build/pages/examples
	@mv build/pages/docs/zensical.toml build
	@mv build/pages/docs/llms.txt build/pages
	@status=0; .venv-docs/bin/zensical build --strict --clean --config-file build/zensical.toml >build/docs.log 2>&1 || status=$$?; \
	cat build/docs.log; \
	if grep -q '^griffe:' build/docs.log; then echo 'A docstring is wrong: see the lines that begin with "griffe:".' >&2; exit 1; fi; \
	exit $$status

# --- Change ---

format: $(VENV)/.project  ## format the code, and make the safe fixes of the linter
	$(PY) -m ruff check --fix-only --extend-exclude generated .
	$(PY) -m ruff format .

generate: $(VENV)/.project  ## compile openapi.yaml into generated/
	$(PY) -m tools.compile

check-generated: $(VENV)/.project  ## fail if generated/ is not what openapi.yaml compiles to
	$(PY) -m tools.compile --check

breaking: $(VENV)/.project  ## say what has changed since OLD= (a file or a git ref), whom it breaks, and which version step it needs
	@$(if $(OLD),$(PY) -m tools.contract.breaking '$(OLD)' $(if $(FORMAT),--format $(FORMAT)) $(if $(ACCEPT),--accept '$(ACCEPT)'),echo 'make breaking OLD=...: a file, or a git ref' >&2; exit 2)

changelog: $(VENV)/.project  ## draft the lines of CHANGELOG.md for changes of the contract since OLD= (a file or a git ref)
	@$(if $(OLD),$(PY) -m tools.contract.changelog '$(OLD)',echo 'make changelog OLD=...: a file, or a git ref' >&2; exit 2)

drift: $(VENV)/.project  ## say what UPSTREAM= (a document of Mistral, or a recording) has that the contract lacks, and what to add
	@$(if $(UPSTREAM),$(PY) -m tools.contract.drift '$(UPSTREAM)',echo 'make drift UPSTREAM=...: a file' >&2; exit 2)

COMPILE = $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make requirements' $(FLAGS)
# Pins the dependencies of the project, of its extra `testing`, and of one dependency group.
COMPILE_GROUP = $(COMPILE) --extra testing pyproject.toml --output-file requirements/$(1).txt --group $(1)

requirements: $(VENV)/.project  ## compile the groups of pyproject.toml into requirements/; FLAGS=--upgrade takes the newest versions
	$(call COMPILE_GROUP,dev)
	$(call COMPILE_GROUP,httpx2)
	$(call COMPILE_GROUP,parity)
	$(call COMPILE_GROUP,contract)
	$(call COMPILE_GROUP,peer-openai)
	$(call COMPILE_GROUP,examples)
	$(call COMPILE_GROUP,release) --constraint requirements/dev.txt
	$(COMPILE) --group docs --output-file requirements/docs.txt

clean:  ## remove the environments and caches
	rm -rf .venv .venv-* .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	find benchmarks examples generated overlays tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

# --- Release ---

build: $(VENV)/.project  ## build wheel and sdist in dist/, the same bytes every time
	@$(PY) -m tools.release.build

release-check: build  ## check what is in dist/ on each Python that is found; TAG= names the release
	@$(MAKE) --no-print-directory setup VENV=.venv-release REQUIREMENTS=requirements/release.txt
	@set --; for version in $(VERSIONS); do \
		$(FIND_PYTHON); \
		[ -z "$$python" ] || python=$$("$$python" -c 'import sys; print(sys.executable)'); \
		set -- "$$@" "$$version=$$python"; \
	done; \
	.venv-release/bin/python -m tools.release.check $(if $(TAG),--tag "$$TAG") "$$@"

# `sbom` builds no new wheel: it describes the wheel in dist/, which release-check has checked.
sbom: $(VENV)/.project  ## write the bill of materials of the wheel in dist/ (CycloneDX) into build/
	@$(MAKE) --no-print-directory setup VENV=.venv-release REQUIREMENTS=requirements/release.txt
	@.venv-release/bin/python -m tools.release.sbom

# --- The environment ---

# The output of the setup goes to this file. You see it only if the setup fails.
SETUP_LOG = .cache/setup-$(patsubst .%,%,$(notdir $(VENV))).log
logged = $(1) >> $(SETUP_LOG) 2>&1 || { tail -n 20 $(SETUP_LOG) >&2; echo "Setting up failed. The whole output is in $(SETUP_LOG)" >&2; exit 1; }

# If you name another PYTHON than that of the environment, the environment is made again.
ifneq ($(PYTHON),)
identify = $(shell "$(1)" -c 'import sys; print(sys.base_prefix, sys.version)' 2>/dev/null)
ifneq ($(call identify,$(PYTHON)),$(call identify,$(PY)))
.PHONY: $(VENV)/.requirements
endif
endif

# The environment is made again whenever the requirements change, so that it keeps no package of the old requirements.
$(VENV)/.requirements: $(REQUIREMENTS)
	@python=; bare=; \
	for candidate in $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3.14 python3.15 python3 python); do \
		"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		if "$$candidate" -c 'import venv, ensurepip' 2>/dev/null; then python=$$candidate; break; fi; \
		bare=$${bare:-$$candidate}; \
	done; \
	if [ -z "$$python" ] && [ -n "$$bare" ]; then \
		echo "$$bare lacks venv or ensurepip. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; \
	elif [ -z "$$python" ]; then \
		echo "Python 3.11 or later is needed, but $(if $(PYTHON),'$(PYTHON)' is older or missing,each of python3.13 python3.12" \
			"python3.11 python3.14 python3.15 python3 python is older or missing). Install a newer Python, or name one:" \
			"make setup PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	echo "Setting up $(VENV) with $$("$$python" --version): a minute or two the first time" >&2; \
	mkdir -p .cache; : > $(SETUP_LOG); \
	$(call logged,"$$python" -m venv --clear $(VENV))
	@$(call logged,$(PY) -m pip install --require-hashes --requirement $(REQUIREMENTS))
	@touch $@

$(VENV)/.project: $(VENV)/.requirements pyproject.toml overlays/mistral_agents/_version.py
	@mkdir -p .cache
	@$(call logged,$(PY) -m pip install --no-deps --no-build-isolation --editable .)
	@touch $@
