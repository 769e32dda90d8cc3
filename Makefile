# make run    65 years of Kalundborg       make test   style, types, imports and tests
# The first time, both make .venv and install the versions of constraints.txt into it.

# A Python to use instead of the first that answers: make PYTHON=/path/to/python run
PYTHON =
# More words for the main job: make run ARGS="--seed 2 --out results"
ARGS =

PYTHONS = $(or $(PYTHON),python3.14 python3.13 python3.12 python3 python \
	"$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/*/bin/python)
FITS = import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 12))
# Pages are tested in a real browser: Debian's package where it is missing and may be installed.
CHROMIUM = command -v chromium >/dev/null \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& echo "Installing chromium, in which pages are tested" \
		&& apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } \
	|| echo "No chromium here: tests of pages in a browser are skipped"
PIP_INSTALL = .venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: help run test lint clean

help:
	@echo "make run     the main job: 65 years of Kalundborg, summary and figures in a run folder"
	@echo "make test    lint, then the tests"
	@echo "make lint    ruff, mypy and import-linter"
	@echo "make clean   remove .venv and the caches of the tools"

run: .venv/ready-to-run
	.venv/bin/symbiopark run kalundborg $(ARGS)

test: lint
	.venv/bin/pytest -n 2

lint: .venv/ready-to-test
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

clean:
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

.venv/ready-to-run: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing symbiopark into .venv (about a minute the first time)"
	$(PIP_INSTALL) -e .
	@touch $@

.venv/ready-to-test: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing symbiopark and its test tools into .venv (about two minutes the first time)"
	$(PIP_INSTALL) -e ".[dashboard,cluster,discovery,dev]"
	@$(CHROMIUM)
	@touch .venv/ready-to-run $@

.venv/bin/python:
	@for python in $(PYTHONS); do \
		if "$$python" -c '$(FITS)' >/dev/null 2>&1; then \
			echo "Making .venv with $$("$$python" --version) ($$python)"; \
			"$$python" -m venv --clear .venv && exit 0; \
			rm -rf .venv; exit 1; \
		fi; \
	done; \
	echo "symbiopark needs Python 3.12 or newer with its venv module, and none of these is one:" >&2; \
	printf '  %s\n' $(PYTHONS) >&2; \
	echo "Install one (on Debian and Ubuntu: python3 and python3-venv), or name yours:" >&2; \
	echo "  make PYTHON=/path/to/python $(MAKECMDGOALS)" >&2; \
	exit 1
