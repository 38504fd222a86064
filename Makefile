# What people type: `make run`, `make test`, `make bench`, `make check`, `make lock`, `make translations`.
PYTHON ?= python3
BIN := .venv/bin
PARALLEL ?= 2
T ?= tests

.PHONY: run test bench check lint types layers templates texts lock translations

# The site on this machine: environment, database, demonstration, web server and worker. PORT=8001 takes another port.
run: environment-run
	@exec $(BIN)/python -m catalogue.serving

# All tests, or some: make test T=tests/areas/desk
test: environment-dev
	@$(BIN)/python -m pytest -n $(PARALLEL) $(T)

# What the site costs, in one table beside its budgets; about ten minutes. QUICK=1 takes one, ONLY="pages search" a part.
bench: environment-dev
	@$(BIN)/python -m tests.bench $(if $(QUICK),--quick) $(if $(ONLY),--only $(ONLY)) $(if $(SIZES),--sizes $(SIZES))

# Everything that reads the code and does not run it; goes on after a fault, so that all are seen at once.
check: environment-dev
	@$(MAKE) --no-print-directory --keep-going lint types layers templates texts
lint:
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
types:
	@$(BIN)/mypy --no-error-summary
layers:
	@$(BIN)/lint-imports --no-cache >.venv/layers.txt || { cat .venv/layers.txt; exit 1; }
templates:
	@$(BIN)/djlint templates --lint --quiet
texts:
	@$(BIN)/python .ci/translations.py --check

# The exact packages, with their hashes, from pyproject.toml. UPGRADE=1 takes the newest.
UV_COMPILE = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)
lock:
	@command -v uv >/dev/null || { echo "Not locked. Install uv: it reads what other systems need, too."; exit 1; }
	@$(UV_COMPILE) -o requirements.txt
	@$(UV_COMPILE) --group dev -c requirements.txt -o requirements-dev.txt

# Collect every text of the program, and add what is new to the Lao file.
translations: environment-dev
	@$(BIN)/python .ci/translations.py

environment-%:
	@command -v $(PYTHON) >/dev/null || { echo "Not started. There is no $(PYTHON): install Python 3.11 or newer."; exit 1; }
	@$(PYTHON) .ci/environment.py $*
