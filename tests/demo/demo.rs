//! `make demo` runs `demo PROGRAM`, which runs the program against a stand-in InfluxDB on loopback, and fails if an
//! exit code or the final state of the server is wrong.
//!
//! `demo serve [CERTIFICATE KEY]` and `demo list COUNT` are for the measurements. `serve` only runs the
//! server, over HTTP, and with a certificate also over HTTPS. `list` serves a long list of authorizations.
//! Both run until their standard input ends.
#![allow(clippy::print_stdout, reason = "printing is its job")]

mod stand_in;

use stand_in::store::{AGENT_TOKEN, LAPTOP_TOKEN, PASSWORD, TOKEN, TOKENS, USERNAMES, USERS};
use stand_in::{Server, long_list};
use std::error::Error;
use std::ffi::{OsStr, OsString};
use std::io;
use std::process::{Command, ExitCode};

const UNKNOWN: &str = "0e1f2a3b4c5d6fff";

fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().skip(1).collect();
    let words: Vec<_> = args.iter().map(|arg| arg.to_str().unwrap_or("")).collect();
    let done = match words[..] {
        ["serve"] => serve(None),
        ["serve", ..] if args.len() == 3 => serve(Some((&args[1], &args[2]))),
        ["list", count] => serve_list(count),
        [_] => demo(&args[0]),
        _ => Err("usage: demo PROGRAM | demo serve [CERTIFICATE KEY] | demo list COUNT".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("demo failed: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the server, and prints its address, the operator token, the ID of a username, and the HTTPS address.
fn serve(tls: Option<(&OsString, &OsString)>) -> Result<(), Box<dyn Error>> {
    let server = Server::start()?;
    let tls = tls.map(|(certificate, key)| Server::start_tls(certificate, key));
    println!("{}\n{TOKEN}\n{}", server.url, USERNAMES[0].0);
    if let Some(tls) = tls.transpose()? {
        println!("{}", tls.url);
    }
    io::copy(&mut io::stdin(), &mut io::sink())?;
    Ok(())
}

/// Serves a list of `count` authorizations, and prints the address.
fn serve_list(count: &str) -> Result<(), Box<dyn Error>> {
    println!("{}", long_list::start(count.parse()?)?);
    io::copy(&mut io::stdin(), &mut io::sink())?;
    Ok(())
}

struct Demo<'a> {
    program: &'a OsStr,
    server: Server,
}

fn demo(program: &OsStr) -> Result<(), Box<dyn Error>> {
    let server = Server::start()?;
    println!(
        "A stand-in InfluxDB server is listening on {}. It contains:\n",
        server.url
    );
    print!("{}", server.tables());
    println!(
        "\nINFLUX_HOST and INFLUX_TOKEN are set, so the commands do not need --host and --token."
    );
    let demo = Demo { program, server };
    demo.usernames()?;
    demo.mappings()?;
    demo.tokens()?;
    demo.users()?;

    println!("\nThe server now contains:\n");
    print!("{}", demo.server.tables());
    demo.expect(&USERNAMES, &["inactive", "inactive", "active", "active"])?;
    demo.expect(&TOKENS, &["active", "inactive", "active"])?;
    demo.expect(&USERS, &["active", "active"])?;
    demo.server.stop()?;
    println!(
        "\nEverything worked. telegraf, grafana and one API token are inactive, and everything else is active. The server has stopped."
    );
    Ok(())
}

impl Demo<'_> {
    fn usernames(&self) -> Result<(), Box<dyn Error>> {
        let (by_id, by_name, other) = (USERNAMES[0], USERNAMES[1], USERNAMES[2]);
        let deactivate = |about: &str, flags: &[&str], code: i32| {
            let words = [&["v1", "auth", "set-inactive"], flags].concat();
            self.run(about, &words, code)
        };
        self.run(
            "Wait until the server is ready",
            &["ping", "--wait", "10s"],
            0,
        )?;
        deactivate("Deactivate a username by ID", &["--id", by_id.0], 0)?;
        let flags = ["--username", by_name.1, "--json"];
        deactivate("Deactivate a username by name, with JSON output", &flags, 0)?;
        deactivate(
            "Deactivating a username again is not an error",
            &["--id", by_id.0],
            0,
        )?;
        deactivate("Try an ID that does not exist", &["--id", UNKNOWN], 6)?;
        deactivate("Try a username instead of an ID", &["--id", other.1], 7)?;
        let flags = ["--id", other.0, "--token", "not-the-token"];
        deactivate("Use a token that the server rejects", &flags, 5)?;
        let flags = ["--match", "*of plant 7", "--dry-run"];
        deactivate("Show what a pattern would deactivate", &flags, 0)
    }

    fn mappings(&self) -> Result<(), Box<dyn Error>> {
        let dbrp = |about: &str, words: &[&str], code: i32| {
            let words = [&["v1", "dbrp"], words, &["--org", "plant"]].concat();
            self.run(about, &words, code)
        };
        let create: &[&str] = &[
            "create", "--db", "plant7", "--rp", "autogen", "--bucket", "metrics",
        ];
        dbrp("Let 1.x clients use a bucket as a database", create, 0)?;
        dbrp("List all mappings", &["list"], 0)?;
        dbrp("Creating the same mapping again fails", create, 7)?;
        let if_not_exists = [create, &["--if-not-exists"]].concat();
        dbrp(
            "With --if-not-exists, it is not an error",
            &if_not_exists,
            0,
        )?;
        let list = ["bucket", "list", "--org", "plant"];
        self.run("List the buckets", &list, 0)
    }

    fn tokens(&self) -> Result<(), Box<dyn Error>> {
        let id = TOKENS[1].0;
        let words = ["auth", "inactive", "--id", id];
        self.run("Deactivate an API token", &words, 0)?;
        let words = ["auth", "active", "--id", id, "--token", AGENT_TOKEN];
        self.run("An inactive token cannot reactivate itself", &words, 5)
    }

    /// A v2 user who owns a token and a 1.x username.
    fn users(&self) -> Result<(), Box<dyn Error>> {
        let (admin, kim) = (USERS[0], USERS[1]);
        let check = |about_token: &str, about_username: &str, code: i32| {
            let words = ["auth", "check", "--token", LAPTOP_TOKEN];
            self.run(about_token, &words, code)?;
            let words = ["v1", "auth", "check", "--username", kim.1];
            let words = [&words[..], &["--password", PASSWORD]].concat();
            self.run(about_username, &words, code)
        };
        check(
            "Check whether a leaked token works, and who owns it",
            "Check whether a username and its password work",
            0,
        )?;
        let words = ["user", "inactive", "--name", kim.1];
        self.run(
            "Deactivate a user, which disables their tokens and usernames",
            &words,
            0,
        )?;
        self.expect(&USERS, &["active", "inactive"])?;
        check(
            "The token is now rejected",
            "The username is also rejected",
            5,
        )?;
        let words = ["user", "list", "--status", "inactive"];
        self.run("List the inactive users", &words, 0)?;
        let words = ["user", "active", "--id", kim.0];
        self.run("Reactivate the user", &words, 0)?;
        check("The token works again", "The username works again", 0)?;
        let words = ["user", "inactive", "--name", admin.1];
        self.run("You cannot deactivate your own user by mistake", &words, 2)
    }

    /// Prints and runs a command. Fails if the exit code is not `code`.
    fn run(&self, about: &str, words: &[&str], code: i32) -> Result<(), Box<dyn Error>> {
        // The printed line must work in a shell.
        let quoted = words.iter().map(|word| {
            if word.contains(['*', ' ']) {
                format!("'{word}'")
            } else {
                word.to_string()
            }
        });
        let line = quoted.collect::<Vec<_>>().join(" ");
        println!("\n# {about}\n$ influx {line}");
        let mut command = Command::new(self.program);
        // The caller's own settings could name a real InfluxDB.
        command
            .env_clear()
            .env("INFLUX_HOST", &self.server.url)
            .env("INFLUX_TOKEN", TOKEN)
            .args(words);
        let status = command.status()?;
        let Some(actual) = status.code() else {
            return Err(format!("`influx {line}` was killed by a signal").into());
        };
        println!("exit code {actual}");
        if actual != code {
            return Err(format!("`influx {line}` should exit with code {code}").into());
        }
        Ok(())
    }

    /// Fails if the statuses on the server differ from `statuses`.
    fn expect(&self, rows: &[(&str, &str)], statuses: &[&str]) -> Result<(), Box<dyn Error>> {
        for ((id, name), status) in rows.iter().zip(statuses) {
            if self.server.status(id).as_deref() != Some(status) {
                return Err(format!("{name} should be {status}").into());
            }
        }
        Ok(())
    }
}
