# The course in commands. `make` alone lists them. Without make, see README.md: each line below is
# a plain `python -m …` that can be typed.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
VENV_PYTHON := .venv/Scripts/python.exe
else
VENV_PYTHON := .venv/bin/python
endif
STAMP := .venv/.installed

# Another course may have set these; here they would bring in its packages, or send ours elsewhere.
unexport PYTHONPATH PYTHONHOME PIP_USER PIP_TARGET PIP_PREFIX

.DEFAULT_GOAL := help
.PHONY: help lab test coverage matrix notebooks lint format minutes lock clean
.PHONY: workbook progress check-mine nbgrader handout slides guide playground class bench box site lite
.PHONY: setup release

help:  ## list these commands
	@echo "make setup      set everything up in .venv, and open nothing"
	@echo "make lab        open the course in JupyterLab"
	@echo "make workbook   write your own copy of the chapters into workbook: functions to write, checks"
	@echo "make progress   what is written in your workbook, and what is next"
	@echo "make check-mine run the tests of nnlib on the package in your workbook"
	@echo "make test       run every test: the package, the course, every notebook"
	@echo "make coverage   which branches of nnlib its tests reach"
	@echo "make matrix     test nnlib with the oldest and the newest NumPy and matplotlib"
	@echo "make notebooks  weave the chapters that have changed, and nnlib"
	@echo "make lint       check the form of the code and the rules of the chapters"
	@echo "make format     bring the code and the package cells of the chapters into form"
	@echo "make minutes    how long each chapter takes"
	@echo "make playground write build/playground.html: a network that learns before your eyes, in a browser"
	@echo "make bench      time nnlib beside its limit and its peers: 20 minutes, on a quiet machine"
	@echo "make handout    write a folder for a class: chapters without solutions, and all they need"
	@echo "make slides     cut the chapters into slides: a deck, a hand-out and a PDF of each"
	@echo "make guide      write the instructor's guide: a page for each lecture, to print"
	@echo "make box        write a folder for a USB stick: course, wheels for every system, decks"
	@echo "make site       build the book as a web page, and an EPUB, into build/site"
	@echo "make release    build and try what a version consists of, into build/release; it sets no tag"
	@echo "make lite       build the course for a browser with nothing installed, into build/lite"
	@echo "make nbgrader   write the workbook as assignments for nbgrader"
	@echo "make class DIR=submitted  a table of what a class has written; it names nobody"
	@echo "make lock       write requirements.txt anew from requirements.in"
	@echo "make clean      remove what these commands made (.venv and the caches)"
	@echo
	@echo "PYTHON=python3.12 make lab  makes .venv with that Python (3.11 or newer; now: $(PYTHON));"
	@echo "                            where there is a .venv already, run make clean first"

# Set-up runs again only when what it reads has changed. The lock names every package, so pip has
# nothing to look for (--no-deps): it would stumble over a newer version of what another one needs.
$(STAMP): requirements.txt pyproject.toml
	@"$(PYTHON)" -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
		{ echo "Python 3.11 or newer is needed; name one: PYTHON=python3.12 make …"; exit 1; }
	@echo "Setting the course up in .venv: 1 to 2 minutes, 0.75 GB. This happens once."
	"$(PYTHON)" -m venv .venv
	$(VENV_PYTHON) -m pip install --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	$(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

setup: $(STAMP)

lab: $(STAMP)
	@$(VENV_PYTHON) -m course lab

test: $(STAMP)
	@$(VENV_PYTHON) -m course test

workbook: $(STAMP)
	@$(VENV_PYTHON) -m course workbook

progress: $(STAMP)
	@$(VENV_PYTHON) -m course progress

check-mine: $(STAMP)
	@$(VENV_PYTHON) -m course check-mine

# The first time needs a network and npm: MathJax comes into build/vendor.
handout: $(STAMP)
	@$(VENV_PYTHON) -m course handout --print

# Needs a package index: wheels for three systems and four versions of Python. FOR=linux-3.11 takes one.
box: $(STAMP)
	@$(VENV_PYTHON) -m course box $(addprefix --for=,$(FOR))

# The first time needs a network and npm: reveal.js and MathJax come into build/vendor.
slides: $(STAMP)
	@$(VENV_PYTHON) -m course slides --pdf

guide: $(STAMP)
	@$(VENV_PYTHON) -m course guide

playground: $(STAMP)
	@$(VENV_PYTHON) -m course playground

site: $(STAMP)
	@$(VENV_PYTHON) -m course site --epub

# From a clean tree; runs the tests first. TESTED=1 where that was done.
release: $(STAMP)
	@$(VENV_PYTHON) -m course release $(if $(TESTED),--tested)

# The first time needs a package index and npm. LITE_RUNTIME=DIR takes Pyodide from a folder.
lite: $(STAMP)
	@$(VENV_PYTHON) -m course lite

nbgrader: $(STAMP)
	@$(VENV_PYTHON) -m course nbgrader

class: $(STAMP)
	@test -n "$(DIR)" || { echo "Say where the workbooks are: make class DIR=submitted"; exit 1; }
	@$(VENV_PYTHON) -m course class "$(DIR)"

coverage: $(STAMP)
	@$(VENV_PYTHON) -m course coverage

# Needs a package index: it makes two environments of its own under build/.
matrix: $(STAMP)
	@$(VENV_PYTHON) -m course matrix

notebooks: $(STAMP)
	@$(VENV_PYTHON) -m course weave

lint: $(STAMP)
	@$(VENV_PYTHON) -m course lint

minutes: $(STAMP)
	@$(VENV_PYTHON) -m course minutes

# Peers that are installed take part (pip install -e ".[bench]"), in this environment or another:
# PEERS=/path/to/python make bench. What slows NumPy's BLAS down on some machines is unset.
PEERS ?= $(VENV_PYTHON)
bench: $(STAMP)
	env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE $(PEERS) -m bench
	env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE $(PEERS) -m bench --cores 2
	env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE $(PEERS) -m bench.others

format: $(STAMP)
	@$(VENV_PYTHON) -m course format

# Universal: one file for every system and every Python from 3.11 on. No host name stands in it.
# Extras stay: an older pip does not find `coverage[toml]` where the lock has `coverage` alone.
COMPILE = $(VENV_PYTHON) -m uv pip compile --universal --python-version 3.11 \
	--generate-hashes --no-header --no-strip-extras --quiet --upgrade
lock: $(STAMP)
	$(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check uv
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-lite.in -c requirements.txt -o requirements-lite.txt

clean:
	rm -rf .venv build dist .pytest_cache .hypothesis .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find notebooks -name .ipynb_checkpoints -type d -prune -exec rm -rf {} +
