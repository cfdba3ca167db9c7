# Everything is done inside .venv, which is made at the first use. Needs Python 3.11 or newer, and make.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP := .venv/bin/python -m pip --disable-pip-version-check -qq
SOURCES := src tests bench training hatch_build.py desk_build.py

.PHONY: demo desk test screenshots scripts bench weights lint format lock clean

demo: .venv/installed  ## add the sample to a case that is thrown away, and show its two most contested incidents
	@.venv/bin/sayso demo

desk: scripts  ## open the sample in the browser, in a case that is thrown away
	@.venv/bin/sayso desk --sample $(ARGS)

test: scripts  ## every test, on two processes
	@.venv/bin/python -m pytest -q -n 2 --dist worksteal $(ARGS)

screenshots: scripts  ## a picture of each page of the desk, in light and in dark, into screenshots/
	@.venv/bin/python -m bench.screenshots $(ARGS)

scripts: .venv/installed  ## build the desk's scripts where frontend/ has changed since
	@.venv/bin/python desk_build.py

bench: .venv/installed  ## accuracy against the keys, speed and memory on this machine, as JSON
	@.venv/bin/python -m bench.sample --json
	@.venv/bin/python -m bench.seed --json
	@.venv/bin/python -m bench.read --json
	@.venv/bin/python -m bench.names --json
	@.venv/bin/python -m bench.times --json
	@.venv/bin/python -m bench.places --json
	@.venv/bin/python -m bench.events --json
	@.venv/bin/python -m bench.status --json
	@.venv/bin/python -m bench.accounts --json
	@.venv/bin/python -m bench.kills --json
	@.venv/bin/python -m bench.desk --json
	@.venv/bin/python -m bench.desk_load --json
	@.venv/bin/python -m bench.ledger --json
	@.venv/bin/python -m pip install -qq 'rensa>=0.5,<1' && .venv/bin/python -m bench.copies --json
	@.venv/bin/python -m pip install -qq 'scikit-learn>=1.5,<2' && .venv/bin/python -m bench.incidents --json
	@.venv/bin/python -m bench.drift --json
	@.venv/bin/python -m bench.damage --json
	@.venv/bin/python -m pip install -qq 'textacy>=0.13,<0.14' && .venv/bin/python -m bench.statements --json
	@.venv/bin/python -m pip install -qq 'quantulum3>=0.10,<0.11' && .venv/bin/python -m bench.quantities --json

DATA ?= ../shared/data
WEIGHTS := src/sayso/models/weights
TRAIN := .venv/train/bin/python -m training.statements

weights: .venv/train/installed  ## train both sets of the tagger's weights anew: an hour on two idle cores
	@$(TRAIN) $(WEIGHTS)/polnear.onnx --name polnear-1 --polnear $(DATA)/polnear/train --epochs 10 --seed 2
	@$(TRAIN) $(WEIGHTS)/open.onnx --name open-1 --muc $(DATA)/muc4/raw --times 4 --epochs 4 --seed 1

lint: .venv/linted scripts
	@.venv/bin/ruff check $(wildcard $(SOURCES))
	@.venv/bin/ruff format --check $(wildcard $(SOURCES))
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/python desk_build.py --check

format: .venv/linted
	@.venv/bin/ruff check --fix $(wildcard $(SOURCES))
	@.venv/bin/ruff format $(wildcard $(SOURCES))

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Sayso needs Python 3.11 or newer with venv: install it, or say make PYTHON=/path/to/python3"; exit 2; }
	@echo "Making .venv with $(PYTHON)"
	@$(PYTHON) -m venv .venv

# One environment, from the hashed lock, for the demo and the tests alike: what was tested is what is shown.
.venv/installed: requirements/test.txt pyproject.toml $(wildcard hatch_build.py desk_build.py) | .venv/bin/python
	@echo "Installing Sayso and what it needs into .venv (once; a minute or two)"
	@$(PIP) install --require-hashes -r requirements/test.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/train/installed: pyproject.toml
	@$(PYTHON) -m venv .venv/train
	@.venv/train/bin/python -m pip install -qq -e '.[train]'
	@touch $@

.venv/linted: requirements/dev.txt .venv/installed
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# The locks hold for Python 3.11 and newer on any system, and name no package host.
LOCK := .venv/lock/bin/uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links -q

lock:  ## resolve the dependencies anew
	@test -x .venv/lock/bin/uv || { $(PYTHON) -m venv .venv/lock && .venv/lock/bin/python -m pip -qq install uv; }
	@$(LOCK) pyproject.toml --upgrade --extra test -o requirements/test.txt
	@$(LOCK) pyproject.toml --upgrade --extra test --extra dev -c requirements/test.txt -o requirements/dev.txt
	@$(LOCK) --group node -o requirements/node.txt

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache frontend/node_modules frontend/build
