# Two commands do everything on a machine that has Swift and make:
#   make demo   installs the system libraries, builds, mines an embedded registry, and compares seven others
#   make test   installs and runs every check
# Besides: make ecosystem NAME=Hex, make conformance, make promises, make soak KILLS=500, make fuzz SECONDS_EACH=60,
# make bench-small, make bench, make test-ecosystem, make release, make recording, make lint, make clean
# For use and for others: make install PREFIX=/usr/local, make uninstall, make wheel, make deb, make dist, make dist-check,
# make image-check
SHELL := /bin/bash
SWIFT ?= swift
DEBIAN_LIBRARIES := libbrotli-dev libbz2-dev libcurl4-openssl-dev liblzma-dev libsimdjson-dev libsqlite3-dev \
	libssl-dev libxml2-dev libzstd-dev pkg-config zlib1g-dev
DEBIAN_TEST_TOOLS := nginx openssl python3-venv sqlite3 strace
DEBIAN_BENCH_TOOLS := golang-go golang-golang-x-mod-dev libxml2-utils nghttp2-client nginx openssl python3 \
	python3-venv sqlite3 wrk
DEBIAN_PACKAGE_TOOLS := binutils dpkg-dev python3
DEBIAN_CHECK_TOOLS := debootstrap lintian
DEBIAN_ECOSYSTEM_TOOLS := default-jre-headless python3-venv
DEBIAN_WHEEL_TOOLS := binutils debootstrap patchelf python3-venv
PREFIX ?= /usr/local
DESTDIR ?=
SOURCES := Package.swift Sources Plugins Tests

.PHONY: demo test test-ecosystem ecosystem conformance promises soak fuzz lint libraries test-programs test-tools build \
	release wheel recording clean help bench bench-small bench-tools install uninstall deb dist dist-check image-check \
	package-tools

help:
	@sed -n '2,3s/^# *//p' Makefile

demo: libraries
	@.make/demo

test: libraries test-programs
	@.make/test

# `pkgmine identify` inside DuckDB, pandas and Spark: see .make/test-ecosystem.
test-ecosystem: libraries
	@.make/install $(DEBIAN_ECOSYSTEM_TOOLS)
	@.make/test-ecosystem

# Begins an ecosystem of that NAME. KIND is pages, dump or feed: see .make/ecosystem.
KIND ?= pages
ecosystem:
	@.make/ecosystem '$(NAME)' '$(KIND)'

# Every promise, attacked with every fault, for each miner that stands by it, and a table of what came of it.
conformance: libraries
	@.make/conformance

# What the table of Tests/Promises.md says: the checks of `make test`, counted.
promises: libraries test-tools
	@.make/promises

# kill -9 at moments that follow from SEED (by default the time of day), in every step of a run.
KILLS ?= 500
soak: libraries test-tools
	@.make/soak $(KILLS) $(SEED)

lint:
	@$(SWIFT) format lint --strict --recursive $(SOURCES)

SECONDS_EACH ?= 60
fuzz: libraries
	@.make/fuzz $(SECONDS_EACH)

build: libraries
	$(SWIFT) build

release: libraries
	$(SWIFT) build -c release --product pkgmine
	@echo "built: $$($(SWIFT) build -c release --show-bin-path)/pkgmine"

# What pip installs, command and Python module, into dist/: see .make/wheel.
wheel: libraries
	@.make/install $(DEBIAN_WHEEL_TOOLS)
	@.make/wheel

# The program, its manual pages and its completions, below PREFIX; DESTDIR stands before it where a package is made.
install: libraries package-tools
	@.make/install-tool '$(PREFIX)' '$(DESTDIR)'

uninstall:
	@.make/uninstall-tool '$(PREFIX)' '$(DESTDIR)'

# A Debian package, into dist/, held to lintian and installed in a bare Debian 12.
deb: libraries package-tools
	@.make/install $(DEBIAN_CHECK_TOOLS)
	@.make/deb-check "$$(.make/deb)"

# What is committed, as an archive in dist/; and, in minutes, whether that builds and says its version.
dist:
	@.make/dist

dist-check: dist libraries
	@.make/dist-check

# What the Dockerfile says, followed without an engine.
image-check: libraries package-tools
	@.make/install $(DEBIAN_CHECK_TOOLS)
	@.make/image-check

# What the README shows of a first run: see .make/recording.
recording: libraries
	@.make/recording

bench: libraries bench-tools
	@.make/bench full

bench-small: libraries bench-tools
	@.make/bench small

bench-tools:
	@.make/install $(DEBIAN_BENCH_TOOLS)

libraries:
	@.make/install $(DEBIAN_LIBRARIES)

package-tools:
	@.make/install $(DEBIAN_PACKAGE_TOOLS)

test-programs:
	@.make/install $(DEBIAN_TEST_TOOLS)

test-tools: test-programs
	@.make/python-tools

clean:
	rm -rf .build dist
