# mtlbench: the two commands that matter are `make bench` and `make test`.

SUITE ?= suites/bench.yaml
DB ?= results/mtlbench.sqlite
PROGRAM = .build/release/mtlbench
PREFIX ?= /usr/local
STATIC = .build/static
ARCHIVES = libsqlite3.a libboost_iostreams.a libstdc++.a libz.a libbz2.a liblzma.a
PERF = .build/release/mtlbench-perf
PERF_DB = results/perf.sqlite
PEERS = .venv-peers/bin/python
PYTHON ?= python3
SOURCES = Sources Tests Package.swift

.PHONY: help setup build install dist wheel bench reference smoke test test-slow test-slurm test-dist test-python mutants soundness separation limits verify peers perf format lint clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## install what is missing of the system packages
	@./setup.sh

build: setup ## build the program, optimised
	swift build -c release --product mtlbench

install: build ## put program, suites, man page and completions below PREFIX (default /usr/local)
	python3 python/stage.py $(PROGRAM) $(DESTDIR)$(PREFIX)

dist: setup ## a program that needs nothing installed, as tar.gz and wheel in dist/
	@set -e; mkdir -p $(STATIC)/archives; for archive in $(ARCHIVES); do \
	  file=$$(gcc -print-file-name=$$archive); \
	  if [ ! -e "$$file" ]; then echo "make dist needs $$archive (on Debian: apt-get install libsqlite3-dev \
	libboost-iostreams-dev zlib1g-dev libbz2-dev liblzma-dev)" >&2; exit 1; fi; \
	  ln -sf "$$file" $(STATIC)/archives/; done
	swift build -c release --product mtlbench --scratch-path $(STATIC) --static-swift-stdlib \
	  -Xlinker -L$(CURDIR)/$(STATIC)/archives -Xlinker -lz -Xlinker -lbz2 -Xlinker -llzma \
	  -Xlinker $$(gcc -print-file-name=libgcc_eh.a)
	rm -rf dist
	python3 python/package.py $(STATIC)/release/mtlbench dist

wheel: ## the Python package alone, in dist/
	python3 python/package.py - dist

bench: build ## run SUITE (default: the bench), print the verdict, write tables and plots
	$(PROGRAM) run $(SUITE) --db $(DB)

reference: build ## make results/reference again from the bench's database
	rm -rf results/reference/tables
	mkdir -p results/reference/tables
	$(PROGRAM) run $(SUITE) --db $(DB) --quiet --verbose > results/reference/bench.txt
	cp results/tables/bench/*.md results/reference/tables/
	for table in overview verdict ranking failures; do \
	  mv results/reference/tables/$$table.md results/reference/; done
	for plot in delta-m critical-difference heat-map performance-profiles narrowmix-adam-static-front \
	  noise8-adam-expected-validation noise8-adam-learning-curves; do \
	  cp results/plots/bench/$$plot.svg results/reference/; done

smoke: build ## a run of seconds over every part
	$(PROGRAM) run suites/smoke.yaml --db results/smoke.sqlite

test: setup ## all tests but the slow ones
	swift build --build-tests
	swift test --skip-build --skip SlowTests

test-slow: setup ## the tests that take minutes
	SLOW_TESTS=1 swift test

mutants: setup ## break each rule of fairness, verdict and statistics once: a test must fail, an hour or more
	@mkdir -p .build; python3 Tests/Mutants/mutants.py > .build/mutants.txt; status=$$?; \
	  tail -n 1 .build/mutants.txt; mv .build/mutants.txt results/reference/; exit $$status

soundness: build ## ask whether the verdicts survive the protocol's own choices, an hour or two
	@mkdir -p results/reference
	@python3 Tests/Soundness/soundness.py $(PROGRAM) > results/reference/soundness.txt; status=$$?; \
	  cat results/reference/soundness.txt; exit $$status

separation: build ## run all methods on the bench's problems: how well each tells them apart; numpy and scipy needed
	$(PROGRAM) run suites/methods.yaml --db results/methods.sqlite --out results/methods --quiet
	{ printf '# How well the problems of the bench tell the methods apart\n\nMade by `make separation` from '; \
	  printf '[suites/methods.yaml](../../suites/methods.yaml); what the columns are says the head of '; \
	  printf '[Tests/Peers/separation.py](../../Tests/Peers/separation.py).\n\n'; \
	  python3 Tests/Peers/separation.py results/methods.sqlite methods --names; } > results/reference/separation.md

limits: build ## measure large stores, hundreds of tasks and large files against their limits
	python3 Tests/Speed/limits.py $(PROGRAM)

test-slurm: build ## run a suite as an array under a Slurm of one node, disturb it, compare every row
	@python3 Tests/Slurm/slurm.py $(PROGRAM)

test-dist: dist ## install the wheel in an empty environment and run it
	python3 Tests/Dist/dist.py dist

test-python: build ## the Python package's tests, and TorchJD's rules where they are installed (PYTHON)
	cd python && MTLBENCH=$(CURDIR)/$(PROGRAM) $(PYTHON) -m pytest -q

verify: build ## replay the reference cases
	$(PROGRAM) verify

peers: ## install the programs that perf compares with, about 6 GB
	python3 -m venv .venv-peers
	$(PEERS) -m pip install -q -r Tests/Peers/requirements.txt

perf: build ## measure this machine into results/perf.md, beside the peers where installed
	swift build -c release --product mtlbench-perf
	printf '# Measured speed\n\nMade by `make perf`.\n\n' > results/perf.md
	$(PERF) --program $(PROGRAM) --suite suites/bench.yaml --db $(PERF_DB) >> results/perf.md
	@if [ -x $(PEERS) ]; then set -e; \
	  $(PEERS) Tests/Peers/parity.py $(PERF) >> results/perf.md; \
	  $(PEERS) Tests/Peers/compare.py $(PERF) --db $(PERF_DB) >> results/perf.md; \
	else echo "no comparison with other programs: run 'make peers' first"; fi

format: ## rewrite the source in the project's format
	swift format format -i --recursive $(SOURCES)

lint: ## refuse source that is not in the project's format
	swift format lint --strict --recursive $(SOURCES)

clean: ## remove build products, keep results
	rm -rf .build
