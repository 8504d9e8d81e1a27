//! `--version`: version, revision, target and TLS library, on one line.

/// The TLS library. A test compares it with Cargo.lock.
const TLS: &str = "rustls 0.23.46";

/// `make` sets `INFLUX_REVISION`, from git or from the source archive. A build with plain cargo has no
/// revision.
pub fn line() -> String {
    let revision = match option_env!("INFLUX_REVISION") {
        Some(revision) if !revision.is_empty() => format!("git: {revision}, "),
        _ => String::new(),
    };
    let (version, target) = (env!("CARGO_PKG_VERSION"), env!("INFLUX_TARGET"));
    format!("influx {version} ({revision}{target}, {TLS})\n")
}
