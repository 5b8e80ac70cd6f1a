# Two commands do everything on a machine that has Swift and make:
#   make demo   installs the system libraries, builds, and mines an embedded registry
#   make test   installs and runs every check
SHELL := /bin/bash
SWIFT ?= swift
DEBIAN_LIBRARIES := libbrotli-dev libcurl4-openssl-dev libsimdjson-dev libsqlite3-dev libssl-dev libzstd-dev \
	pkg-config zlib1g-dev
DEBIAN_TEST_TOOLS := nginx openssl python3 sqlite3
DEBIAN_BENCH_TOOLS := nginx openssl python3 python3-venv sqlite3
SOURCES := Package.swift Sources Plugins Tests Benchmarks

.PHONY: demo test lint libraries test-tools build release clean help bench bench-small bench-tools

help:
	@sed -n '2,3s/^# *//p' Makefile

demo: libraries
	@Scripts/demo

test: libraries test-tools lint
	@Scripts/test

lint:
	@$(SWIFT) format lint --strict --recursive $(SOURCES)

build: libraries
	$(SWIFT) build

release: libraries
	$(SWIFT) build -c release --product pkgmine
	@echo "built: $$($(SWIFT) build -c release --show-bin-path)/pkgmine"

bench: libraries bench-tools
	@Scripts/bench full

bench-small: libraries bench-tools
	@Scripts/bench small

bench-tools:
	@Scripts/install $(DEBIAN_BENCH_TOOLS)

libraries:
	@Scripts/install $(DEBIAN_LIBRARIES)

test-tools:
	@Scripts/install $(DEBIAN_TEST_TOOLS)

clean:
	rm -rf .build
