//! `demo PROGRAM` runs the program against a stand-in InfluxDB on loopback, as `make demo` does, and fails
//! if the server does not end up as it should. For the measurements, `demo serve [CERTIFICATE KEY]` only
//! serves, with a certificate also over TLS, and `demo list COUNT` serves a long list of authorizations.
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

/// Prints the address, the operator token, the ID of a username, and the HTTPS address.
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

/// Prints the address.
fn serve_list(count: &str) -> Result<(), Box<dyn Error>> {
    println!("{}", long_list::start(count.parse()?)?);
    io::copy(&mut io::stdin(), &mut io::sink())?;
    Ok(())
}

/// The program, and the server that it works on.
struct Demo<'a> {
    program: &'a OsStr,
    server: Server,
}

fn demo(program: &OsStr) -> Result<(), Box<dyn Error>> {
    let server = Server::start()?;
    println!("A stand-in InfluxDB listens on {} and has:\n", server.url);
    print!("{}", server.tables());
    println!("\nINFLUX_HOST and INFLUX_TOKEN are set, so no command needs flags for them.");
    let demo = Demo { program, server };
    demo.usernames()?;
    demo.mappings()?;
    demo.tokens()?;
    demo.users()?;

    println!("\nThe server has now:\n");
    print!("{}", demo.server.tables());
    demo.expect(&USERNAMES, &["inactive", "inactive", "active", "active"])?;
    demo.expect(&TOKENS, &["active", "inactive", "active"])?;
    demo.expect(&USERS, &["active", "active"])?;
    demo.server.stop()?;
    println!(
        "\nEverything worked: telegraf, grafana and one API token are inactive, the rest is active. The server is stopped."
    );
    Ok(())
}

impl Demo<'_> {
    /// 1.x usernames, each the `token` of a v1 authorization.
    fn usernames(&self) -> Result<(), Box<dyn Error>> {
        let (by_id, by_name, other) = (USERNAMES[0], USERNAMES[1], USERNAMES[2]);
        let deactivate = |about: &str, flags: &[&str], code: i32| {
            let words = [&["v1", "auth", "set-inactive"], flags].concat();
            self.run(about, &words, code)
        };
        self.run("Is the server up?", &["ping", "--wait", "10s"], 0)?;
        deactivate("Deactivate a username by ID", &["--id", by_id.0], 0)?;
        let flags = ["--username", by_name.1, "--json"];
        deactivate("By username, with JSON output", &flags, 0)?;
        deactivate("Again: no change, and no error", &["--id", by_id.0], 0)?;
        deactivate("An ID that does not exist", &["--id", UNKNOWN], 6)?;
        deactivate("A username instead of an ID", &["--id", other.1], 7)?;
        let flags = ["--id", other.0, "--token", "not-the-token"];
        deactivate("A token that the server refuses", &flags, 5)?;
        let flags = ["--match", "*of plant 7", "--dry-run"];
        deactivate("What would a pattern deactivate?", &flags, 0)
    }

    fn mappings(&self) -> Result<(), Box<dyn Error>> {
        let dbrp = |about: &str, words: &[&str], code: i32| {
            let words = [&["v1", "dbrp"], words, &["--org", "plant"]].concat();
            self.run(about, &words, code)
        };
        let create: &[&str] = &[
            "create", "--db", "plant7", "--rp", "autogen", "--bucket", "metrics",
        ];
        dbrp("Give 1.x clients a bucket as a database", create, 0)?;
        dbrp("List all mappings", &["list"], 0)?;
        dbrp("The same mapping again: it already exists", create, 7)?;
        let unless = [create, &["--if-not-exists"]].concat();
        dbrp("With --if-not-exists, that is no error", &unless, 0)?;
        let list = ["bucket", "list", "--org", "plant"];
        self.run("Which buckets are there?", &list, 0)
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
        let works = |token: &str, username: &str, code: i32| {
            let words = ["auth", "check", "--token", LAPTOP_TOKEN];
            self.run(token, &words, code)?;
            let words = ["v1", "auth", "check", "--username", kim.1];
            let words = [&words[..], &["--password", PASSWORD]].concat();
            self.run(username, &words, code)
        };
        works(
            "A token leaked: does it work, and whose is it?",
            "Does a username with its password work?",
            0,
        )?;
        let words = ["user", "inactive", "--name", kim.1];
        self.run("Cut off everything that the user owns", &words, 0)?;
        self.expect(&USERS, &["active", "inactive"])?;
        works("The token is refused", "So is the username", 5)?;
        let words = ["user", "list", "--status", "inactive"];
        self.run("Who is inactive?", &words, 0)?;
        let words = ["user", "active", "--id", kim.0];
        self.run("Let the user in again", &words, 0)?;
        works("The token works again", "So does the username", 0)?;
        let words = ["user", "inactive", "--name", admin.1];
        self.run("Your own user is not deactivated by mistake", &words, 2)
    }

    /// Shows a command, runs it with both streams passed on, and fails if its exit code is another one.
    fn run(&self, about: &str, words: &[&str], code: i32) -> Result<(), Box<dyn Error>> {
        // As a shell needs them.
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
        // Without the settings of the caller's own InfluxDB.
        command
            .env_clear()
            .env("INFLUX_HOST", &self.server.url)
            .env("INFLUX_TOKEN", TOKEN)
            .args(words);
        let status = command.status()?;
        let Some(ended) = status.code() else {
            return Err(format!("`influx {line}` was ended by a signal").into());
        };
        println!("exit code {ended}");
        if ended != code {
            return Err(format!("`influx {line}` should end with exit code {code}").into());
        }
        Ok(())
    }

    /// Fails if the server stores another status than these.
    fn expect(&self, rows: &[(&str, &str)], statuses: &[&str]) -> Result<(), Box<dyn Error>> {
        for ((id, name), status) in rows.iter().zip(statuses) {
            if self.server.status(id).as_deref() != Some(status) {
                return Err(format!("{name} should be {status}").into());
            }
        }
        Ok(())
    }
}
