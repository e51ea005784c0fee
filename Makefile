# mtlbench: the two commands that matter are `make bench` and `make test`.

SUITE ?= suites/bench.yaml
DB ?= results/mtlbench.sqlite
PROGRAM = .build/release/mtlbench
SOURCES = Sources Tests Package.swift

.PHONY: help setup build bench reference smoke test test-slow verify format lint clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## install what is missing of the system packages
	@./setup.sh

build: setup ## build the program, optimised
	swift build -c release --product mtlbench

bench: build ## run SUITE (default: the bench), print the verdict, write tables and plots
	$(PROGRAM) run $(SUITE) --db $(DB)

reference: build ## make results/reference again from the bench's database
	mkdir -p results/reference
	$(PROGRAM) run $(SUITE) --db $(DB) --quiet > results/reference/bench.txt
	cp results/tables/bench/*.md results/reference/
	for plot in delta-m critical-difference heat-map conflict-static-front mixed-learning-curves; do \
	  cp results/plots/bench/$$plot.svg results/reference/; done

smoke: build ## a run of seconds over every part
	$(PROGRAM) run suites/smoke.yaml --db results/smoke.sqlite

test: setup ## all tests but the slow ones
	swift build --build-tests
	swift test --skip-build --skip SlowTests

test-slow: setup ## the tests that take minutes
	SLOW_TESTS=1 swift test

verify: build ## replay the reference cases
	$(PROGRAM) verify

format: ## rewrite the source in the project's format
	swift format format -i --recursive $(SOURCES)

lint: ## refuse source that is not in the project's format
	swift format lint --strict --recursive $(SOURCES)

clean: ## remove build products, keep results
	rm -rf .build
