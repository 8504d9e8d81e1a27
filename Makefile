# Builds, tests and installs influx. `make help` lists the targets.

TARGET ?= x86_64-unknown-linux-musl
CARGO ?= cargo
DESTDIR ?=
prefix ?= /usr/local
BUILT = $(or $(CARGO_TARGET_DIR),target)
BINARY = $(BUILT)/$(TARGET)/release/influx
# What `make dist` and `make image` build; others that rustup has may be added.
DIST_TARGETS ?= x86_64-unknown-linux-musl aarch64-unknown-linux-musl
export CARGO

.PHONY: all test test-live lint demo budget bench dist image vendor reproduce supply install clean help

all: ## Build the static binary, target/TARGET/release/influx
	@.ci/build $(TARGET)
	@echo "built $(BINARY), $$(stat -c %s $(BINARY)) bytes"

test: ## Run all tests; they need no network
	$(CARGO) test --locked

test-live: ## Run the main job and configs against a real InfluxDB (INFLUX_TEST_HOST, INFLUX_TEST_TOKEN)
	$(CARGO) test --locked --test tests live:: -- --nocapture

lint: ## Check the format, and the code with all warnings denied
	$(CARGO) fmt --check
	$(CARGO) clippy --locked --all-targets -- -D warnings

demo: all ## Build, then do the main job against a stand-in server
	$(CARGO) run --quiet --locked --example demo -- $(BINARY)

budget: all ## Check size, independence, instructions, memory and time of the binary
	.ci/budget $(BINARY)

bench: all ## Compare with curl, another influx (INFLUX_REFERENCE) and a floor; prints tables
	.ci/bench $(BINARY)

dist: ## Pack a release for each of DIST_TARGETS into target/dist
	.ci/dist $(DIST_TARGETS)

image: ## Write a container image for all of DIST_TARGETS to target/image
	.ci/image $(DIST_TARGETS)

vendor: ## Fetch all sources, so that builds need no network from then on
	.ci/vendor

reproduce: all ## Build once more elsewhere, without a network, and compare the bytes
	.ci/reproduce $(TARGET)

supply: ## Check the dependencies: named ones, permitted licences, none yanked or unmaintained
	.ci/supply $(TARGET)

install: all ## Install program, manual and completions to DESTDIR/prefix (prefix is /usr/local)
	install -Dm755 $(BINARY) $(DESTDIR)$(prefix)/bin/influx
	mkdir -p $(DESTDIR)$(prefix)/share/man/man1 $(DESTDIR)$(prefix)/share/bash-completion/completions \
		$(DESTDIR)$(prefix)/share/zsh/site-functions $(DESTDIR)$(prefix)/share/fish/vendor_completions.d
	$(BINARY) man >$(DESTDIR)$(prefix)/share/man/man1/influx.1
	$(BINARY) completion bash >$(DESTDIR)$(prefix)/share/bash-completion/completions/influx
	$(BINARY) completion zsh >$(DESTDIR)$(prefix)/share/zsh/site-functions/_influx
	$(BINARY) completion fish >$(DESTDIR)$(prefix)/share/fish/vendor_completions.d/influx.fish

clean: ## Remove everything built
	$(CARGO) clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12
