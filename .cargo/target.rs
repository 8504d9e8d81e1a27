//! Cargo's build script: the target's triple, which cargo tells nobody else, for `--version`.
#![allow(clippy::print_stdout, reason = "this is how cargo is told")]

fn main() {
    let target = std::env::var("TARGET").unwrap_or_default();
    println!("cargo::rustc-env=INFLUX_TARGET={target}");
    println!("cargo::rerun-if-changed=.cargo/target.rs");
}
