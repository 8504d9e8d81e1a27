//! `make demo`: runs the program named by the first argument against a stand-in InfluxDB on loopback,
//! which keeps state, and fails where what it was told does not hold afterwards. `demo serve` is the
//! server alone, until standard input ends; `demo serve CERTIFICATE KEY` serves TLS beside it.
#![allow(clippy::print_stdout, reason = "printing is its job")]

mod stand_in;

use stand_in::{AGENT_TOKEN, HELD, Server, TOKEN, TOKENS};
use std::cell::Cell;
use std::error::Error;
use std::ffi::OsStr;
use std::io;
use std::process::{Command, ExitCode};

const UNKNOWN: &str = "0e1f2a3b4c5d6fff";

fn main() -> ExitCode {
    match demo() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("demo failed: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns whether all went as told.
fn demo() -> Result<bool, Box<dyn Error>> {
    let binary = std::env::args_os().nth(1);
    let binary = binary.ok_or("the path of the program is missing: demo PATH")?;
    let server = Server::start()?;
    if binary == "serve" {
        let mut files = std::env::args_os().skip(2);
        let tls = match (files.next(), files.next()) {
            (Some(certificate), Some(key)) => Some(Server::start_tls(&certificate, &key)?),
            _ => None,
        };
        println!("{}\n{TOKEN}\n{}", server.url, HELD[0].0);
        if let Some(tls) = &tls {
            println!("{}", tls.url);
        }
        io::copy(&mut io::stdin(), &mut io::sink())?;
        server.stop()?;
        tls.map_or(Ok(()), Server::stop)?;
        return Ok(true);
    }
    println!("A stand-in InfluxDB listens on {} and holds:\n", server.url);
    print!("{}", server.table());
    println!("\nINFLUX_HOST and INFLUX_TOKEN are set, so that no flag has to give them.");

    let (by_id, by_name) = (HELD[0], HELD[1]);
    let good = Cell::new(true);
    let run_words = |about: &str, words: &[&str], code: i32| -> io::Result<()> {
        // As a shell wants them.
        let shown = words.iter().map(|word| match word.contains('*') {
            true => format!("'{word}'"),
            false => word.to_string(),
        });
        let shown: Vec<_> = shown.collect();
        println!("\n# {about}\n$ influx {}", shown.join(" "));
        let ended = influx(&binary, &server.url, words)?;
        println!(
            "exit code {}",
            ended.map_or("unknown".into(), |code| code.to_string())
        );
        if ended != Some(code) {
            println!("demo failed: the exit code should be {code}");
            good.set(false);
        }
        Ok(())
    };
    run_words("Is it up", &["ping", "--wait", "10s"], 0)?;
    let run = |about: &str, flags: &[&str], code: i32| {
        let words = [&["v1", "auth", "set-inactive"], flags].concat();
        run_words(about, &words, code)
    };
    run("By ID", &["--id", by_id.0], 0)?;
    run(
        "By username, as JSON",
        &["--username", by_name.1, "--json"],
        0,
    )?;
    run(
        "Once more: already inactive is success",
        &["--id", by_id.0],
        0,
    )?;
    run("An ID that the server does not know", &["--id", UNKNOWN], 6)?;
    let flags = ["--id", HELD[2].1];
    run("A username in place of an ID", &flags, 7)?;
    let flags = ["--id", HELD[2].0, "--token", "not-the-token"];
    run("A token that the server refuses", &flags, 5)?;
    let dbrp = |about: &str, words: &[&str], code: i32| {
        let org: &[&str] = &["--org", "plant"];
        run_words(about, &[&["v1", "dbrp"], words, org].concat(), code)
    };
    let create: &[&str] = &[
        "create", "--db", "plant7", "--rp", "autogen", "--bucket", "metrics",
    ];
    dbrp("A bucket for a database of 1.x clients", create, 0)?;
    dbrp("All such mappings", &["list"], 0)?;
    dbrp("The same once more: there is one already", create, 7)?;

    let flags = ["--match", "*of plant 7", "--dry-run"];
    run("What else a pattern fits: just a look", &flags, 0)?;
    let agent = ["auth", "inactive", "--id", TOKENS[1].0];
    run_words("An API token", &agent, 0)?;
    let undo = [
        "auth",
        "active",
        "--id",
        TOKENS[1].0,
        "--token",
        AGENT_TOKEN,
    ];
    run_words("It opens nothing any more, not even itself", &undo, 5)?;

    println!("\nThe server holds now:\n");
    print!("{}", server.table());
    for ((id, name), status) in HELD.iter().zip(["inactive", "inactive", "active"]) {
        if server.status(id).as_deref() != Some(status) {
            println!("\ndemo failed: {name} should be {status}");
            good.set(false);
        }
    }
    for ((id, name), status) in TOKENS.iter().zip(["active", "inactive"]) {
        if server.status(id).as_deref() != Some(status) {
            println!("\ndemo failed: the token {name} should be {status}");
            good.set(false);
        }
    }
    server.stop()?;
    if good.get() {
        println!(
            "\nAs told: telegraf and grafana are inactive, collector is not; one of two tokens is. The server is stopped."
        );
    }
    Ok(good.get())
}

/// Runs the program with both streams passed on; returns its exit code.
fn influx(binary: &OsStr, url: &str, words: &[&str]) -> io::Result<Option<i32>> {
    let mut command = Command::new(binary);
    // Nothing of the caller's own InfluxDB takes part.
    command
        .env_clear()
        .env("INFLUX_HOST", url)
        .env("INFLUX_TOKEN", TOKEN);
    command.args(words);
    Ok(command.status()?.code())
}
