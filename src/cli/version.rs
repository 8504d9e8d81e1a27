//! `--version`: version, revision, target and TLS library, on one line.

/// The library as in Cargo.lock; a test compares the two.
const TLS: &str = "rustls 0.23.46";

/// The line. `make` passes the revision; builds without it or without git leave it out.
pub fn line() -> String {
    let revision = match option_env!("INFLUX_REVISION") {
        Some(revision) if !revision.is_empty() => format!("git: {revision}, "),
        _ => String::new(),
    };
    let (version, target) = (env!("CARGO_PKG_VERSION"), env!("INFLUX_TARGET"));
    format!("influx {version} ({revision}{target}, {TLS})\n")
}
