//! What `--version` says: version, revision, target and TLS library, on one line.

/// The line. `make` gives the revision; a build without it, or without git, leaves it out.
pub fn line() -> String {
    let revision = match option_env!("INFLUX_REVISION") {
        Some(revision) if !revision.is_empty() => ["git: ", revision, ", "].concat(),
        _ => String::new(),
    };
    let (version, target) = (env!("CARGO_PKG_VERSION"), env!("INFLUX_TARGET"));
    [
        "influx ", version, " (", &revision, target, ", ", TLS, ")\n",
    ]
    .concat()
}

/// The library, as Cargo.lock has it: a test compares the two.
const TLS: &str = "rustls 0.23.46";
