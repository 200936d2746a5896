# Everything runs in .venv, which is made when it is needed. PYTHON is the interpreter that makes it (3.11 or newer).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := demo
KG := $(BIN)/kg

.PHONY: help demo test lint bench picture quality clean
.DELETE_ON_ERROR:

help:
	@echo "make demo     the graph of the examples: queries and a page to open"
	@echo "make test     all tests, in two processes"
	@echo "make lint     style, types and import contracts"
	@echo "make bench    speed beside bare spaCy, processes, how a store grows, the page; writes benchmarks/RESULTS.md"
	@echo "make picture  the picture of the README, from the page of make demo"
	@echo "make quality  scores against the gold articles"
	@echo "make clean    remove what make has made"

# An old pip cannot resolve the dependencies, so it is upgraded before it is used.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "kg needs Python 3.11 or newer: make PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(READY)
	@rm -rf $(DEMO)
	@mkdir $(DEMO)
	$(KG) build examples --store $(DEMO)/kg.store -o $(DEMO)/graph.trig
	$(KG) stats --store $(DEMO)/kg.store
	@echo
	@echo "# Who launched missiles, and when?"
	@echo 'SELECT ?date ?event { ?e a kg:MissileLaunch ; rdfs:label ?event OPTIONAL { ?e kg:date ?date } } ORDER BY ?date ?event' | $(KG) query - --store $(DEMO)/kg.store
	@echo
	@echo "# Who cooperates with whom?"
	@echo 'SELECT DISTINCT ?a ?b { ?x kg:cooperatesWith ?y . ?x skos:prefLabel ?a . ?y skos:prefLabel ?b FILTER (STR(?a) < STR(?b)) } ORDER BY ?a ?b' | $(KG) query - --store $(DEMO)/kg.store
	@echo
	@echo "# Why does it say that troops were deployed to Kursk?"
	$(KG) explain troops deployed Kursk --store $(DEMO)/kg.store
	$(KG) validate --store $(DEMO)/kg.store
	$(KG) view --store $(DEMO)/kg.store -o $(DEMO)/graph.html
	@echo
	@echo "Open $(DEMO)/graph.html in a browser; $(DEMO)/graph.trig is the graph for a triple store."
	@echo "Ask more: $(KG) query --list --store $(DEMO)/kg.store"

# Two processes, each with a language model (1 GB); what both must make for their tests stays little, as each begins with
# its half of the files and takes from the other's only at the end.
test: $(READY)
	$(BIN)/python -m pytest -n 2 --dist worksteal

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/jobs.py --update
	$(BIN)/python benchmarks/scale.py --update
	$(BIN)/python benchmarks/page.py --update

picture: demo
	$(BIN)/python benchmarks/picture.py $(DEMO)/graph.html page.png

quality: $(READY)
	$(BIN)/python benchmarks/quality.py

clean:
	rm -rf $(VENV) $(DEMO) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
