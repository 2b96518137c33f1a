# The two commands of a fresh machine are `make demo` and `make test`. They need Python 3.11+, make and a package index.
PYTHON ?= python3
BIN := .venv/bin
ISSUE := 2024-10-31
# All but PDF, which needs the extra packages of compiler-flow[pdf].
FORMATS := md,html,wechat,docx,epub,bilingual,json

.PHONY: help demo test bench lint types layers docs messages screenshot format fuzz clean

help:
	@echo "make demo    install and run the main job on the sample number"
	@echo "make test    install what the tests need and run them all"
	@echo "make bench   measure what we promise beside our peers (an hour; BENCH=--quick: minutes)"
	@echo "make lint types layers    style, types, and the layers imports must keep"
	@echo "make fuzz    damage good files for every parser, SECONDS=60 of processor time"
	@echo "make docs    write docs/checks.md from the checks"
	@echo "make messages    bring our own messages' catalogues up to date with the source"
	@echo "make screenshot    take docs/poedit.png anew (needs Poedit)"

demo: .venv/.installed
	$(BIN)/compiler-flow engines install tests/models/translate-en_zh-0_1.tiny.argosmodel
	$(BIN)/compiler-flow engines install tests/models/translate-ru_en-0_1.tiny.argosmodel
	$(BIN)/compiler-flow run $(ISSUE) --format $(FORMATS)

test: .venv/.installed-dev
	$(BIN)/python -m pytest -n auto

bench: .venv/.installed-bench
	$(BIN)/python tests/bench $(BENCH)

lint: .venv/.installed-dev
	$(BIN)/ruff check src tests tools hatch_build.py
	$(BIN)/ruff format --check src tests tools hatch_build.py

types: .venv/.installed-dev
	$(BIN)/mypy

layers: .venv/.installed-dev
	$(BIN)/lint-imports

# Written beside and moved, so that a failure leaves the page as it was.
docs: .venv/.installed
	mkdir -p docs
	$(BIN)/compiler-flow explain --all > docs/checks.md.new
	mv docs/checks.md.new docs/checks.md

SECONDS ?= 60
fuzz: .venv/.installed-dev
	$(BIN)/python tests/fuzz/fuzz.py $(SECONDS)

messages: .venv/.installed-dev
	$(BIN)/python tools/messages.py

# Needs Poedit, Xvfb, openbox, xdotool, xclip, ImageMagick and a Chinese font.
screenshot: .venv/.installed
	$(BIN)/python tests/clients/screenshot.py docs/poedit.png

format: .venv/.installed-dev
	$(BIN)/ruff check --fix src tests tools hatch_build.py
	$(BIN)/ruff format src tests tools hatch_build.py

.venv/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "compiler-flow needs Python 3.11 or newer; say which: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

.venv/.installed-dev: .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

.venv/.installed-bench: .venv/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis projects/*/out memory.sqlite* drafts.sqlite*
