# Builds, tests and installs influx. `make help` lists the targets. As root, `make TARGET INSTALL=1` also
# installs the Debian packages that the target needs.

TARGET ?= x86_64-unknown-linux-musl
CARGO ?= cargo
DESTDIR ?=
prefix ?= /usr/local
# The name that the program is installed under.
program_name ?= influx
BUILT = $(or $(CARGO_TARGET_DIR),target)
BINARY = $(BUILT)/$(TARGET)/release/influx
# The targets of `make dist`, `make deb` and `make image`. If you set DIST_TARGETS yourself, a target that
# cannot be built here is skipped. Otherwise it is an error.
DIST_TARGETS ?= x86_64-unknown-linux-musl aarch64-unknown-linux-musl armv7-unknown-linux-musleabihf
ALL = $(if $(filter file,$(origin DIST_TARGETS)),--all)
export CARGO

INSTALLED = $(DESTDIR)$(prefix)/bin/$(program_name)
SHARE = $(DESTDIR)$(prefix)/share
MANUAL = $(SHARE)/man/man1/$(program_name).1
BASH = $(SHARE)/bash-completion/completions/$(program_name)
ZSH = $(SHARE)/zsh/site-functions/_$(program_name)
FISH = $(SHARE)/fish/vendor_completions.d/$(program_name).fish
# Debian's fish only looks in /usr/local/share if XDG_DATA_DIRS is set. Login shells do not set it.
FISH_LOCAL = $(if $(filter /usr/local,$(prefix:/=)),$(DESTDIR)/etc/fish/completions/$(program_name).fish)

.PHONY: all test test-live lint demo budget bench figures dist deb image vendor reproduce supply install uninstall clean help

all: ## Build the static binary, target/TARGET/release/influx (rustup, C compiler)
	@.ci/build $(TARGET)

# `install` builds only if there is no binary yet, because root often has no cargo.
$(BINARY):
	@.ci/build $(TARGET)

test: ## Run all tests, without a network (cargo, C compiler)
	.ci/cargo test --locked

test-live: ## Run the tests that need a real InfluxDB (INFLUX_TEST_HOST, INFLUX_TEST_TOKEN)
	@[ "$$INFLUX_TEST_HOST" ] && [ "$$INFLUX_TEST_TOKEN" ] || { echo 'Error: the live tests need a server. Set INFLUX_TEST_HOST and INFLUX_TEST_TOKEN.' >&2; exit 1; }
	.ci/cargo test --locked --test tests live:: -- --ignored --nocapture

lint: ## Check the formatting, and run clippy with warnings as errors (rustfmt, clippy)
	.ci/cargo fmt --check
	.ci/cargo clippy --locked --all-targets -- -D warnings

demo: ## Build, then run example commands against a stand-in server (cargo, C compiler)
	@.ci/demo $(TARGET)

budget: all ## Check the limits for size, instructions, CPU time and memory (valgrind, curl, jq, binutils)
	.ci/budget $(BINARY)

bench: all ## Compare with curl and InfluxData's client, INFLUX_REFERENCE (curl, valgrind, strace, binutils)
	.ci/bench $(BINARY)

figures: dist ## Measure size and speed, and update the README (see bench, budget and dist)
	.ci/bench $(BINARY) --write
	WRITE_FIGURES=1 .ci/budget $(BINARY)
	WRITE_FIGURES=1 .ci/portable $(DIST_TARGETS)

dist: ## Write the releases of DIST_TARGETS to target/dist (one C compiler per target, dpkg)
	.ci/dist $(ALL) $(DIST_TARGETS)

deb: ## Write Debian packages to target/influx-auth_VERSION_ARCH.deb (see dist)
	.ci/deb $(ALL) $(DIST_TARGETS)

image: ## Write container images of DIST_TARGETS to target (see dist)
	.ci/image $(ALL) $(DIST_TARGETS)

vendor: ## Download all sources, so that later builds need no network (rustup)
	.ci/vendor

reproduce: dist ## Build the releases again in another directory, offline, and compare them (iproute2)
	.ci/reproduce $(DIST_TARGETS)

supply: ## Check the dependencies, and list the crates and their licences (cargo)
	.ci/supply $(TARGET)

install: $(BINARY) ## Install to DESTDIR/prefix (default /usr/local) as program_name (default influx)
	@.ci/fresh $(BINARY)
	install -Dm755 $(BINARY) $(INSTALLED)
	mkdir -p $(dir $(MANUAL) $(BASH) $(ZSH) $(FISH) $(FISH_LOCAL))
	$(INSTALLED) man >$(MANUAL)
	$(INSTALLED) completion bash >$(BASH)
	$(INSTALLED) completion zsh >$(ZSH)
	$(INSTALLED) completion fish >$(FISH)
	$(if $(FISH_LOCAL),cp $(FISH) $(FISH_LOCAL))

uninstall: ## Remove what `make install` installed with the same DESTDIR, prefix and program_name
	rm -f $(INSTALLED) $(MANUAL) $(BASH) $(ZSH) $(FISH) $(FISH_LOCAL)

clean: ## Remove build output, but not the sources that `make vendor` downloaded (cargo)
	.ci/cargo clean

help: ## List the targets and the tools they need (as root, INSTALL=1 installs missing tools)
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12
