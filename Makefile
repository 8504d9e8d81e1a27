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
# What `make dist`, `make deb` and `make image` build. They fail if they cannot build all of these, unless
# you name the targets yourself.
DIST_TARGETS ?= x86_64-unknown-linux-musl aarch64-unknown-linux-musl armv7-unknown-linux-musleabihf
ALL = $(if $(filter file,$(origin DIST_TARGETS)),--all)
export CARGO

INSTALLED = $(DESTDIR)$(prefix)/bin/$(program_name)
SHARE = $(DESTDIR)$(prefix)/share
MANUAL = $(SHARE)/man/man1/$(program_name).1
BASH = $(SHARE)/bash-completion/completions/$(program_name)
ZSH = $(SHARE)/zsh/site-functions/_$(program_name)
FISH = $(SHARE)/fish/vendor_completions.d/$(program_name).fish
# Debian's fish looks in /usr/local/share only if XDG_DATA_DIRS is set, which it is not in a login shell.
FISH_LOCAL = $(if $(filter /usr/local,$(prefix:/=)),$(DESTDIR)/etc/fish/completions/$(program_name).fish)

.PHONY: all test test-live lint demo budget bench figures dist deb image vendor reproduce supply install uninstall clean help

all: ## Build the static binary, target/TARGET/release/influx (rustup; C compiler)
	@.ci/build $(TARGET)

# For `install`, which builds only if there is no binary yet: root may have no cargo.
$(BINARY):
	@.ci/build $(TARGET)

test: ## Run all tests, without a network (cargo; C compiler)
	.ci/cargo test --locked

test-live: ## Run the tests that need a real InfluxDB (INFLUX_TEST_HOST, INFLUX_TEST_TOKEN)
	@[ "$$INFLUX_TEST_HOST" ] && [ "$$INFLUX_TEST_TOKEN" ] || { echo 'Error: set INFLUX_TEST_HOST and INFLUX_TEST_TOKEN: the live tests need a server' >&2; exit 1; }
	.ci/cargo test --locked --test tests live:: -- --ignored --nocapture

lint: ## Check the format and the code, with warnings as errors (rustfmt, clippy)
	.ci/cargo fmt --check
	.ci/cargo clippy --locked --all-targets -- -D warnings

demo: ## Build, then show the program at work against a stand-in server (cargo; C compiler)
	@.ci/demo $(TARGET)

budget: all ## Check size, independence, instructions, memory and time (valgrind, curl, jq, binutils)
	.ci/budget $(BINARY)

bench: all ## Compare with curl and with InfluxData's client, INFLUX_REFERENCE (curl, valgrind, strace)
	.ci/bench $(BINARY)

figures: dist ## Measure what the README says about size and speed, and write it there (as bench and dist)
	.ci/bench $(BINARY) --write
	WRITE_FIGURES=1 .ci/budget $(BINARY)
	WRITE_FIGURES=1 .ci/portable $(DIST_TARGETS)

dist: ## Pack releases of DIST_TARGETS into target/dist (a C compiler for each; INSTALL=1 installs it)
	.ci/dist $(ALL) $(DIST_TARGETS)

deb: ## Write Debian packages of DIST_TARGETS into target: influx-auth_VERSION_ARCH.deb (as dist; dpkg)
	.ci/deb $(ALL) $(DIST_TARGETS)

image: ## Write container images of DIST_TARGETS into target (as dist)
	.ci/image $(ALL) $(DIST_TARGETS)

vendor: ## Download all sources, so that nothing needs a network from then on
	.ci/vendor

reproduce: dist ## Build the releases again elsewhere, without a network, and compare the bytes (iproute2)
	.ci/reproduce $(DIST_TARGETS)

supply: ## Check the dependencies, and list the crates with their licences (cargo)
	.ci/supply $(TARGET)

install: $(BINARY) ## Install the program to DESTDIR/prefix (/usr/local) as program_name (influx)
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

clean: ## Remove everything that was built, but not what `make vendor` downloaded (cargo)
	.ci/cargo clean

help: ## List the targets, with what each needs in brackets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12
