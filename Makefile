# make app    set up, build the index from $(CORPUS) if it is missing or stale, and open the chat
# make test   set up, and run all tests
# make peers  measure Referat beside other tools on $(QUESTIONS) to $(DOCUMENTS), in an environment of their own
# make screenshots  take the pictures of the README anew, in the browser chromium
# make soak   let one writer and eight readers use one index for $(MINUTES) minutes, and tell what went wrong
# make clean  remove the environments and the index

PYTHON ?= python3
CORPUS ?= corpus
QUESTIONS ?= ../shared/questions/dev.jsonl
DOCUMENTS ?= corpus
MINUTES ?= 10
BIN := .venv/bin
export REFERAT_INDEX ?= .referat

.PHONY: app test peers screenshots soak clean

app: .venv/app
	$(BIN)/referat build "$(CORPUS)" $(wildcard $(REFERAT_INDEX)-minutes) || test -f $(REFERAT_INDEX)/CURRENT
	$(BIN)/streamlit run screens/server.py

test: .venv/test
	$(BIN)/ruff check .
	$(BIN)/pytest

peers: .venv-peers/ready
	.venv-peers/bin/python -m benchmarks.peers "$(QUESTIONS)" --documents $(DOCUMENTS)

screenshots: .venv/test
	$(BIN)/python -m benchmarks.screens docs

soak: .venv/app
	$(BIN)/python -m benchmarks.soak --minutes $(MINUTES)

clean:
	rm -rf .venv .venv-peers .referat

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Referat needs Python 3.11 or newer: make PYTHON=python3.12 app"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/app: pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --editable .
	touch $@

# torch goes first and with its version: left to choose, pip may take a build of several gigabytes.
.venv/test: pyproject.toml .venv/app
	$(BIN)/pip install --quiet torch==2.13.0
	$(BIN)/pip install --quiet --editable '.[test]'
	touch $@

.venv-peers/ready: pyproject.toml benchmarks/peers/requirements.txt
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/pip install --quiet torch==2.13.0
	.venv-peers/bin/pip install --quiet --editable . --requirement benchmarks/peers/requirements.txt
	touch $@
