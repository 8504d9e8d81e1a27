//! The build script. It passes the target triple on to `--version`, because cargo only tells build
//! scripts what it is.
#![allow(
    clippy::print_stdout,
    reason = "build scripts talk to cargo on standard output"
)]

fn main() {
    let target = std::env::var("TARGET").unwrap_or_default();
    println!("cargo::rustc-env=INFLUX_TARGET={target}");
    println!("cargo::rerun-if-changed=.cargo/target.rs");
}
