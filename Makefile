# Builds, tests and installs influx. `make help` lists the targets.

TARGET ?= x86_64-unknown-linux-musl
CARGO ?= cargo
DESTDIR ?=
prefix ?= /usr/local
BINARY = target/$(TARGET)/release/influx

.PHONY: all test test-live lint demo budget install clean help

all: target ## Build the static binary, target/TARGET/release/influx
	$(CARGO) build --release --locked --target $(TARGET)
	@echo "built $(BINARY), $$(stat -c %s $(BINARY)) bytes"

# A new machine has the host's target alone.
.PHONY: target
target:
	@rustup target list --installed | grep -qx $(TARGET) || \
		{ echo "adding the Rust target $(TARGET)"; rustup target add $(TARGET); }

test: ## Run all tests; they need no network
	$(CARGO) test --locked

test-live: ## Run the main job against a real InfluxDB (INFLUX_TEST_HOST, INFLUX_TEST_TOKEN)
	$(CARGO) test --locked --test tests live:: -- --nocapture

lint: ## Check the format, and the code with all warnings denied
	$(CARGO) fmt --check
	$(CARGO) clippy --locked --all-targets -- -D warnings

demo: all ## Build, then do the main job against a stand-in server
	$(CARGO) run --quiet --locked --example demo -- $(BINARY)

budget: all ## Check size, independence, instructions, memory and time of the binary
	.ci/budget $(BINARY)

install: all ## Install to DESTDIR/prefix/bin (prefix is /usr/local)
	install -Dm755 $(BINARY) $(DESTDIR)$(prefix)/bin/influx

clean: ## Remove everything built
	$(CARGO) clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12
